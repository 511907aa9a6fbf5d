/** Exit codes of every command. */
export const exits = { ok: 0, failed: 1, badInput: 2, environment: 3 } as const

/**
 * A command that cannot go on: what is wrong and what to do, in one sentence, and the exit code that says of which
 * kind it is.
 */
export class CommandError extends Error {
  readonly exit: number

  constructor(message: string, exit: number) {
    super(message)
    this.name = 'CommandError'
    this.exit = exit
  }
}

/** What a command says: lines for people, or one JSON value with `--json`. */
export interface Output {
  readonly json: boolean
  line(text: string): void
  result(value: unknown): void
}

export function createOutput(json: boolean, write: (text: string) => void): Output {
  return {
    json,
    line: (text) => {
      if (!json) write(`${text}\n`)
    },
    result: (value) => {
      if (json) write(`${JSON.stringify(value, null, 2)}\n`)
    },
  }
}
