import type { Parts } from '../boot/parts.ts'

export interface Sms {
  /** E.164 with the plus sign. */
  readonly to: string
  readonly from: string
  readonly text: string
}

/** Puts a short message into the phone's thread with that sender. Returns its id. */
export function acceptSms(parts: Parts, { to, from, text }: Sms): string {
  const messageId = parts.ids.uuid()
  const thread = parts.db.transact(() => {
    const opened = parts.threads.open({ phone: to, kind: 'sms', address: from }, parts.ids.uuid())
    const message = parts.messages.add({
      threadId: opened.id,
      owner: 'sms',
      messageId,
      direction: 'in',
      at: parts.clock.now(),
      contributionId: '',
      trafficType: '',
      parts: [{ contentType: 'text/plain', content: text }],
      report: [],
    })
    parts.states.add(message.seq, { status: 'delivered', at: parts.clock.now() })
    return opened
  })
  parts.changes.announceThread(to, thread.id)
  return messageId
}
