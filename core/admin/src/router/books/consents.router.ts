import { z } from 'zod'
import { isFault } from '@inthread/sdk/fault'
import { listConsents } from '@inthread/finance'
import { openScope } from '@inthread/store'
import { pageInput, pageOutput, readPage } from '../paging.ts'
import { notFound, procedure, router } from '../procedure.ts'

const states = [...(['asked', 'granted', 'refused', 'lapsed', 'withdrawn', 'expired', 'suspended'] as const)] as const

const consentOutput = z.object({
  id: z.string(),
  subscriber: z.string(),
  purpose: z.string(),
  dataClasses: z.array(z.string()),
  receiver: z.string(),
  marketing: z.boolean(),
  textVersion: z.string(),
  textSha256: z.string(),
  state: z.enum(states),
  askedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  evidence: z.object({
    conversation: z.string().nullable(),
    run: z.string().nullable(),
    visit: z.string().nullable(),
    bankRef: z.string().nullable(),
  }),
})

/** What users allowed: by subscriber, never by name or number. */
export const consentsRouter = router({
  /** The latest first. */
  list: procedure('consent.read')
    .input(
      z.strictObject({
        tenant: z.string(),
        subscriber: z.string().max(60).optional(),
        purpose: z.string().max(100).optional(),
        state: z.enum(states).optional(),
        ...pageInput,
      }),
    )
    .output(pageOutput(consentOutput))
    .query(async ({ ctx: { ports }, input }) => {
      const { tenant, subscriber: subscriberId, purpose, state } = input
      const { items, next } = await readPage(
        { list: 'consents', input, sealer: ports.sealer },
        {
          read: (part) =>
            ports.store.read('consent.list', (reader) =>
              listConsents(reader, openScope(tenant), { subscriberId, purpose, state, ...part }),
            ),
          placeOf: ({ askedAt, id }) => ({ at: askedAt, id }),
        },
      )
      return { items: items.map((view) => ({ ...view, dataClasses: [...view.dataClasses] })), next }
    }),

  /** Takes a consent back for its user, who asked for it in some other way. */
  withdraw: procedure('consent.write')
    .input(z.strictObject({ tenant: z.string(), consent: z.string().max(60) }))
    .output(z.object({ consent: z.string(), state: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const name = { scope: openScope(input.tenant), consentId: input.consent }
      const withdrawal = { ...name, by: ctx.actor, now: ctx.ports.clock.now() }
      try {
        const state = await ctx.ports.store.write('consent.withdraw', (tx) =>
          ctx.ports.books.withdrawConsent(tx, withdrawal),
        )
        return { consent: input.consent, state }
      } catch (error) {
        if (isFault(error, 'consent.unknown')) throw notFound('consent')
        throw error
      }
    }),
})
