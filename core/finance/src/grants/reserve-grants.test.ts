import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { days, minutes } from '@inthread/sdk/time'
import { openScope, type Transaction } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import type { NewOrder } from '../desk/desk.ts'
import type { FinanceTables, GrantUseRow } from '../schema/tables.ts'
import { blockGrant, commitGrantChanges, proposeUnblocking } from './change-grants.ts'
import { findHold, forgetUse } from './use.store.ts'

const bank = 'bank/main/payment'
const plugin = 'bot/rail/travel/pay'
const refused = { kind: 'refused', reason: 'declined' }
const usedUp = { kind: 'refused', reason: 'try_later' }
const opened = { kind: 'opened' }

const pay = (amount: string, change: Partial<NewOrder> = {}): Partial<NewOrder> => ({
  input: { amount: money(amount, 'CNY'), purpose: 'two seats' },
  ...change,
})

describeOnEachDatabase('the broker', (open) => {
  let books: Books
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())
  beforeEach(async () => {
    // Another day, without limits, for every test.
    books.ground.clock.advance(days(1))
    await books.grant({ [bank]: {}, [plugin]: {} })
  })

  const useOf = async (place: string, span: string): Promise<GrantUseRow | undefined> => {
    const rows = await books.ground.store.read('use', (reader) =>
      sqlOf<FinanceTables>(reader).selectFrom('grant_use').selectAll().where('place', '=', place).execute(),
    )
    const found = rows.filter((row) => row.span.startsWith(span))
    return found.toSorted((left, right) => (left.span < right.span ? -1 : 1)).at(-1)
  }
  const usedToday = async (place = plugin): Promise<bigint> => (await useOf(place, 'day/'))?.used_minor ?? 0n

  describe('opens nothing', () => {
    it('that nobody granted, on either side', async () => {
      expect(await books.ask({ capability: 'gold' })).toEqual(refused)
      expect(await books.ask({ bankId: 'other' })).toEqual(refused)
      expect(await books.ask({ plugin: 'retail' })).toEqual(refused)
      expect(await books.ask({ botId: 'bus' })).toEqual(refused)
      expect(await books.ask({ need: 'tip' })).toEqual(refused)
      expect(await books.ask({ scope: openScope('school') })).toEqual(refused)
    })

    it('and leaves no order and no use behind, only the record of the try', async () => {
      await books.grant({ [bank]: { perCall: '100.00' } })
      const orderId = books.ground.ids.next()
      expect(await books.ask(pay('100.01', { orderId }))).toEqual(refused)
      await expect(books.row({ scope, orderId })).rejects.toMatchObject({ code: 'order.unknown' })
      expect(await useOf(plugin, 'day/')).toBeUndefined()
      expect(await books.auditOf({ scope, orderId })).toEqual(['platform grant.refused'])
      expect(await books.auditDataOf({ scope, orderId })).toEqual([
        { bot: 'rail', plugin: 'travel', need: 'pay', reason: 'too_much', party: 'bank', ceiling: 'perCall' },
      ])
    })

    it('that the plugin itself said it would never ask for', async () => {
      const ceiling = { perCall: money('50.00', 'CNY') }
      expect(await books.ask(pay('50.01', { ceiling }))).toEqual(refused)
      expect(await books.ask(pay('50.00', { ceiling }))).toEqual(opened)
    })

    it('once it is blocked, until it is opened again as it was', async () => {
      const write = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => books.ground.store.write('block', work)
      const block = () => write((tx) => blockGrant(tx, scope, { place: plugin, now: books.now }))
      expect([await block(), await block()]).toEqual([true, false])
      expect(await books.ask()).toEqual(refused)
      await books.grant({ [plugin]: { perCall: '500.00' } })
      expect(await books.ask()).toEqual(refused)
      const change = await write((tx) => proposeUnblocking(tx, scope, plugin))
      expect(change.terms).toEqual({ perCall: '500.00', currency: 'CNY' })
      await write((tx) => commitGrantChanges(tx, scope, { changes: [change], now: books.now }))
      expect(await books.ask()).toEqual(opened)
      await expect(write((tx) => proposeUnblocking(tx, scope, plugin))).rejects.toMatchObject({
        code: 'grant.not_blocked',
      })
    })
  })

  describe('counts', () => {
    it('one order once, whoever hands it in again', async () => {
      const orderId = books.ground.ids.next()
      expect([await books.ask(pay('1.00', { orderId })), await books.ask(pay('1.00', { orderId }))]).toEqual([
        opened,
        opened,
      ])
      expect(await usedToday()).toBe(100n)
    })

    it('days in the tenant’s zone', async () => {
      await books.grant({ [plugin]: { perDay: '10.00' } })
      const now = Date.parse('2026-01-05T15:59:59Z') * 1000
      expect(await books.ask(pay('10.00', { now }))).toEqual(opened)
      expect(await books.ask(pay('0.01', { now }))).toEqual(usedUp)
      expect(await books.ask(pay('10.00', { now: now + 1_000_000 }))).toEqual(opened)
      expect(await books.ask(pay('0.01', { now, timeZone: 'Asia/Tokyo' }))).toEqual(usedUp)
    })

    it('each user for himself', async () => {
      await books.grant({ [bank]: { perUserDay: '10.00' } })
      const [first, second] = [books.ground.ids.next(), books.ground.ids.next()]
      expect(await books.ask(pay('10.00', { subscriberId: first }))).toEqual(opened)
      expect(await books.ask(pay('0.01', { subscriberId: first }))).toEqual(usedUp)
      expect(await books.ask(pay('10.00', { subscriberId: second }))).toEqual(opened)
    })

    it('a plugin’s own ceiling over all its bots', async () => {
      await books.grant({ 'bot/metro/travel/pay': {} })
      const ceiling = { perDay: money('10.00', 'CNY') }
      expect(await books.ask(pay('6.00', { ceiling }))).toEqual(opened)
      expect(await books.ask(pay('6.00', { ceiling, botId: 'metro' }))).toEqual(usedUp)
      expect(await books.ask(pay('4.00', { ceiling, botId: 'metro' }))).toEqual(opened)
    })

    it('calls of a minute, also those that came to nothing', async () => {
      await books.grant({ [plugin]: { perMinute: 2 } })
      await books.close(await books.created())
      expect(await books.ask()).toEqual(opened)
      expect(await books.ask()).toEqual(usedUp)
      books.ground.clock.advance(minutes(1))
      expect(await books.ask()).toEqual(opened)
    })

    it('the morning, when a limit is set at noon', async () => {
      expect(await books.ask(pay('80.00'))).toEqual(opened)
      await books.grant({ [plugin]: { perDay: '100.00' } })
      expect(await books.ask(pay('20.01'))).toEqual(usedUp)
      expect(await books.ask(pay('20.00'))).toEqual(opened)
    })

    it('amounts to the last fen, where doubles lose them', async () => {
      const large = '90071992547409.93'
      await books.grant({ [plugin]: { perDay: '90071992547409.94' } })
      expect(await books.ask(pay(large))).toEqual(opened)
      expect(await books.ask(pay('0.02'))).toEqual(usedUp)
      expect(await books.ask(pay('0.01'))).toEqual(opened)
      expect([await usedToday(), await usedToday(bank)]).toEqual([9_007_199_254_740_994n, 9_007_199_254_740_994n])
    })

    it('forgets windows that are over', async () => {
      await books.ask()
      const { forget_at: until } = (await useOf(plugin, 'day/')) ?? { forget_at: 0 }
      await books.ground.store.write('forget', (tx) => forgetUse(tx, until))
      expect(await usedToday()).toBe(12_800n)
      await books.ground.store.write('forget', (tx) => forgetUse(tx, until + 1))
      expect(await useOf(plugin, 'day/')).toBeUndefined()
    })
  })

  describe('gives back', () => {
    it('what was cancelled, once', async () => {
      const name = await books.presented(pay('30.00'))
      await books.created(pay('7.00'))
      expect([await usedToday(bank), await usedToday()]).toEqual([3700n, 3700n])
      await books.close(name)
      await books.close(name)
      expect([await usedToday(bank), await usedToday()]).toEqual([700n, 700n])
    })

    it('what expired', async () => {
      const name = await books.presented(pay('30.00'))
      books.ground.clock.advance(minutes(15))
      expect(await books.close(name)).toMatchObject({ name: 'expired' })
      expect(await usedToday()).toBe(0n)
    })

    it('what the bank refused, and to the day it was taken from', async () => {
      const name = await books.submitted(pay('30.00'))
      const { span } = (await useOf(plugin, 'day/')) ?? { span: '' }
      books.ground.clock.advance(days(1))
      await books.created(pay('9.00'))
      await books.settle(name, { kind: 'failed', reason: 'insufficient_funds', code: 'x' })
      expect((await useOf(plugin, span))?.used_minor).toBe(0n)
      expect(await usedToday()).toBe(900n)
    })

    it('nothing of what was paid, and nothing of what may have been', async () => {
      const [paid, unknown] = [await books.submitted(), await books.submitted()]
      await books.settle(paid, { kind: 'succeeded', view: paymentOf(paid) })
      await books.settle(unknown, { kind: 'unknown', code: 'no_answer' })
      await books.close(paid)
      await books.close(unknown)
      expect(await usedToday()).toBe(25_600n)
      await books.settle(unknown, { kind: 'failed', reason: 'declined', code: 'x' })
      expect(await usedToday()).toBe(12_800n)
    })
  })

  describe('asks for a proof of the user', () => {
    it('that is sure enough, before anything is sent', async () => {
      await books.grant({ [bank]: { strength: 'code' } })
      const [weak, sure] = [await books.proved(), await books.proved()]
      await books.strengthen(weak, 'number')
      await books.strengthen(sure, 'code')
      expect(await books.commit(weak)).toEqual({
        kind: 'ended',
        outcome: { name: 'declined', data: { reason: 'declined' } },
      })
      expect(await books.close(weak)).toEqual({ name: 'declined', data: { reason: 'declined' } })
      expect(await books.kindsOf(weak)).toEqual([])
      expect(await books.auditOf(weak)).toContain('platform grant.refused')
      expect(await books.commit(sure)).toEqual({ kind: 'accepted' })
    })

    it('that no code gives: it is opened, and the bank is asked for a signature', async () => {
      await books.grant({ [plugin]: { strength: 'signature' } })
      expect(await books.ask()).toEqual({ kind: 'opened' })
    })

    it('that is surer for a payee who is paid for the first time, a large day or a new number', async () => {
      const subscriberId = books.ground.ids.next()
      const asked = async (amount: string): Promise<string | null | undefined> => {
        const name = await books.proved({ ...pay(amount), subscriberId })
        const order = await books.row(name)
        await books.strengthen(name, 'signature')
        expect(await books.commit(name)).toEqual({ kind: 'accepted' })
        return (await books.ground.store.read('hold', (reader) => findHold(reader, order)))?.strength_asked
      }
      const newPayee = { strength: 'pin', above: '20.00' } as const
      await books.grant({ [bank]: { strength: 'code', strengthBy: { newPayee } } })
      expect([await asked('20.01'), await asked('20.01')]).toEqual(['pin', 'code'])
      await books.grant({ [plugin]: { strengthBy: { tiers: 'usual' } } })
      // 40.02 have moved today already.
      expect([await asked('959.98'), await asked('0.01'), await asked('4000.00')]).toEqual(['code', 'pin', 'signature'])
      const newNumber = { strength: 'pin', days: 30, above: '0' } as const
      await books.grant({ [bank]: { strengthBy: { newNumber } }, [plugin]: {} })
      expect(await asked('0.01')).toBe('pin')
      await books.grant({ [bank]: {} })
      expect(await asked('0.01')).toBeNull()
    })
  })
})
