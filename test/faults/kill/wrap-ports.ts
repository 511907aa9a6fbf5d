import type { PortWrapper } from '@inthread/runtime'
import type { BankAsk } from '@inthread/sdk/bank'

/** Told of every point: before and after each call of a port. */
export type Reach = (point: string) => void

/** Counts at the ports themselves: what the engines call, and nothing that happens within. */
export function wrapPorts(reach: Reach): PortWrapper {
  return {
    store: { observe: ({ label, call, phase }) => reach(`store ${label} ${call} ${phase}`) },
    channel: (account) => wrapMethods(account, (method) => `channel ${method}`, reach),
    bank: (connection) => wrapMethods(connection, nameBankCall, reach),
    clock: (clock) => wrapMethods(clock, () => `clock ${findCaller()}`, reach),
  }
}

/** Whatever is asked by a route is told apart by where it goes: `bank ask POST transfers`. */
function nameBankCall(method: string, [first]: readonly unknown[]): string {
  if (method !== 'ask') return `bank ${method}`
  const { method: verb, path } = first as BankAsk
  return `bank ask ${verb} ${path[1] ?? ''}`
}

type NameOf = (method: string, given: readonly unknown[]) => string

function wrapMethods<T extends object>(target: T, nameOf: NameOf, reach: Reach): T {
  return new Proxy(target, {
    get: (_target, property) => {
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        const name = nameOf(String(property), given)
        return surround(name, reach, () => Reflect.apply(value, target, given) as unknown)
      }
    },
  })
}

function surround(name: string, reach: Reach, call: () => unknown): unknown {
  reach(`${name} before`)
  const result = call()
  if (!(result instanceof Promise)) {
    reach(`${name} after`)
    return result
  }
  return result.then((value: unknown) => {
    reach(`${name} after`)
    return value
  })
}

/** The clock is asked from everywhere: the file that asks tells one call from another. */
function findCaller(): string {
  const frames = (new Error().stack ?? '').split('\n').filter((frame) => !frame.includes(import.meta.filename))
  return /([a-z-]+(?:\.store)?)\.ts:\d+/.exec(frames[1] ?? '')?.[1] ?? 'elsewhere'
}
