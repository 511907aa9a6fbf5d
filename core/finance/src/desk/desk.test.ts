import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { canonicalJson } from '@inthread/sdk/json'
import { money } from '@inthread/sdk/money'
import { minutes } from '@inthread/sdk/time'
import { openScope } from '@inthread/store'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, offer, scope } from '../../test/books.ts'
import { openSheet, sealField } from '../orders/sheet.ts'
import type { OrderName } from '../orders/order.store.ts'
import type { OrderRow } from '../schema/tables.ts'

const minute = 60_000_000
const digestOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex')

describeOnEachDatabase('the desk', (open) => {
  let books: Books
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())

  describe('opens an order', () => {
    it('once, whoever hands it in again', async () => {
      const orderId = books.ground.ids.next()
      const [first, second] = [await books.created({ orderId }), await books.created({ orderId, runId: orderId })]
      expect(first.orderId).not.toBe(second.orderId)
      const name = { scope, orderId }
      expect(await books.row(name)).toMatchObject({ state: 'created', version: 1, amount_minor: 12800n, task: null })
      expect((await books.row(name)).run_id).not.toBe(orderId)
    })

    it('with a number to read out and no purpose in clear', async () => {
      const row = await books.row(await books.created())
      expect(row.number).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/)
      expect(JSON.stringify({ ...row, amount_minor: '', refunded_minor: '' })).not.toContain('two seats')
    })

    it('for a quarter of an hour at most, and for less where the merchant says so', async () => {
      const lives = async (expiresAt?: number): Promise<number> => {
        const input = { amount: money('1.00', 'CNY'), purpose: 'x', ...(expiresAt === undefined ? {} : { expiresAt }) }
        return ((await books.row(await books.created({ input }))).expires_at - books.now) / minute
      }
      expect([await lives(), await lives(books.now + 5 * minute), await lives(books.now + 60 * minute)]).toEqual([
        15, 5, 15,
      ])
    })

    it.each([0n, -1n])('not for %s fen', async (amountMinor) => {
      const input = { amount: money(amountMinor, 'CNY'), purpose: 'x' }
      await expect(books.created({ input })).rejects.toMatchObject({ code: 'order.amount_refused' })
    })

    it('not with what is no payment', async () => {
      const amount = money(1n, 'CNY')
      const inputs = [{ amount: 128, purpose: 'x' }, { purpose: 'x' }, { amount, purpose: '' }, null]
      const refused = { code: 'order.input_refused' }
      for (const input of inputs) await expect(books.created({ input })).rejects.toMatchObject(refused)
    })
  })

  describe('presents an order', () => {
    it('as it is stored, and keeps the digests of what is shown and of what it stands for', async () => {
      const name = await books.prepared()
      const presented = await books.present(name, 'm2')
      const row = await books.row(name)
      expect(row).toMatchObject({ state: 'awaiting_confirmation', version: 2 })
      expect(presented).toMatchObject({
        kind: 'presented',
        expiresAt: row.expires_at,
        text: { title: 'Confirm payment ¥128.00' },
      })
      const text = presented.kind === 'presented' ? presented.text : undefined
      expect(text?.description).toContain(
        'Payee: 北方铁路 ****6621\nPaid from: Current ****7734\nFor: two seats\nFee: ¥0.00',
      )
      const sheet = openSheet(books.ports.sealer, row)
      expect(sheet?.payload).toMatchObject({
        intent: row.id,
        bank: 'main',
        tenant: 'rail',
        amount: '12800',
        payer: 'm2',
      })
      expect([row.payload_digest, row.rendered_digest]).toEqual([digestOf(sheet?.payload), digestOf(text)])
    })

    it('to be confirmed no later than the bank’s quote stands', async () => {
      const name = await books.prepared()
      const stored = await books.row(name)
      const until = stored.expires_at - 60_000_000
      const quote = { id: 'q1', terms: 'digest', until, facts: [] }
      await books.change(name, {
        offer: sealField(books.ports.sealer, stored, { column: 'offer', value: { ...offer, quote } }),
      })
      expect(await books.present(name)).toMatchObject({ kind: 'presented', expiresAt: until })
      const row = await books.row(name)
      expect([row.expires_at, openSheet(books.ports.sealer, row)?.expiresAt]).toEqual([until, until])
      books.ground.clock.advance(minutes(14) + 1)
      expect(await books.consent(name)).toBe('expired')
    })

    it('that the bank has not prepared: not at all', async () => {
      await expect(books.present(await books.created())).rejects.toMatchObject({ code: 'order.not_prepared' })
    })

    it('with an account that the bank has not offered: not at all', async () => {
      const name = await books.prepared()
      await expect(books.present(name, 'm9')).rejects.toMatchObject({ code: 'order.not_prepared' })
      expect((await books.row(name)).state).toBe('created')
    })

    it('that is too late, or was presented before: as expired', async () => {
      const name = await books.prepared()
      books.ground.clock.advance(minutes(15))
      expect(await books.present(name)).toEqual({ kind: 'expired' })
      const again = await books.presented()
      expect(await books.present(again)).toEqual({ kind: 'expired' })
    })

    it('of nobody else', async () => {
      const { orderId } = await books.prepared()
      const stranger = { scope: openScope('school'), orderId }
      await expect(books.present(stranger)).rejects.toMatchObject({ code: 'order.unknown', data: { order: orderId } })
    })
  })

  describe('takes consent', () => {
    it('until the very moment that the order expires', async () => {
      const [early, late] = [await books.presented(), await books.presented()]
      books.ground.clock.advance(minutes(15) - 0.001)
      expect(await books.consent(early)).toBe('consented')
      expect((await books.row(early)).consented_at).toBe(books.now)
      books.ground.clock.advance(0.001)
      expect(await books.consent(late)).toBe('expired')
      expect((await books.row(late)).consented_at).toBeNull()
      expect(await books.auditOf(early)).toEqual([
        'platform grant.allowed',
        'platform order.created',
        'user order.consented',
      ])
      expect(await books.auditOf(late)).toEqual(['platform grant.allowed', 'platform order.created'])
    })

    it('to nothing that was not shown', async () => {
      expect(await books.consent(await books.prepared())).toBe('expired')
    })
  })

  describe('hands an order over', () => {
    it('with everything that the bank will be asked by', async () => {
      const name = await books.proved()
      expect(await books.commit(name)).toEqual({ kind: 'accepted' })
      expect(await books.row(name)).toMatchObject({
        state: 'processing',
        version: 4,
        task: 'submit',
        task_at: books.now,
      })
      expect(await books.rowsOf('attempt', name)).toMatchObject([{ n: 1, bank_key: name.orderId, outcome: null }])
      expect(await books.rowsOf('confirmation', name)).toMatchObject([{ state: 'used' }])
      expect(await books.kindsOf(name)).toEqual(['pending'])
      expect((await books.auditOf(name)).slice(-2)).toEqual(['user order.confirmed', 'platform order.processing'])
    })

    const refused = async (name: Awaited<ReturnType<Books['created']>>): Promise<void> => {
      const before = await books.row(name)
      await expect(books.commit(name)).rejects.toMatchObject({ code: 'order.not_releasable' })
      expect([await books.row(name), await books.kindsOf(name), await books.rowsOf('attempt', name)]).toEqual([
        before,
        [],
        [],
      ])
    }

    it('never without the user’s consent', async () => {
      const name = await books.presented()
      await books.prove(name)
      await refused(name)
    })

    it('never without the bank’s proof', async () => {
      const name = await books.presented()
      await books.consent(name)
      await refused(name)
    })

    it.each(['pending', 'locked', 'expired', 'superseded', 'used'])('never on a proof that is %s', async (state) => {
      const name = await books.presented()
      await books.consent(name)
      await books.prove(name, { state: state as 'pending' })
      await refused(name)
    })

    it('never on a proof of another payload', async () => {
      const name = await books.presented()
      await books.consent(name)
      await books.prove(name, { payload_digest: digestOf({ amount: '1' }) })
      await refused(name)
    })

    it('never twice', async () => {
      const name = await books.submitted()
      await expect(books.commit(name)).rejects.toMatchObject({ code: 'order.not_releasable' })
      expect(await books.rowsOf('attempt', name)).toHaveLength(1)
      expect(await books.kindsOf(name)).toEqual(['pending'])
    })

    it('once, when two try at the same time', async () => {
      const name = await books.proved()
      const tries = await Promise.allSettled([books.commit(name), books.commit(name), books.commit(name)])
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await books.kindsOf(name)).toEqual(['pending'])
    })

    it('not a moment too late', async () => {
      const name = await books.proved()
      books.ground.clock.advance(minutes(15))
      expect(await books.commit(name)).toEqual({ kind: 'ended', outcome: { name: 'expired', data: {} } })
      expect((await books.row(name)).state).toBe('awaiting_confirmation')
      expect(await books.kindsOf(name)).toEqual([])
    })
  })

  describe('closes an order', () => {
    const handedOver: readonly [OrderRow['state'], object][] = [
      ['confirmed', { name: 'unknown', data: {} }],
      ['processing', { name: 'unknown', data: {} }],
      ['requires_action', { name: 'unknown', data: {} }],
      ['conflicted', { name: 'unknown', data: {} }],
      ['cancelled', { name: 'cancelled', data: {} }],
      ['expired', { name: 'expired', data: {} }],
    ]
    it.each(handedOver)('in state %s without touching it: %j', async (state, outcome) => {
      const name = await books.submitted()
      await books.change(name, { state })
      const before = await books.row(name)
      // Whoever hears "unknown" hears of the end as an event.
      const told = { told_unknown: JSON.stringify(outcome).includes('unknown') ? 1 : before.told_unknown }
      expect([await books.close(name), await books.row(name)]).toEqual([outcome, { ...before, ...told }])
    })

    it('that succeeded with its receipt, and one that failed with its reason', async () => {
      const [paid, failed, refused] = [await books.submitted(), await books.submitted(), await books.submitted()]
      await books.change(paid, { state: 'succeeded' })
      await books.change(failed, { state: 'failed', reason: 'insufficient_funds' })
      await books.change(refused, { state: 'cancelled', reason: 'not_linked' })
      const { number } = await books.row(paid)
      expect(await books.close(paid)).toEqual({ name: 'succeeded', data: { receipt: number } })
      expect(await books.close(failed)).toEqual({ name: 'declined', data: { reason: 'insufficient_funds' } })
      expect(await books.close(refused)).toEqual({ name: 'declined', data: { reason: 'not_linked' } })
    })

    it('that nobody saw: withdrawn', async () => {
      const name = await books.created()
      expect(await books.close(name)).toEqual({ name: 'cancelled', data: {} })
      expect((await books.row(name)).state).toBe('cancelled')
      expect(await books.auditOf(name)).toEqual([
        'platform grant.allowed',
        'platform order.created',
        'platform order.cancelled',
      ])
    })

    it('that the bank refused before it was sent: declined', async () => {
      const name = await books.prepared()
      await books.change(name, { reason: 'not_linked' })
      expect(await books.close(name)).toEqual({ name: 'declined', data: { reason: 'not_linked' } })
    })

    it('that waits for consent: cancelled, and the bank’s question with it', async () => {
      const name = await books.presented()
      await books.prove(name, { state: 'pending' })
      expect(await books.close(name)).toEqual({ name: 'cancelled', data: {} })
      expect((await books.row(name)).state).toBe('cancelled')
      expect(await books.rowsOf('confirmation', name)).toMatchObject([{ state: 'superseded' }])
    })

    it('whose time, or whose code’s time, is over: expired', async () => {
      const [late, codeLate] = [await books.presented(), await books.presented()]
      await books.prove(codeLate, { state: 'pending' })
      books.ground.clock.advance(minutes(2))
      expect(await books.close(codeLate)).toEqual({ name: 'expired', data: {} })
      books.ground.clock.advance(minutes(13))
      expect(await books.close(late)).toEqual({ name: 'expired', data: {} })
      expect([(await books.row(late)).state, (await books.row(codeLate)).state]).toEqual(['expired', 'expired'])
      expect(await books.rowsOf('confirmation', codeLate)).toMatchObject([{ state: 'expired' }])
    })

    it('twice with one answer', async () => {
      const name = await books.presented()
      const first = await books.close(name)
      const row = await books.row(name)
      expect([await books.close(name), await books.row(name)]).toEqual([first, row])
    })
  })

  it('says how an order stands, in one word', async () => {
    const name = await books.submitted()
    const standings: string[] = []
    for (const state of [
      'created',
      'processing',
      'conflicted',
      'succeeded',
      'failed',
      'cancelled',
      'expired',
    ] as const) {
      await books.change(name, { state })
      const standing = await books.ground.store.read('describe', (reader) => books.desk.describe(reader, name))
      standings.push(standing?.state ?? '')
    }
    expect(standings).toEqual(['open', 'checking', 'checking', 'succeeded', 'failed', 'cancelled', 'expired'])
    const confirm = { op: 'credit-authorisation', title: { en: 'Sign' }, payer: false, payee: false }
    const unpaid = await books.created({ confirm, input: {} })
    const pays = async (order: OrderName): Promise<boolean | undefined> =>
      (await books.ground.store.read('describe', (reader) => books.desk.describe(reader, order)))?.pays
    expect([await pays(name), await pays(unpaid)]).toEqual([true, false])
    const pair = (debit: string) => ({ book: { hold: { debit, credit: 'ext:customer:{user}' } } })
    const owed = async (order: OrderName): Promise<unknown> => {
      const described = await books.ground.store.read('describe', (reader) => books.desk.describe(reader, order))
      return described && [described.owed, described.amount.amountMinor]
    }
    expect(await owed(name)).toEqual([true, 12_800n])
    expect(await owed(await books.created(pair('ext:payee:{payee}')))).toEqual([false, 12_800n])
    expect(await owed(await books.created(pair('ext:tenant:{tenant}:due')))).toEqual([true, 12_800n])
    const nobody = { scope, orderId: books.ground.ids.next() }
    expect(await books.ground.store.read('describe', (reader) => books.desk.describe(reader, nobody))).toBeUndefined()
  })
})
