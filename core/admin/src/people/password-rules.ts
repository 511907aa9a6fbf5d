import { isCommon, isKnownElsewhere, type ReadRange } from './breached.ts'

const shortest = 12
export const longest = 128

export interface PasswordFor {
  readonly email: string
  readonly name: string
  /** Names of what the person works for. */
  readonly places: readonly string[]
}

export type PasswordProblem = 'short' | 'long' | 'plain' | 'personal' | 'common'

export const passwordSentences: Readonly<Record<PasswordProblem, string>> = {
  short: `a password has at least ${shortest} characters: a sentence of four words is easy to keep`,
  long: `a password has at most ${longest} characters`,
  plain: 'a password has at least five different characters',
  personal: 'a password does not hold the e-mail address, the name or the organisation of whoever uses it',
  common: 'this password is on lists that attackers try first: choose another one',
}

/** Why a password will not do; undefined when it will. Length counts, and not kinds of characters. */
export async function findPasswordProblem(
  password: string,
  person: PasswordFor,
  readRange: ReadRange | undefined,
): Promise<PasswordProblem | undefined> {
  const length = [...password].length
  if (length < shortest) return 'short'
  if (length > longest) return 'long'
  if (new Set(password).size < 5) return 'plain'
  if (namesPerson(password, person)) return 'personal'
  const common = isCommon(password) || (readRange !== undefined && (await isKnownElsewhere(password, readRange)))
  return common ? 'common' : undefined
}

/** Names of one or two letters stand in any sentence. */
function namesPerson(password: string, { email, name, places }: PasswordFor): boolean {
  const plain = flatten(password)
  const names = [email, email.split('@')[0] ?? '', name, ...name.split(/\s+/), ...places]
  return names.map(flatten).some((each) => each.length > 2 && plain.includes(each))
}

function flatten(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
