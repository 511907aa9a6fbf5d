import { z } from 'zod'
import {
  claimCase,
  giveBack,
  handOver,
  listCaseMessages,
  listCases,
  releaseCase,
  sayAsAgent,
  type CaseAnswer,
} from '@inthread/messaging'
import { openScope } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'
import { follow } from '../live/follow.ts'
import { readWhenChanged } from '../live/read-when-changed.ts'
import { conflict, notFound, procedure, router, stream } from './procedure.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

const state = z.enum(['open', 'claimed', 'closed'])

const caseOutput = z.object({
  id: z.string(),
  conversation: z.string(),
  reason: z.string(),
  state,
  agent: z.string().nullable(),
  /** Claimed by whoever asks. */
  mine: z.boolean(),
  createdAt: z.number(),
  claimedAt: z.number().nullable(),
  closedAt: z.number().nullable(),
})

const message = z.object({
  id: z.string(),
  at: z.number(),
  from: z.enum(['user', 'agent', 'bot']),
  text: z.string(),
})

const limit = z.number().int().min(1).max(500).default(100)
const ofCase = z.strictObject({ tenant: z.string(), case: z.string() })
const done = z.object({ done: z.literal(true) })

/** People who answer instead of the bot. Whoever calls is the agent: a case is answered by the one who claimed it. */
export const deskRouter = router({
  /** Cases of a tenant, those that have waited longest first. */
  list: procedure('desk.read')
    .input(
      z.strictObject({ tenant: z.string(), states: z.array(state).min(1).max(3).default(['open', 'claimed']), limit }),
    )
    .output(z.array(caseOutput))
    .query(({ ctx, input }) => readQueue(ctx, input)),

  /** The open and claimed cases at once, and all of them again whenever something about them is different. */
  follow: stream('desk.read')
    .input(z.strictObject({ tenant: z.string(), limit, lastEventId: z.string().max(60).optional() }))
    .subscription(({ ctx, input, signal }) => {
      const wanted = { ...input, states: ['open', 'claimed'] as const }
      return follow<Queue>(
        { ctx, signal },
        readWhenChanged(() => readQueue(ctx, wanted), input.lastEventId),
      )
    }),

  /** What was said in a case; of what goes on with the bank there is nothing to be seen. */
  read: procedure('desk.read')
    .input(ofCase.extend({ limit }))
    .output(z.array(message))
    .query(({ ctx, input }) => readCase(ctx.ports, input)),

  /** The same at once, and all of it again whenever something was said. */
  followCase: stream('desk.read')
    .input(ofCase.extend({ limit, lastEventId: z.string().max(60).optional() }))
    .subscription(({ ctx, input, signal }) =>
      follow<Said>(
        { ctx, signal },
        readWhenChanged(() => readCase(ctx.ports, input), input.lastEventId),
      ),
    ),

  /** Takes a conversation over although its user has not asked for a person. */
  open: procedure('desk.write')
    .input(z.strictObject({ tenant: z.string(), conversation: z.string() }))
    .output(z.object({ case: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { ports, actor } = ctx
      const answer = await ports.store.write('desk.open', (tx) =>
        handOver(tx, openScope(input.tenant), { conversationId: input.conversation, actor, ports }),
      )
      if (answer === 'unknown') throw notFound('conversation')
      if (answer === 'taken') throw conflict(say('desk.taken'))
      return { case: answer.caseId }
    }),

  /** Takes an open case over. From then on the user's messages go to it. */
  claim: procedure('desk.write')
    .input(ofCase)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { ports, actor } = ctx
      return answerWith(
        await ports.store.write('desk.claim', (tx) =>
          claimCase(tx, openScope(input.tenant), { caseId: input.case, actor, ports }),
        ),
      )
    }),

  /** Writes to the user, in the merchant's voice and signed as a person's. */
  say: procedure('desk.write')
    .input(ofCase.extend({ text: z.string().trim().min(1).max(2000) }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { ports, actor } = ctx
      return answerWith(
        await ports.store.write('desk.say', (tx) =>
          sayAsAgent(tx, openScope(input.tenant), { caseId: input.case, text: input.text, actor, ports }),
        ),
      )
    }),

  /** Puts a claimed case back into the queue, for a colleague. */
  release: procedure('desk.write')
    .input(ofCase)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { ports, actor } = ctx
      return answerWith(
        await ports.store.write('desk.release', (tx) =>
          releaseCase(tx, openScope(input.tenant), { caseId: input.case, actor, ports }),
        ),
      )
    }),

  /** Gives the conversation back to the bot and closes the case. */
  back: procedure('desk.write')
    .input(ofCase)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { ports, actor } = ctx
      return answerWith(
        await ports.store.write('desk.back', (tx) =>
          giveBack(tx, openScope(input.tenant), { caseId: input.case, actor, ports }),
        ),
      )
    }),
})

interface QueueWanted {
  readonly tenant: string
  readonly states: readonly z.infer<typeof state>[]
  readonly limit: number
}

type Queue = z.infer<typeof caseOutput>[]

interface Asking {
  readonly ports: Pick<AdminPorts, 'store'>
  readonly actor: { readonly id: string }
}

async function readQueue({ ports, actor }: Asking, { tenant, ...wanted }: QueueWanted): Promise<Queue> {
  const rows = await ports.store.read('desk.list', (reader) => listCases(reader, openScope(tenant), wanted))
  return rows.map((row) => ({
    id: row.id,
    conversation: row.conversation_id,
    reason: row.reason,
    state: row.state,
    agent: row.agent,
    mine: row.state === 'claimed' && row.agent === actor.id,
    createdAt: row.created_at,
    claimedAt: row.claimed_at,
    closedAt: row.closed_at,
  }))
}

type Said = z.infer<typeof message>[]

interface CaseWanted {
  readonly tenant: string
  readonly case: string
  readonly limit: number
}

async function readCase({ store, sealer }: Pick<AdminPorts, 'store' | 'sealer'>, wanted: CaseWanted): Promise<Said> {
  const query = { caseId: wanted.case, limit: wanted.limit, sealer }
  const messages = await store.read('desk.read', (reader) => listCaseMessages(reader, openScope(wanted.tenant), query))
  if (!messages) throw notFound('case')
  return [...messages]
}

function answerWith(answer: CaseAnswer): { readonly done: true } {
  if (answer === 'unknown') throw notFound('case')
  if (answer === 'taken') throw conflict(say('desk.not_yours'))
  if (answer === 'closed') throw conflict(say('desk.closed'))
  if (typeof answer === 'object') throw conflict(say('desk.busy', { case: answer.case }))
  return { done: true }
}
