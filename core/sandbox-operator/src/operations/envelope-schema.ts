import { fields, listOf, oneWord, text } from '../rcc07/schema-parts.ts'
import type { Schema } from '../rcc07/schema-parts.ts'

const id = text(1, 128)

const deliveryKinds = ['sent', 'failed', 'delivered', 'displayed', 'deliveredToNetwork'] as const
export const trafficTypes = ['advertisement', 'payment', 'premium', 'subscription', 'token'] as const

const listItem = fields({ contentType: text(1), contentEncoding: oneWord('utf8', 'base64'), contentText: {} }, [
  'contentType',
])

const capability = fields({ capabilityId: text(1), version: text(1) }, ['capabilityId', 'version'])

/** The send body around the message list. The protocol has room for more fields; they pass. */
export const sendSchema: Schema = {
  ...fields(
    {
      messageId: id,
      messageList: listOf(listItem, 1, 3),
      destinationAddress: listOf({ type: 'string', pattern: '^tel:\\+[1-9][0-9]{5,14}$' }, 1, 1),
      senderAddress: text(1),
      conversationId: id,
      contributionId: id,
      serviceCapability: { type: 'array', items: capability },
      trafficType: oneWord(...trafficTypes),
      smsSupported: { type: 'boolean' },
      smsContent: text(1, 2000),
      storeSupported: { type: 'boolean' },
      imFormat: oneWord('IM', 'LargerMode', 'PagerMode'),
      inReplyTo: text(1, 128),
      reportRequest: { type: 'array', items: oneWord(...deliveryKinds) },
    },
    ['messageId', 'messageList', 'destinationAddress', 'senderAddress', 'conversationId', 'contributionId'],
  ),
  if: { properties: { smsSupported: { const: true } }, required: ['smsSupported'] },
  then: { required: ['smsContent'] },
}

export const revokeSchema: Schema = fields(
  {
    messageId: id,
    destinationAddress: listOf({ type: 'string', pattern: '^tel:\\+[1-9][0-9]{5,14}$' }, 1, 1),
    status: { const: 'RevokeRequested' },
  },
  ['messageId', 'destinationAddress', 'status'],
)

/** What a chatbot may say about itself. */
export const optionalsSchema: Schema = fields({
  serviceDescription: text(0, 500),
  category: { type: 'array', items: { type: 'string' } },
  callBackNumber: text(0, 21),
  provider: text(0, 100),
  longitude: { type: ['number', 'string'] },
  latitude: { type: ['number', 'string'] },
  themeColour: { type: 'string' },
  serviceWebsite: text(0, 150),
  emailAddress: text(0, 50),
  backgroundImage: text(0, 150),
  address: text(0, 200),
  cssStyle: text(0, 150),
  autograph: text(0, 50),
})
