/** The bank did something else. Never holds what a customer would not want to read in a report. */
export class Mismatch extends Error {
  readonly expected: string
  readonly got: string

  constructor(expected: string, got: string) {
    super(`expected ${expected}, got ${got}`)
    this.name = 'Mismatch'
    this.expected = expected
    this.got = got
  }
}

/** It cannot be told here. */
export class Skipped extends Error {}

export function skip(why: string): never {
  throw new Skipped(why)
}
