import { z } from 'zod'
import { defineSentences } from '@inthread/sdk/fault'

const say = defineSentences({
  'form.signs': 'must be ASCII letters, digits and signs, without spaces',
  'form.http': 'must be an http or https address',
  'form.plain_address': 'must be an address without query, fragment, user name or password',
  'form.bot_address': 'must be the chatbot address, like sip:106900000010001@botplatform.rcs.vnet.cn',
  'form.version': 'must be a version like v1',
})

/** Header values and path parts: nothing that could end a line or need an encoding. */
const visible = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\x21-\x7e]*$/, say('form.signs').message)

/** One operator account. Secrets stand here in clear: the hall has resolved them. */
export const settings = z.strictObject({
  /** Where the operator's platform answers; `/bot/{apiVersion}/{chatbotId}/…` is put behind it. */
  serverRoot: z
    .url({ protocol: /^https?$/, error: say('form.http').message })
    .refine(isPlainRoot, say('form.plain_address').message),
  /** As the operator assigned it; the same bot has another address at every operator. */
  chatbotId: z
    .string()
    .max(128)
    .regex(/^sip:[\w.+-]+@[\w.-]+$/, say('form.bot_address').message),
  appId: visible(128),
  appKey: visible(256),
  /** Signs the pushes. The specification says at most 16 characters, platforms take more. */
  callbackToken: visible(64),
  /** `hmac-sha256` takes the token as key over the same text; some platforms do. */
  callbackAlgorithm: z.enum(['sha256', 'hmac-sha256']).default('sha256'),
  /** A push whose timestamp is further away from our clock, on either side, is stale. */
  timestampWindowSec: z.int().positive().default(300),
  apiVersion: z
    .string()
    .regex(/^\w[\w.-]{0,15}$/, say('form.version').message)
    .default('v1'),
  /** What the operator allows this account. Enforced by the hall, in front of `send`. */
  rate: z.strictObject({ perSecond: z.int().positive() }).optional(),
})

export type Settings = z.infer<typeof settings>

/** What is no address at all has been named already. */
function isPlainRoot(address: string): boolean {
  if (!URL.canParse(address)) return true
  const { search, hash, username, password } = new URL(address)
  return `${search}${hash}${username}${password}` === ''
}
