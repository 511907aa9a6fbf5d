import { z } from 'zod'
import {
  expectedBankSchema,
  expectedFinalSchema,
  expectedMessageSchema,
  expectedStateSchema,
} from './expectation-schema.ts'

const phone = z
  .string()
  .regex(/^\+[1-9]\d{5,14}$/, 'a number like +8613800000001')
  .describe('Who speaks.')
const minor = z.string().regex(/^\d+$/, 'an amount in minor units as text, like "55350"')
const times = z.int().min(1).max(1000).optional()
const delayMs = z.int().min(0).max(60_000).optional()

/** `behave` ends all faults of that party; every other fault says what it strikes. */
const isAimed = (fault: { readonly do: string; readonly match?: object | undefined }): boolean =>
  (fault.do === 'behave') === (fault.match === undefined)
const aimed = { error: 'a fault names what it strikes in match, and "behave" strikes nothing' }

const bankFault = z
  .strictObject({
    at: z.literal('bank'),
    match: z.strictObject({ method: z.string().min(1).optional(), path: z.string().min(1) }).optional(),
    do: z.enum([
      'behave',
      'timeout-before',
      'timeout-after',
      '500-after',
      'decline',
      'wrong-amount',
      'wrong-currency',
      'malformed',
      'slow',
      'duplicate-event',
      'reorder-events',
    ]),
    times,
    delayMs,
  })
  .refine(isAimed, aimed)

const operatorFault = z
  .strictObject({
    at: z.literal('operator'),
    match: z.strictObject({ operation: z.enum(['send', 'token', 'revoke', 'menu', 'callback']) }).optional(),
    do: z.enum([
      'behave',
      'timeout-before',
      'timeout-after',
      '500-before',
      '500-after',
      'slow',
      'malformed',
      'code',
      'token-expired',
      'duplicate-callback',
      'reorder-callbacks',
      'drop-callback',
    ]),
    times,
    delayMs,
    errorCode: z.int().optional(),
  })
  .refine(isAimed, aimed)

const bankNotice = z.strictObject({
  at: z.literal('bank'),
  account: z.string().min(1).describe('An account by its mask, like ****1234.'),
  state: z.enum(['open', 'frozen']),
})

const operatorNotice = z.strictObject({
  at: z.literal('operator'),
  status: z.enum(['sent', 'failed', 'delivered', 'displayed', 'deliveredToNetwork', 'revokeOk', 'revokeFail']),
  of: z.string().min(1).optional().describe('Words of the message that is meant; the newest one if left out.'),
  errorCode: z.int().optional(),
})

const tap = z.union([
  z.string().min(1).describe('The label of a button; the newest message that has it is meant.'),
  z
    .strictObject({
      label: z.string().min(1).optional(),
      of: z.string().min(1).optional().describe('Words of the message whose button is meant: for a late tap.'),
      menu: z.string().min(1).optional().describe('The label of a key of the fixed menu.'),
    })
    .refine(({ label, menu }) => (label === undefined) !== (menu === undefined), {
      error: 'either the label of a button or a key of the menu',
    }),
])

const duration = z
  .string()
  .regex(/^P(?=.)(\d{1,3}D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/, 'a duration like PT15M or P1D')
  .describe('Moves the business clock of platform, bank and operator forward.')

const acts = ['user', 'tap', 'notice', 'clock', 'fault'] as const

const turnSchema = z
  .strictObject({
    user: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .describe('What the user writes; {{code}} and {{wrongCode}} are filled in.'),
    tap: tap.optional(),
    notice: z.discriminatedUnion('at', [bankNotice, operatorNotice]).optional(),
    clock: duration.optional(),
    fault: z.discriminatedUnion('at', [bankFault, operatorFault]).optional(),
    phone: phone.optional(),
    expectBot: z.array(expectedMessageSchema).optional(),
    expectBank: z.array(expectedBankSchema).optional(),
    expectState: expectedStateSchema.optional(),
  })
  .refine((turn) => acts.filter((act) => turn[act] !== undefined).length === 1, {
    error: `exactly one of ${acts.join(', ')}`,
  })

const givenSchema = z.strictObject({
  clock: z
    .union(
      [z.literal('now'), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), z.iso.datetime({ offset: true, local: false })],
      { error: '"now", a time of day like "09:00", or a moment with its offset like "2030-03-05T09:00:00+08:00"' },
    )
    .default('now')
    .describe('The sandbox is moved forward to it; a time of day is the next one in the tenant’s time zone.'),
  locale: z.string().min(2).describe('The language that the first tenant speaks.'),
  tenants: z
    .array(z.string().min(1))
    .min(1)
    .describe(
      'The id of a tenant that has been applied, or the path of a definition, beside the story, to be applied.',
    ),
  phone: phone.default('+8613800000001'),
  bot: z.string().startsWith('sip:').optional().describe('The first tenant’s first chatbot if left out.'),
  bank: z
    .strictObject({
      accounts: z
        .array(
          z.strictObject({ mask: z.string().min(1), atLeastMinor: minor.optional(), atMostMinor: minor.optional() }),
        )
        .describe('What has to be free in an account, in minor units.'),
    })
    .optional(),
})

/** A story as a file: given a state, turns with what follows from each, and what must hold at the end. */
export const storySchema = z.strictObject({
  $schema: z.string().optional(),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by -'),
  title: z.string().min(1).max(200),
  given: givenSchema,
  turns: z.array(turnSchema).min(1).max(200),
  final: expectedFinalSchema,
})

export type Story = z.infer<typeof storySchema>
export type Turn = z.infer<typeof turnSchema>
export type Tap = NonNullable<Turn['tap']>
export type Fault = NonNullable<Turn['fault']>
export type Notice = NonNullable<Turn['notice']>

/** For editors: the JSON Schema of the file. */
export function buildStoryJsonSchema(): unknown {
  return z.toJSONSchema(storySchema, { io: 'input' })
}
