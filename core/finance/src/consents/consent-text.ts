import { createHash } from 'node:crypto'

/** SHA-256 of exactly the text that was shown, as UTF-8: what proves later what somebody agreed to. */
export function digestOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What somebody is asked, in words that a person can refuse. */
export interface ConsentText {
  readonly version: string
  /** As it is shown, to the last character. */
  readonly text: string
}

/** Which answers let a purpose go on. */
export interface AnsweredConsent {
  readonly purpose: string
  readonly marketing: boolean
  readonly state: string
}

/**
 * Pure. The purposes that cannot go on: what is needed and was not granted. Nobody is kept from anything because they
 * want no advertising, so marketing is never among them.
 */
export function findBlocking(consents: readonly AnsweredConsent[]): readonly string[] {
  return consents.filter(({ marketing, state }) => !marketing && state !== 'granted').map(({ purpose }) => purpose)
}
