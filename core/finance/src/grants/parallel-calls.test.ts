import { afterAll, beforeAll, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { openScope, type TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import { pause, type Ground } from '../../../../test/kit/ground.ts'
import { drawPart } from '../../../../test/kit/chance/draw.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books } from '../../test/books.ts'
import type { NewOrder } from '../desk/desk.ts'
import type { FinanceTables } from '../schema/tables.ts'
import { findHold } from './use.store.ts'

/** Limits that let eleven calls of 9.00 pass, each of them on another side. */
const limits: readonly [string, Readonly<Record<string, object>>, Partial<NewOrder>][] = [
  ['the bank’s day', { 'bank/main/payment': { perDay: '100.00' } }, {}],
  ['the tenant’s day', { 'bot/rail/travel/pay': { perDay: '107.99' } }, {}],
  ['a user’s day', { 'bot/rail/travel/pay': { perUserDay: '99.00' } }, { subscriberId: 'u1' }],
  ['the plugin’s own day', {}, { ceiling: { perDay: money('100.00', 'CNY') } }],
  ['a minute', { 'bank/main/payment': { perMinute: 11 } }, {}],
]

describeOnEachDatabase('calls at the same time, from two processes', (open, kind) => {
  let books: Books
  let second: Books
  let ground: Ground
  beforeAll(async () => {
    books = await Books.open(open)
    ground = await books.ground.another('two')
    second = new Books(ground)
  })
  afterAll(async () => {
    await ground.close()
    await books.ground.close()
  })

  const usedOf = async (scope: TenantScope): Promise<bigint[]> => {
    const rows = await books.ground.store.read('use', (reader) =>
      sqlOf<FinanceTables>(reader)
        .selectFrom('grant_use')
        .select('used_minor')
        .where('tenant_id', '=', scope.tenantId)
        .where('span', 'like', 'day/%')
        .execute(),
    )
    return rows.map(({ used_minor: used }) => used)
  }

  for (const count of [50, 200])
    it.each(count === 200 ? drawPart(limits, 2, kind) : limits)(
      `${count} never pass %s`,
      async (what, terms, change) => {
        const scope = openScope(`${what.replaceAll(/[^a-z]/g, '')}-${count}`)
        await books.grant({ 'bank/main/payment': {}, 'bot/rail/travel/pay': {} }, scope)
        await books.grant(terms, scope)
        const input = { amount: money('9.00', 'CNY'), purpose: 'x' }
        const answers = await Promise.all(
          Array.from({ length: count }, (_, index) =>
            (index % 2 === 0 ? books : second).ask({ ...change, scope, input }),
          ),
        )
        expect(answers.filter(({ kind }) => kind === 'opened')).toHaveLength(11)
        expect(answers.filter(({ kind }) => kind === 'refused')).toHaveLength(count - 11)
        expect(new Set(await usedOf(scope))).toEqual(new Set([9900n]))
      },
      60_000,
    )

  it('count what one user moves in two threads: the second is asked for the surer proof', async () => {
    const scope = openScope('two-threads')
    const tiers = [{ strength: 'code' as const, dailyMax: '10.00' }, { strength: 'pin' as const }]
    await books.grant({ 'bank/main/payment': { strengthBy: { tiers } }, 'bot/rail/travel/pay': {} }, scope)
    const input = { amount: money('6.00', 'CNY'), purpose: 'x' }
    const orders = [books, second].map((each) => each.order({ scope, input, subscriberId: 'u1' }))
    const { promise: half, resolve: pass } = Promise.withResolvers<void>()
    const [one, two] = orders
    const slow = books.ground.store.write('ask', async (tx) => {
      await books.desk.open(tx, one ? [one] : [])
      pass()
      await pause(100)
    })
    await half
    await ground.store.write('ask', (tx) => second.desk.open(tx, two ? [two] : []))
    await slow
    const asked = orders.map(({ orderId }) =>
      ground.store.read('hold', (reader) => findHold(reader, { tenant_id: scope.tenantId, id: orderId })),
    )
    expect((await Promise.all(asked)).map((hold) => hold?.strength_asked)).toEqual(['code', 'pin'])
  })
})
