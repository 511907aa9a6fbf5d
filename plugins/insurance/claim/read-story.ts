const longestStory = 300

/** Numbers that could be an identity or a card are not taken: the insurer has no use for them, and others might. */
export function readStory(words: string): string | undefined {
  const said = words.trim()
  if (said.length < 4 || /[0-9]{15,19}/.test(said.normalize('NFKC').replace(/[\s-]/gu, ''))) return undefined
  return said.slice(0, longestStory)
}
