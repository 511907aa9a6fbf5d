import { afterAll, beforeAll, expect, it } from 'vitest'
import { minutes } from '@inthread/sdk/time'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books } from '../../test/books.ts'
import { lapseOrders } from './lapse.store.ts'

describeOnEachDatabase('orders that nobody closed', (open) => {
  let books: Books
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())

  it('end an hour after they expired and give back what they hold, unless the bank has them', async () => {
    await books.grant({ 'bot/rail/travel/pay': { perDay: '384.00' } })
    const [seen, unseen, sent] = [await books.presented(), await books.created(), await books.submitted()]
    await books.prove(seen, { state: 'pending' })
    expect(await books.ask()).toMatchObject({ kind: 'refused' })
    const lapse = () => lapseOrders({ ...books.ports, now: books.now })
    books.ground.clock.advance(minutes(74))
    expect(await lapse()).toBe(0)
    books.ground.clock.advance(minutes(1))
    expect([await lapse(), await lapse()]).toEqual([2, 0])
    const states = [seen, unseen, sent].map(async (name) => (await books.row(name)).state)
    expect(await Promise.all(states)).toEqual(['expired', 'cancelled', 'processing'])
    expect(await books.rowsOf('confirmation', seen)).toMatchObject([{ state: 'expired' }])
    expect(await books.auditOf(seen)).toContain('platform order.expired')
    expect([await books.ask(), await books.ask()]).toEqual([{ kind: 'opened' }, { kind: 'opened' }])
    expect(await books.ask()).toMatchObject({ kind: 'refused' })
    expect([await books.close(seen), await books.close(unseen)]).toMatchObject([
      { name: 'expired' },
      { name: 'cancelled' },
    ])
  })
})
