import { createHash } from 'node:crypto'
import { canonicalTerms, type WireQuote } from '@inthread/sdk/capabilities'
import { findWireMoney, type Money } from '@inthread/sdk/money'
import { findInstant } from '@inthread/sdk/time'
import { assertRefused, assertStatus, assertThat, listAt, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import type { Reply } from '../courier.ts'
import { Mismatch, skip } from '../mismatch.ts'

/** For banks that tell before an application how much could be lent; one that does not is none the worse. */
async function ask({ courier, customer }: Kit): Promise<Reply> {
  const reply = await courier.post('/v1/loan-prechecks', { link: await customer.link() })
  if (reply.status === 404) skip('the bank tells nobody how much they could borrow before they apply')
  assertStatus(reply, 201)
  return reply
}

function moneyAt(item: unknown, name: string): Money {
  const amount = findWireMoney(memberAt(item, name))
  if (amount) return amount
  throw new Mismatch(`an amount at ${name}`, 'none')
}

/** A payment of a month needs its schedule and its yearly rate: that is what a quote is for. */
const ofAMonth = /payment|monthly|instal|schedule/i

export const precheckCases: readonly ConformanceCase[] = [
  {
    id: 'prechecks.range',
    title: 'What could be borrowed is told as a range, with its yearly rate and an end',
    rule: 'POST /v1/loan-prechecks: state prechecked, expiresAt, items with product, min, max and annualRate',
    remedy: 'Tell no amount without its rate, and no payment of a month at all',
    run: async (kit) => {
      const { body } = await ask(kit)
      assertThat(body['state'] === 'prechecked', 'state prechecked', `state ${String(body['state'])}`)
      const until = findInstant(textAt(body, 'expiresAt'))
      assertThat((until ?? 0) > kit.ports.clock.now(), 'an end that is to come', 'none, or one that is over')
      assertThat(memberAt(body, 'credit') === undefined, 'no credit: nothing is offered', 'a credit')
      for (const item of listAt(body, 'items')) {
        textAt(item, 'product')
        const [min, max] = [moneyAt(item, 'min'), moneyAt(item, 'max')]
        assertThat(min.amountMinor <= max.amountMinor, 'a range', 'more at least than at most')
        assertThat(/^\d+(\.\d+)?$/.test(textAt(item, 'annualRate')), 'a yearly rate as a share', 'something else')
        const monthly = Object.keys(item as object).find((name) => ofAMonth.test(name))
        assertThat(monthly === undefined, 'no payment of a month', monthly ?? '')
      }
    },
  },
  {
    id: 'prechecks.read-again',
    title: 'What was told stays as it was told until its end',
    rule: 'GET /v1/loan-prechecks/{id} answers the same amounts until expiresAt',
    remedy: 'Keep the answer, and work nothing out anew under the same id',
    run: async (kit) => {
      const { body } = await ask(kit)
      const again = await kit.courier.get(`/v1/loan-prechecks/${textAt(body, 'id')}`)
      assertStatus(again, 200)
      const same = JSON.stringify(again.body['items']) === JSON.stringify(body['items'])
      assertThat(same, 'the same items', 'others')
    },
  },
  {
    id: 'prechecks.no-offer',
    title: 'What could be borrowed is no offer',
    rule: 'A confirmation that names a pre-check as its quote is refused with outcome none',
    remedy: 'Let customers confirm what an application was decided with, and nothing before',
    run: async (kit) => {
      const { body } = await ask(kit)
      const { customer, courier } = kit
      const link = await customer.link()
      // A bank's own terms are digested as any quote's would be: only what it is stands in the way.
      const terms = createHash('sha256')
        .update(canonicalTerms(body as WireQuote))
        .digest('hex')
      const payload = await customer.payload(link, { op: 'loan', payer: 'none', quote: textAt(body, 'id'), terms })
      assertRefused(await customer.request(customer.confirmationBody({ clientRef: courier.newKey(), link, payload })))
    },
  },
]
