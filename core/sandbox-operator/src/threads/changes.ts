/** What a phone page must draw anew: one thread, or everything it shows. */
export type Change = { readonly kind: 'thread'; readonly threadId: number } | { readonly kind: 'everything' }

type Listener = (change: Change) => void

/** Tells open phone pages what changed. Also the record of which phones have a page open. */
export interface Changes {
  readonly announceThread: (phone: string, threadId: number) => void
  readonly announceAll: () => void
  /** Returns the call that ends the subscription. */
  readonly subscribe: (phone: string, listener: Listener) => () => void
  readonly isOpen: (phone: string) => boolean
}

export function createChanges(): Changes {
  const listeners = new Map<string, Set<Listener>>()
  const tell = (phone: string, change: Change): void => {
    for (const listener of listeners.get(phone) ?? []) listener(change)
  }
  return {
    announceThread: (phone, threadId) => tell(phone, { kind: 'thread', threadId }),
    announceAll: () => {
      for (const phone of listeners.keys()) tell(phone, { kind: 'everything' })
    },
    subscribe: (phone, listener) => {
      const known = listeners.get(phone) ?? new Set()
      listeners.set(phone, known.add(listener))
      return () => {
        known.delete(listener)
        if (known.size === 0) listeners.delete(phone)
      }
    },
    isOpen: (phone) => listeners.has(phone),
  }
}
