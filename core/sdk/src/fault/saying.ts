/** What a sentence speaks of: ids, names and counts of our own things, never what a user wrote. */
export type Facts = Readonly<Record<string, string | number>>

/** A sentence of ours: a code that stays, which a page words in its own language, and how it reads in English. */
export interface Said {
  readonly code: string
  readonly facts: Facts
  readonly message: string
}

type AfterBrace<T extends string> = T extends `${string}{${infer Rest}` ? AfterBrace<Rest> : T
/** The names between braces: `'"{id}" is there twice'` speaks of `id`. */
type FactName<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? AfterBrace<Name> | FactName<Rest>
  : never

type FactsOf<T extends string> = string extends T
  ? [Facts?]
  : [FactName<T>] extends [never]
    ? []
    : [Readonly<Record<FactName<T>, string | number>>]

export type Say<T extends Readonly<Record<string, string>>> = <C extends keyof T & string>(
  code: C,
  ...facts: FactsOf<T[C]>
) => Said

const english = new Map<string, string>()

/**
 * The sentences of one part, by codes of which each begins with the part's name. What is defined can be listed, so a
 * test can hold every page's wordings against it.
 */
export function defineSentences<const T extends Readonly<Record<string, string>>>(sentences: T): Say<T> {
  for (const [code, sentence] of Object.entries<string>(sentences)) english.set(code, sentence)
  return (code, ...[facts = {}]: [Facts?]) => ({ code, facts, message: fillIn(sentences[code] ?? code, facts) })
}

/** Every sentence that was defined so far: its code and its English. */
export function listSentences(): ReadonlyMap<string, string> {
  return english
}

/** The sentence of ours that reads like this: a schema tells what is wrong by its words alone. */
export function findSaid(message: string): Said | undefined {
  for (const [code, sentence] of english) if (sentence === message) return { code, facts: {}, message }
  return undefined
}

/** Somebody else's words, like those of a plugin's author: there is no other wording of them. */
export function quote(words: string): Said {
  return { code: 'quoted', facts: { words }, message: words }
}

function fillIn(sentence: string, facts: Facts): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
}
