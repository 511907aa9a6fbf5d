import { ownAccount } from '../isolation/neighbours.ts'

const chatbot = encodeURIComponent(ownAccount.chatbotId)
const messages = `messageNotification/${chatbot}/messages`
export const tapType = 'application/vnd.gsma.botsuggestion.response.v1.0+json'
const dateTime = '2026-03-05T09:00:00.000+08:00'

/** One of each push that an operator sends, by the path below its account. */
export const pushSamples: readonly (readonly [path: string, body: object])[] = [
  [
    messages,
    {
      messageId: 'message-1',
      messageList: [{ contentType: 'text/plain', contentText: 'hello', contentEncoding: 'utf8' }],
      dateTime,
      senderAddress: 'tel:+8613999990009',
      destinationAddress: ownAccount.chatbotId,
      conversationId: 'conversation-1',
      contributionId: 'contribution-1',
    },
  ],
  [
    messages,
    {
      messageId: 'message-2',
      messageList: [
        {
          contentType: tapType,
          contentText: { response: { reply: { displayText: 'Yes', postback: { data: 'token-1' } } } },
        },
      ],
      dateTime,
      senderAddress: 'tel:+8613999990009',
    },
  ],
  [
    `deliveryNotification/${chatbot}/status`,
    { deliveryInfoList: [{ messageId: 'message-3', status: 'failed', errorCode: '3', dateTime }] },
  ],
  [
    `notifyInfoNotification/${chatbot}/check`,
    { authStatus: 1, chatbotId: ownAccount.chatbotId, comment: 'checked', messageId: 'message-4' },
  ],
  [`notifyInfoNotification/${chatbot}/notice/rcsspam`, { messageId: ['message-5'], spamType: 2 }],
  [`notifyInfoNotification/${chatbot}/notice/informationChange`, { infoType: 1 }],
]

/** One of each kind of notice that a bank sends. */
export const noticeSamples: readonly object[] = [
  {
    type: 'payment.succeeded',
    timestamp: '2026-03-05T01:00:00Z',
    data: { id: 'payment-1', clientRef: 'order-1', version: 2, state: 'succeeded', bankRef: 'ref-1' },
  },
  { type: 'consent.withdrawn', data: { id: 'consent-1', clientRef: 'consent-1', version: 2, state: 'withdrawn' } },
  { type: 'statement.ready', data: { id: 'statement-1', day: '2026-03-04', version: 1 } },
  {
    type: 'loan.updated',
    data: { id: 'loan-1', clientRef: 'order-2', version: 3, state: 'active', customer: 'customer-1' },
  },
]

/** What each action of people takes. What takes nothing is sent something nevertheless. */
export const actionSamples: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sign-in': { email: 'owner@southern-rail.example', password: 'wrong words' },
  'second-factor': { code: '123456' },
  'sign-out': { id: 'session-1' },
  'step-up': { code: '123456' },
  me: { id: 'person-1' },
  sessions: { id: 'person-1' },
  'end-sessions': { id: 'session-1' },
  place: { place: 'southern-rail' },
  password: { current: 'wrong words', wanted: 'four words of another kind' },
  'factor-start': { password: 'wrong words' },
  'factor-confirm': { code: '123456' },
  ways: { id: 'person-1' },
  'bank-start': { provider: 'bank' },
  invitation: { token: 'token-1' },
  accept: { token: 'token-1', name: 'Olive', password: 'four words of another kind' },
}
