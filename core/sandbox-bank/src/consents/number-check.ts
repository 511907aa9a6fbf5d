import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { findPhoneHolder } from '../customers/customers.store.ts'
import { commitDeed } from '../deeds/change-deed.ts'
import { defineDeed } from '../deeds/deed-kind.ts'
import { buildDeedSchema, renderDeed } from '../deeds/deed-resource.ts'
import { getDeed } from '../deeds/deed-routes.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { buildResourceAnswer, defineActing, type Answer, type Route } from '../routes/define-route.ts'
import { instant } from '../routes/fields.ts'
import { commitOnce } from '../transport/commit-once.ts'

interface Facts {
  readonly result: 'same' | 'reassigned' | 'unknown'
}

/** What the carrier said of a number. The number itself is not kept. */
export const numberChecks = defineDeed<Facts>({
  thing: 'number_check',
  prefix: 'nck',
  url: '/v1/number-checks',
  name: 'NumberCheck',
  states: ['answered'],
  outcomes: { answered: 'none' },
  view: Type.Object({ result: Type.Enum(['same', 'reassigned', 'unknown']), checkedAt: instant }),
  render: (_bank, { facts, createdAt }) => ({ ...facts, checkedAt: renderInstant(createdAt) }),
})

export function buildNumberCheckRoute(bank: Bank): Route {
  const answer = (deed: Deed): Answer => buildResourceAnswer(201, renderDeed(bank, numberChecks, deed))
  return defineActing({
    url: numberChecks.url,
    id: 'createNumberCheck',
    summary: 'Asks the carrier whether the number is still held by the person who had it then.',
    body: Type.Object({
      phone: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$', description: 'E.164.' }),
      since: Type.Optional(instant),
    }),
    answers: { 201: buildDeedSchema(numberChecks) },
    problems: [],
    run: ({ client, key, body }) => {
      const deed = commitOnce(bank, { key, status: 201 }, () => {
        const holder = findPhoneHolder(bank, body.phone)
        const result = holder === undefined ? 'unknown' : holder.state === 'held' ? 'same' : 'reassigned'
        const id = bank.vault.idOf('nck', client.id, key.key)
        return commitDeed(bank, numberChecks, {
          ...{ id, clientId: client.id, state: 'answered', facts: { result }, createdAt: bank.clock.now() },
        })
      })
      return answer(deed)
    },
    replay: (client, id) => answer(getDeed(bank, numberChecks, { clientId: client.id, id })),
  })
}
