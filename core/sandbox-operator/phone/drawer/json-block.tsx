const tokenPattern = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** A wire body, indented and lightly coloured. */
export function JsonBlock({ value }: { readonly value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return <pre class="json">{colour(text)}</pre>
}

function colour(text: string) {
  const pieces = []
  let end = 0
  for (const match of text.matchAll(tokenPattern)) {
    pieces.push(text.slice(end, match.index), <span class={findClass(match)}>{match[0]}</span>)
    end = match.index + match[0].length
  }
  return [...pieces, text.slice(end)]
}

function findClass([, string, colon]: RegExpMatchArray): string {
  if (string === undefined) return 'json-word'
  return colon === undefined ? 'json-string' : 'json-key'
}
