import { faultCodeOf } from '@inthread/sdk/fault'

export interface ConnectionName {
  readonly tenant: string
  readonly kind: 'operator' | 'bank'
  readonly id: string
}

/** How one line of a tenant is, as far as this process has used it. */
export interface ConnectionState extends ConnectionName {
  /** Since the other side answered, or knocked and was genuine; null while neither has happened. */
  readonly heardAgoMs: number | null
  readonly failing: { readonly code: string; readonly forMs: number } | null
}

interface Kept extends ConnectionName {
  heardMs: number | undefined
  failing: { readonly code: string; readonly sinceMs: number } | undefined
}

/** What an answer of a port says of the other side; undefined where it says nothing of it. */
type Word = { readonly heard: true } | { readonly code: string } | undefined

/** Listens at the ports to banks and operators: when each was heard of last, and since when it does not answer. */
export class ConnectionWatch {
  readonly #kept = new Map<string, Kept>()
  readonly #elapsedMs: () => number

  constructor(elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs
  }

  /** The same port. One that is opened anew, after a change of its settings, begins without a past. */
  watch<T extends object>(name: ConnectionName, port: T): T {
    const kept: Kept = { ...name, heardMs: undefined, failing: undefined }
    this.#kept.set(keyOf(name), kept)
    return new Proxy(port, {
      get: (from, member) => {
        const value: unknown = Reflect.get(from, member, from)
        if (typeof value !== 'function') return value
        return (...given: readonly unknown[]): unknown => {
          const result: unknown = Reflect.apply(value, from, given)
          if (result instanceof Promise)
            result.then(
              (answer: unknown) => this.#note(kept, readAnswer(answer)),
              (error: unknown) => this.#note(kept, { code: faultCodeOf(error) }),
            )
          else this.#note(kept, isGenuine(result) ? { heard: true } : undefined)
          return result
        }
      },
    })
  }

  /** These are the lines of a tenant now: what is said of others is over. */
  keep(tenant: string, lines: readonly Omit<ConnectionName, 'tenant'>[]): void {
    const kept = new Set(lines.map((line) => keyOf({ tenant, ...line })))
    for (const [key, line] of this.#kept) if (line.tenant === tenant && !kept.has(key)) this.#kept.delete(key)
  }

  read(): readonly ConnectionState[] {
    const now = this.#elapsedMs()
    return [...this.#kept.values()].map(({ tenant, kind, id, heardMs, failing }) => ({
      ...{ tenant, kind, id, heardAgoMs: heardMs === undefined ? null : now - heardMs },
      failing: failing ? { code: failing.code, forMs: now - failing.sinceMs } : null,
    }))
  }

  #note(kept: Kept, word: Word): void {
    if (!word) return
    const now = this.#elapsedMs()
    if ('code' in word) {
      kept.failing = { code: word.code, sinceMs: kept.failing?.sinceMs ?? now }
      return
    }
    kept.heardMs = now
    kept.failing = undefined
  }
}

function keyOf({ tenant, kind, id }: ConnectionName): string {
  return [tenant, kind, id].join(' ')
}

function isGenuine(value: unknown): boolean {
  return kindOf(value) === 'genuine'
}

/** A refusal is an answer too; what forged pushes are says nothing of the one in whose name they come. */
function readAnswer(answer: unknown): Word {
  const kind = kindOf(answer)
  if (kind === 'retry' || kind === 'unknown' || kind === 'unreachable') return { code: codeOf(answer) }
  return kind === 'forged' || kind === 'stale' || kind === 'malformed' || kind === 'unverifiable'
    ? undefined
    : { heard: true }
}

function kindOf(value: unknown): string | undefined {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  return typeof kind === 'string' ? kind : undefined
}

/** The code alone: what an operator writes beside it is not ours. */
function codeOf(answer: unknown): string {
  const { reason, code } = answer as { readonly reason?: unknown; readonly code?: unknown }
  const told = [code, reason].find((each) => typeof each === 'string') ?? ''
  return /^[a-z0-9_.]{1,60}/.exec(String(told))?.[0] ?? 'no_answer'
}
