import { z } from 'zod'
import { listProposals, openScope, type ListPart, type Proposal } from '@inthread/store'
import { decide, getProposal } from '../proposals/decide.ts'
import { pageInput, pageOutput, readPage } from './paging.ts'
import { procedure, router } from './procedure.ts'

const states = ['open', 'approved', 'rejected', 'voided'] as const

const proposal = z.object({
  id: z.string(),
  subject: z.string(),
  change: z.unknown(),
  digest: z.string(),
  maker: z.string(),
  checker: z.string().nullable(),
  state: z.enum(['expired', ...states]),
  createdAt: z.number(),
  expiresAt: z.number(),
  decidedAt: z.number().nullable(),
})

const name = { tenant: z.string(), id: z.string().max(60) }
/** Of the change as it was read: approved is exactly that one. */
const decision = z.strictObject({ ...name, digest: z.string().max(64) })

/** Changes that need a second person. */
export const proposalsRouter = router({
  /** The latest first. */
  list: procedure('proposal.read')
    .input(z.strictObject({ tenant: z.string(), state: z.enum(states).optional(), ...pageInput }))
    .output(pageOutput(proposal))
    .query(async ({ ctx: { ports }, input }) => {
      const now = ports.clock.now()
      const wanted = input.state === undefined ? {} : { state: input.state }
      const read = (part: ListPart) =>
        ports.store.read('proposal.list', (reader) =>
          listProposals(reader, openScope(input.tenant), { ...part, ...wanted }),
        )
      const { items, next } = await readPage(
        { list: 'proposals', input, sealer: ports.sealer },
        { read, placeOf: ({ createdAt, id }) => ({ at: createdAt, id }) },
      )
      return { items: items.map((each) => toOutput(each, now)), next }
    }),

  get: procedure('proposal.read')
    .input(z.strictObject(name))
    .output(proposal)
    .query(async ({ ctx, input }) =>
      toOutput(await getProposal(openScope(input.tenant), input.id, ctx.ports), ctx.ports.clock.now()),
    ),

  /** Carries the change out. Refused to the key it was proposed with. */
  approve: procedure('proposal.decide')
    .input(decision)
    .output(proposal)
    .mutation(async ({ ctx, input }) =>
      toOutput(await decide({ ...input, verdict: 'approved' }, ctx.holder, ctx.ports), ctx.ports.clock.now()),
    ),

  reject: procedure('proposal.decide')
    .input(decision)
    .output(proposal)
    .mutation(async ({ ctx, input }) =>
      toOutput(await decide({ ...input, verdict: 'rejected' }, ctx.holder, ctx.ports), ctx.ports.clock.now()),
    ),
})

function toOutput(found: Proposal, now: number): z.infer<typeof proposal> {
  const expired = found.state === 'open' && found.expiresAt <= now
  return { ...found, state: expired ? 'expired' : found.state }
}
