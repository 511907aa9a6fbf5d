import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose } from '../outcomes.ts'

const id = z.string().min(1).max(190)

/** Masked, and without a balance: an account of the user, as the bank names it. */
export const accountSchema = z.object({
  id: z.string(),
  kind: z.string(),
  label: z.string(),
  mask: z.string(),
  state: z.string(),
})

/** A line of an account, newest first. `direction`: `in` or `out`. */
export const entrySchema = z.object({
  id: z.string(),
  direction: z.string(),
  amount: moneySchema,
  text: z.string(),
  at: z.number().int(),
})

/** Nothing is shown unless the user has proved within the last minutes that it is them. */
const shown = { proof_needed: nothing, limited: nothing, ...askEnds }
const refusals = { step_up_required: 'proof_needed', rate_limited: 'limited' } as const

/**
 * The user's own accounts. What is in them is shown to nobody else and never leaves by another way than the secured
 * message: not by SMS, not into a log. Thirty looks a day.
 */
export const account = defineCapability({
  id: 'account',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    /** The bank makes sure that it is the user; this is all that happens. It holds for ten minutes. */
    verify: {
      class: 'commit',
      input: z.strictObject({ purpose }),
      outcomes: orderEnds,
      confirm: {
        op: 'account-view',
        title: { 'zh-CN': '确认查询账户', en: 'Confirm account access' },
        payer: false,
        payee: false,
      },
    },
    list: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(accountSchema) }), ...shown },
      bank: { method: 'GET', path: '/v1/accounts?link={link}', otherwise: 'listed', refusals },
    },
    balance: {
      class: 'read',
      input: z.strictObject({ account: id }),
      outcomes: {
        answered: z.object({
          account: z.string(),
          mask: z.string(),
          available: moneySchema,
          held: moneySchema,
          /** Of a credit card. */
          owed: moneySchema.optional(),
          month: z.object({ income: moneySchema, spending: moneySchema }),
          asOf: z.number().int(),
        }),
        ...shown,
      },
      bank: { method: 'GET', path: '/v1/accounts/{account}/balance?link={link}', otherwise: 'answered', refusals },
    },
    /** A page of at most ten lines; `links.next` is there when there are more, and holds `after` of the next page. */
    entries: {
      class: 'read',
      input: z.strictObject({ account: id, limit: z.int().min(1).max(10), after: z.string().max(190).optional() }),
      outcomes: {
        listed: z.object({ items: z.array(entrySchema), links: z.object({ next: z.string().optional() }) }),
        ...shown,
      },
      bank: {
        method: 'GET',
        path: '/v1/accounts/{account}/entries?link={link}&limit={limit}&after={after}',
        otherwise: 'listed',
        refusals,
      },
    },
  },
  events: {},
})
