import { z } from 'zod'
import { listAnswers, removeAnswer, saveAnswer } from '@inthread/messaging'
import { openScope } from '@inthread/store'
import { conflict, notFound, procedure, router } from '../procedure.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'

const answer = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  version: z.number(),
  updatedAt: z.number(),
})

const name = z.string().min(1).max(60)

/** What people at the desk say often, ready to be taken. Nothing is filled in: it is said as it stands, or changed. */
export const answersRouter = router({
  /** All of a tenant's, by title. */
  list: procedure('desk.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(z.array(answer))
    .query(async ({ ctx: { ports }, input }) => {
      const rows = await ports.store.read('answer.list', (reader) => listAnswers(reader, openScope(input.tenant)))
      return rows.map(({ updated_at: updatedAt, ...rest }) => ({ ...rest, updatedAt }))
    }),

  /** A new one, or another wording of the one that is named, whose version was looked at. */
  save: procedure('desk.write')
    .input(
      z.strictObject({
        tenant: z.string(),
        answer: z.strictObject({ id: name, version: z.number().int().min(1) }).optional(),
        title: z.string().trim().min(1).max(60),
        text: z.string().trim().min(1).max(2000),
      }),
    )
    .output(z.object({ answer: z.string() }))
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const { tenant, answer: known, title, text } = input
      const draft = { id: known?.id, version: known?.version ?? 0, title, text, actor, ports }
      const saved = await ports.store.write('answer.save', (tx) => saveAnswer(tx, openScope(tenant), draft))
      if (saved === 'unknown') throw notFound('answer')
      if (saved === 'changed') throw conflict(say('answer.changed'))
      if (saved === 'full') throw conflict(say('answer.full'))
      return { answer: saved.id }
    }),

  remove: procedure('desk.write')
    .input(z.strictObject({ tenant: z.string(), answer: name }))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const removed = await ports.store.write('answer.remove', (tx) =>
        removeAnswer(tx, openScope(input.tenant), { id: input.answer, actor, ports }),
      )
      if (!removed) throw notFound('answer')
      return { removed }
    }),
})
