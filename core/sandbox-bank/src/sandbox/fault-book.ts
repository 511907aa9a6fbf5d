export const requestFaults = [
  'timeout-before',
  'timeout-after',
  '500-after',
  'decline',
  'wrong-amount',
  'wrong-currency',
  'malformed',
  'slow',
] as const
const eventFaults = ['duplicate-event', 'reorder-events'] as const
export const faultKinds = [...requestFaults, ...eventFaults] as const
export type FaultKind = (typeof faultKinds)[number]

/** An order to misbehave: `times` more times, at requests or events that match. */
export interface Fault {
  readonly id: string
  /** For the two event faults, `path` is the event's type and `method` plays no part. */
  readonly match: { readonly method?: string; readonly path: string }
  readonly times: number
  readonly do: FaultKind
  readonly delayMs: number
}

/** What the sandbox was told to do wrong. Kept in memory: a restarted bank behaves. */
export class FaultBook {
  #faults: Fault[] = []
  readonly #declinable: readonly string[]

  /** The paths whose POST can be declined. */
  constructor(declinable: readonly string[] = ['/v1/payments']) {
    this.#declinable = declinable
  }

  list(): readonly Fault[] {
    return this.#faults
  }

  add(fault: Fault): void {
    this.#faults.push(fault)
  }

  clear(): void {
    this.#faults = []
  }

  /** The first fault meant for this request; one of its times is used up. */
  takeForRequest(method: string, path: string): Fault | undefined {
    const canDecline =
      method === 'POST' && this.#declinable.some((known) => matchesPath(known.replace(':id', '*'), path))
    const fault = this.#faults.find(
      (candidate) =>
        isRequestFault(candidate) &&
        // Only what moves money can be declined; other requests pass the order by.
        (candidate.do !== 'decline' || canDecline) &&
        matchesRequest(candidate, method, path),
    )
    if (fault) this.#use(fault, 1)
    return fault
  }

  takeDuplicate(type: string): boolean {
    const fault = this.#findEventFault('duplicate-event', type)
    if (fault) this.#use(fault, 1)
    return fault !== undefined
  }

  findReorderSize(type: string): number | undefined {
    return this.#findEventFault('reorder-events', type)?.times
  }

  finishReorder(): void {
    const fault = this.#faults.find((candidate) => candidate.do === 'reorder-events')
    if (fault) this.#use(fault, fault.times)
  }

  #findEventFault(kind: FaultKind, type: string): Fault | undefined {
    return this.#faults.find((fault) => fault.do === kind && matchesPath(fault.match.path, type))
  }

  #use(fault: Fault, times: number): void {
    this.#faults = this.#faults.flatMap((candidate) => {
      if (candidate !== fault) return [candidate]
      return fault.times > times ? [{ ...fault, times: fault.times - times }] : []
    })
  }
}

function isRequestFault(fault: Fault): boolean {
  return requestFaults.some((kind) => kind === fault.do)
}

function matchesRequest(fault: Fault, method: string, path: string): boolean {
  const { method: wanted = '*' } = fault.match
  return (wanted === '*' || wanted.toUpperCase() === method) && matchesPath(fault.match.path, path)
}

/** `*` at the end stands for any rest, `*` or `{id}` as a segment for any one segment. */
export function matchesPath(pattern: string, path: string): boolean {
  if (pattern.endsWith('*') && !pattern.endsWith('/*')) return path.startsWith(pattern.slice(0, -1))
  const wanted = pattern.split('/')
  const segments = path.split('/')
  if (wanted.length !== segments.length) return false
  return wanted.every((segment, index) => segment === '*' || /^\{[^}]*\}$/.test(segment) || segment === segments[index])
}
