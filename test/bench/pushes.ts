import { createHash, randomUUID } from 'node:crypto'

export const benchBot = 'sip:106900000009@botplatform.rcs.vnet.cn'
export const benchToken = 'benchCallback001'

export interface Push {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What the answer will repeat, by which the sink tells which push it belongs to. */
  readonly contribution: string
}

/** A user's message as an operator posts it: about 560 bytes, signed. */
export function buildPush(phone: number, text: string): Push {
  const contribution = randomUUID()
  const body = JSON.stringify({
    messageId: randomUUID(),
    messageList: [{ contentType: 'text/plain', contentEncoding: 'utf8', contentText: text }],
    dateTime: '2026-03-26T09:30:00.120+08:00',
    senderAddress: `tel:+861390${String(phone).padStart(7, '0')}`,
    destinationAddress: benchBot,
    conversationId: randomUUID(),
    contributionId: contribution,
    serviceCapability: [{ capabilityId: 'ChatbotSA', version: '+g.gsma.rcs.botversion="#=1"' }],
  })
  const timestamp = String(Math.floor((performance.timeOrigin + performance.now()) / 1000))
  const nonce = randomUUID()
  const signature = createHash('sha256').update([benchToken, timestamp, nonce].sort().join('')).digest('hex')
  return {
    path: `/messageNotification/${encodeURIComponent(benchBot)}/messages`,
    headers: { 'content-type': 'application/json', signature, timestamp, nonce },
    body,
    contribution,
  }
}
