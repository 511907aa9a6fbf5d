import { moneySchema, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { accountSchema, entrySchema } from '@inthread/sdk/capabilities'
import type { contract } from '../contract.ts'

export const inputSchema = z.strictObject({ wants: z.enum(['balance', 'entries']) })

export const stateSchema = z
  .strictObject({
    accounts: z.array(accountSchema),
    account: accountSchema,
    balance: z.strictObject({
      available: moneySchema,
      held: moneySchema,
      owed: moneySchema.optional(),
      income: moneySchema,
      spending: moneySchema,
      asOf: z.int(),
      /** By our own clock: the bank's may say another time. */
      seenAt: z.int(),
    }),
    entries: z.array(entrySchema),
    /** Of the next page, as the bank wrote it. */
    after: z.string(),
    unlinked: z.boolean(),
    retry: z.enum(['again', 'leave']),
    next: z.enum(['balance', 'entries', 'more', 'other', 'done']),
  })
  .partial()

export type AccountState = z.infer<typeof stateSchema>

type LookStep =
  'list' | 'listProved' | 'isLinked' | 'verify' | 'askRetry' | 'wantsRetry' | 'whichOne' | 'askAccount' | 'wanted'
type ShowStep = 'balance' | 'showBalance' | 'entries' | 'showEntries' | 'next' | 'noEntries'
type EndStep =
  | 'sayNoEntries'
  | 'sayLimited'
  | 'sayNotVerified'
  | 'sayUnreachable'
  | 'sayNotPossible'
  | 'sayCannotLook'
  | 'sayDone'
  | 'sayNotLinked'
  | 'sayProofOver'

export type LookNames = LookStep
export type ShowNames = ShowStep | EndStep | 'sayBye' | 'end'
export type AccountStep = StepOf<typeof contract, AccountState, LookNames | ShowNames, z.infer<typeof inputSchema>>
export type AccountContext = ContextOf<typeof contract, AccountState, z.infer<typeof inputSchema>>
