import { useCallback, useState } from 'preact/hooks'
import type { ThreadView } from '../../src/views.ts'
import { operator } from './operator-calls.ts'

/** A message on its way to the operator: shown at once, until the thread has it. */
export interface Pending {
  readonly localId: number
  readonly text: string
  readonly at: string
  /** Known once the operator took it. */
  readonly messageId?: string
  readonly failed: boolean
  readonly again: () => void
}

export interface Sender {
  readonly pending: readonly Pending[]
  readonly say: (text: string) => void
  readonly tap: (target: { messageId: string; index: number; label: string }) => void
}

interface Route {
  readonly phone: string
  readonly to: string
  readonly now: () => Date
}

let lastLocalId = 0

/** Sends for one phone to one chatbot. */
export function useSender({ phone, to, now }: Route, thread: ThreadView | undefined): Sender {
  const [entries, setEntries] = useState<readonly Pending[]>([])
  const send = useCallback(
    (text: string, deliver: () => Promise<{ messageId: string }>) => {
      const localId = ++lastLocalId
      const change = (fields: Partial<Pending>): void =>
        setEntries((old) => old.map((entry) => (entry.localId === localId ? { ...entry, ...fields } : entry)))
      const attempt = (): void => {
        change({ failed: false })
        deliver().then(
          ({ messageId }) => change({ messageId }),
          () => change({ failed: true }),
        )
      }
      setEntries((old) => [...old, { localId, text, at: now().toISOString(), failed: false, again: attempt }])
      attempt()
    },
    [phone, to, now],
  )
  const arrived = new Set(thread?.messages.map(({ id }) => id))
  return {
    pending: entries.filter(({ messageId }) => messageId === undefined || !arrived.has(messageId)),
    say: (text) => send(text, () => operator.say(phone, to, text)),
    tap: ({ messageId, index, label }) => send(label, () => operator.tap({ from: phone, to, messageId, index })),
  }
}
