const text = { type: 'string', minLength: 1, maxLength: 200 } as const
const number = { type: 'string', pattern: '^\\+[1-9][0-9]{5,14}$' } as const
const webAddress = { type: 'string', pattern: '^https?://', maxLength: 500 } as const

function body(properties: Readonly<Record<string, object>>, required: readonly string[]): { body: object } {
  return { body: { type: 'object', properties, required, additionalProperties: false } }
}

function query(properties: Readonly<Record<string, object>>): { querystring: object } {
  return { querystring: { type: 'object', properties, required: Object.keys(properties) } }
}

const profile = {
  name: text,
  logo: { type: 'string', pattern: '^(data:image/|https?://|$)', maxLength: 300_000 },
  serviceNumber: { type: 'string', minLength: 1, maxLength: 21 },
  description: { type: 'string', maxLength: 500 },
  provider: { type: 'string', maxLength: 100 },
  address: text,
  phone: text,
  website: webAddress,
  terms: { type: 'string', maxLength: 500 },
  verified: { type: 'boolean' },
}

const account = {
  appId: text,
  appKey: text,
  notifyUrl: webAddress,
  callbackToken: { type: 'string', minLength: 1, maxLength: 16 },
  callbackAlgorithm: { enum: ['sha256', 'hmac-sha256'] },
  errorCodeStyle: { enum: ['string', 'number'] },
  tokenTtlSec: { type: 'integer', minimum: 1, maximum: 604_800 },
  tokensPerDay: { type: 'integer', minimum: 1 },
  ratePerSec: { type: 'integer', minimum: 0 },
}

const deliveryStatus = ['sent', 'failed', 'delivered', 'displayed', 'deliveredToNetwork', 'revokeOk', 'revokeFail']

/** JSON Schemas of what the controls take. */
export const input = {
  chatbot: {
    params: { type: 'object', properties: { chatbotId: { type: 'string', pattern: '^sips?:[^@\\s]+@[^@\\s]+$' } } },
    ...body({ ...profile, ...account }, [
      'name',
      'serviceNumber',
      'appId',
      'appKey',
      'notifyUrl',
      'callbackToken',
      'callbackAlgorithm',
    ]),
  },
  say: body({ from: number, to: text, text: { type: 'string', minLength: 1, maxLength: 2000 } }, [
    'from',
    'to',
    'text',
  ]),
  tap: body({ from: number, to: text, messageId: text, index: { type: 'integer', minimum: 0 } }, [
    'from',
    'to',
    'messageId',
    'index',
  ]),
  status: body(
    { messageId: text, status: { enum: deliveryStatus }, errorCode: { type: 'integer' }, errorMessage: text },
    ['messageId', 'status'],
  ),
  sms: body({ to: number, from: text, text: { type: 'string', minLength: 1, maxLength: 2000 } }, [
    'to',
    'from',
    'text',
  ]),
  phone: body({ phone: number, fiveG: { type: 'boolean' }, on: { type: 'boolean' } }, ['phone', 'fiveG', 'on']),
  displayed: body(
    { phone: number, threadId: { type: 'integer' }, messageIds: { type: 'array', items: text, maxItems: 500 } },
    ['phone', 'threadId', 'messageIds'],
  ),
  clock: body({ advance: { anyOf: [{ type: 'string' }, { type: 'integer' }] } }, ['advance']),
  ofPhone: query({ phone: { type: 'string', pattern: '^[+ ]?[1-9][0-9]{5,14}$' } }),
  ofMessage: query({ messageId: text }),
} as const

/** A plus sign in a query string arrives as a space unless it was percent-encoded. */
export function readPhoneParam(value: string): string {
  return `+${value.replace(/^[+ ]/, '')}`
}
