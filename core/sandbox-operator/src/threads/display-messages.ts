import { createAlarm } from '../boot/alarm.ts'
import type { Alarm } from '../boot/alarm.ts'
import type { Parts } from '../boot/parts.ts'
import type { StoredMessage } from './message.store.ts'
import { reportState } from './report-state.ts'

/** A phone page shows these messages of a thread: reports them as displayed, once, and the thread as read so far. */
export function displayMessages(parts: Parts, threadId: number, messageIds: readonly string[]): void {
  const thread = parts.threads.get(threadId)
  parts.db.transact(() => {
    const owner = thread.kind === 'sms' ? 'sms' : thread.address
    for (const messageId of messageIds) {
      const message = parts.messages.find(owner, 'in', messageId)
      if (message?.threadId !== threadId) continue
      parts.threads.markRead(threadId, message.seq)
      if (thread.kind === 'chatbot') commitDisplayed(parts, message)
    }
  })
  parts.wake()
  parts.changes.announceThread(thread.phone, threadId)
}

/** Without an open page a delivered message counts as displayed a moment later. */
export function startDisplayTimer(parts: Parts): Alarm {
  const look = (): void => {
    const now = parts.clock.system()
    const waiting = parts.messages.listToDisplay()
    const due = waiting.filter(({ displayDueAt }) => displayDueAt <= now)
    parts.db.transact(() => due.forEach(({ seq }) => commitDisplayed(parts, parts.messages.get(seq))))
    if (due.length > 0) parts.wake()
    const next = Math.min(...waiting.filter((each) => !due.includes(each)).map((each) => each.displayDueAt))
    if (Number.isFinite(next)) alarm.ringIn(next - now)
  }
  const alarm = createAlarm(parts.surroundings, look)
  alarm.ringIn(0)
  return alarm
}

function commitDisplayed(parts: Parts, message: StoredMessage): void {
  parts.messages.clearDisplayDue(message.seq)
  if (message.revoked || parts.states.has(message.seq, 'displayed')) return
  if (!parts.states.has(message.seq, 'delivered')) return
  const thread = parts.threads.get(message.threadId)
  reportState(parts, { message, thread, change: { status: 'displayed' } })
}
