import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderDeed } from '../deeds/deed-resource.ts'
import { deedKinds } from '../deeds/kinds.ts'
import { commitControl, getKind } from '../deeds/run-deeds.ts'
import { commitReassignment } from '../consents/commit-reassignment.ts'
import { commitDirectoryState } from '../transfers/directory.store.ts'
import { commitCardEvent } from '../notices/commit-card-event.ts'
import { noticeKind } from '../notices/notice-kind.ts'
import { Problem } from '../transport/problem.ts'
import { commitMood } from './moods.ts'
import { buildBodyReader, buildParamsReader } from './read-control.ts'

const name = Type.String({ minLength: 1, maxLength: 64 })
const subjectParams = Type.Object({ id: name })
const eventBody = Type.Object({ event: name })
const phoneBody = Type.Object({ state: Type.Enum(['held', 'reassigned']) })
const cardEventBody = Type.Object({
  phone: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' }),
  amount: Type.String({ pattern: '^[1-9][0-9]{0,11}$', description: 'Minor units.' }),
  shop: name,
  mask: Type.Optional(name),
})
const moodBody = Type.Object({ mood: name })

/** What may happen to what customers committed to, and how those around the bank behave. */
export function serveMoneyControls(scope: FastifyInstance, bank: Bank): void {
  const readParams = buildParamsReader(subjectParams)
  const readBody = buildBodyReader(eventBody)
  scope.post('/sandbox/deeds/:id/events', async (request) => {
    const deed = commitControl(bank, deedKinds, { id: readParams(request).id, event: readBody(request).event })
    bank.poke()
    return renderDeed(bank, getKind(deedKinds, deed.kind), deed)
  })
  const readPhone = buildBodyReader(phoneBody)
  scope.put('/sandbox/phones/:id', async (request) => {
    const { id: phone } = readParams(request)
    const { state } = readPhone(request)
    const known = bank.db.transaction(() => {
      const there = commitDirectoryState(bank, phone, state)
      if (there && state === 'reassigned') commitReassignment(bank, phone)
      return there
    })
    if (known) return { phone, state }
    throw new Problem('not_found', 'Nobody known has this number: it is written as +86… in the address.')
  })
  const readCardEvent = buildBodyReader(cardEventBody)
  scope.post('/sandbox/card-events', async (request, reply) => {
    const { amount, ...event } = readCardEvent(request)
    const notices = commitCardEvent(bank, { ...event, amountMinor: BigInt(amount) })
    bank.poke()
    return reply.code(201).send({ notices: notices.map((notice) => renderDeed(bank, noticeKind, notice)) })
  })
  const readMood = buildBodyReader(moodBody)
  scope.put('/sandbox/moods/:id', async (request) => {
    const subject = readParams(request).id
    const { mood } = readMood(request)
    commitMood(bank.db, subject, mood)
    bank.poke()
    return { subject, mood }
  })
}
