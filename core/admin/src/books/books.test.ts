import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'
import { guardCell } from './write-entries.ts'

describeOnEachDatabase('the books in the office', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
    await office.apply('shop')
  })
  afterAll(() => office.ground.close())

  const api = (id: string, role: Parameters<Office['holder']>[1] = 'platform') => office.api(office.holder(id, role))
  const mine = (id: string) => api(id, 'tenant:shop')
  let orders = 0

  /** An order that the bank has paid, or about which it spoke of another amount. */
  async function openOrder(amount: bigint, change: object = {}): Promise<string> {
    const id = office.ports.ids.next()
    const now = office.ground.clock.now()
    const texts = { bank_id: 'main', capability: 'payment', operation: 'pay', currency: 'CNY', locale: 'en' }
    const named = {
      tenant_id: 'shop',
      id,
      number: `N${(orders += 1)}`,
      time_zone: 'Asia/Shanghai',
      bank_ref: `=pay${orders}`,
    }
    const people = { conversation_id: id, run_id: id, subscriber_id: id, lease_owner: '', purpose: '' }
    const times = { expires_at: now, created_at: now, updated_at: now, settled_at: now, lease_until: 0 }
    const counts = { version: 5, bank_version: 2, told_unknown: 0, queries: 0, amount_minor: amount, fee_minor: 6n }
    const row = { ...texts, ...named, ...people, ...times, ...counts, state: 'succeeded', ...change }
    await office.ports.store.write('order', (tx) => insertAll(tx, 'bank_order', [row]))
    return named.number
  }
  const approve = (id: string, { proposal, digest }: { readonly proposal: string; readonly digest: string }) =>
    api(id).proposals.approve({ tenant: 'shop', id: proposal, digest })

  describe('refunds', () => {
    const give = (order: string, amount?: string, ref = office.ports.ids.next()) =>
      mine('clerk').orders.refund({ tenant: 'shop', order, ref, reason: 'late', ...(amount ? { amount } : {}) })

    it('go to the bank at once up to the limit, once under one name', async () => {
      const order = await openOrder(200_000n)
      const first = await give(order, '1000.00', 'mine')
      expect(first).toMatchObject({ refund: { state: 'processing', orderNumber: order }, waiting: null })
      expect((await give(order, '1000.00', 'mine')).refund.id).toBe(first.refund.id)
      await expect(give(order, '1000.01')).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(give(order, '0.001')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      await expect(give('NOBODYS')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await mine('x').orders.refunds({ tenant: 'shop', order })).items).toHaveLength(1)
    })

    it('above it wait for another person of the tenant, and never for the one who asked', async () => {
      const { refund, waiting } = await give(await openOrder(200_000n))
      expect(refund.state).toBe('awaiting_approval')
      if (!waiting) throw new Error('a dear refund waits for nobody')
      const decision = { tenant: 'shop', id: waiting.proposal, digest: waiting.digest }
      await expect(mine('clerk').proposals.approve(decision)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await mine('boss').proposals.approve(decision)).toMatchObject({ state: 'approved' })
      const stateOf = async () => (await mine('x').orders.refunds({ tenant: 'shop', limit: 1 })).items[0]?.state
      expect(await stateOf()).toBe('processing')
      office.ground.clock.advance(60_000)
      const other = await give(await openOrder(200_000n))
      const id = other.waiting?.proposal ?? ''
      await mine('boss').proposals.reject({ tenant: 'shop', id, digest: other.waiting?.digest ?? '' })
      expect(await stateOf()).toBe('rejected')
    })

    it('are neither seen nor given by strangers, and not given by the bank', async () => {
      const order = await openOrder(100n)
      const ask = { tenant: 'shop', order, ref: 'r' }
      await expect(api('s', 'tenant:strange').orders.refund(ask)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(api('s', 'tenant:strange').books.breaks({ tenant: 'shop' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(api('b', 'bank').orders.refund(ask)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect((await api('b', 'bank').orders.refunds({ tenant: 'shop' })).items).not.toEqual([])
    })
  })

  describe('breaks', () => {
    async function openConflict() {
      const number = await openOrder(12_800n, { state: 'conflicted', settled_at: null })
      const [order] = await office.ports.store.read('o', (reader) =>
        sqlOf<{ bank_order: { id: string; number: string } }>(reader)
          .selectFrom('bank_order')
          .select('id')
          .where('number', '=', number)
          .execute(),
      )
      const id = office.ports.ids.next()
      const about = { tenant_id: 'shop', id, order_id: order?.id ?? '', bank_id: 'main', refund_id: null }
      const detail = JSON.stringify({ amount: '1', currency: 'CNY' })
      const times = { opened_at: office.ground.clock.now(), assignee: null, decision: null, decided_at: null }
      const hold = office.ports.ids.next()
      const movement = { tenant_id: 'shop', order_id: about.order_id, amount_minor: 12_800n, currency: 'CNY', at: 1 }
      await office.ports.store.write('b', async (tx) => {
        await insertAll(tx, 'break_item', [
          { ...about, kind: 'amount_differs', state: 'open', detail, ...times, alarmed_at: null },
        ])
        await insertAll(tx, 'movement', [
          { ...movement, id: hold, kind: 'pending', dr: 'a', cr: 'b', pending_id: null },
        ])
      })
      return { tenant: 'shop', break: id, order: number }
    }

    it('are decided by two, of whom none is the tenant, and the order with them', async () => {
      const { order, ...name } = await openConflict()
      const resolve = (id: string) => api(id).books.resolveBreak({ ...name, decision: 'paid', note: 'seen' })
      await expect(mine('boss').books.takeBreak(name)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(resolve('one')).rejects.toMatchObject({ code: 'CONFLICT' })
      await api('one').books.takeBreak(name)
      await expect(api('two').books.takeBreak(name)).rejects.toMatchObject({ code: 'CONFLICT' })
      const waiting = await resolve('one')
      const decision = { tenant: 'shop', id: waiting.proposal, digest: waiting.digest }
      for (const step of ['giveBreakBack', 'resolveBreak'] as const)
        await expect(mine('boss').books[step]({ ...name, decision: 'paid' })).rejects.toMatchObject({
          code: 'FORBIDDEN',
        })
      await expect(mine('boss').proposals.approve(decision)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(approve('one', waiting)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await api('b', 'bank').proposals.approve(decision)).toMatchObject({ state: 'approved' })
      expect(await api('x').orders.get({ tenant: 'shop', order })).toMatchObject({ state: 'succeeded' })
      expect((await api('x').books.breaks({ tenant: 'shop' })).items).toEqual([])
      expect((await api('x').books.breaks({ tenant: 'shop', all: true })).items).toMatchObject([
        { state: 'resolved', decision: 'paid', assignee: 'key:one', decisions: [] },
      ])
    })

    it('that are not there, or were decided, are said so', async () => {
      const missing = { tenant: 'shop', break: 'none' }
      await expect(api('one').books.takeBreak(missing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      const { order: _order, ...name } = await openConflict()
      const found = (await api('one').books.breaks({ tenant: 'shop' })).items.find(({ id }) => id === name.break)
      expect(found?.decisions).toEqual(['paid', 'unpaid'])
      await api('one').books.takeBreak(name)
      await expect(api('one').books.resolveBreak({ ...name, decision: 'explained' })).rejects.toMatchObject({
        code: 'CONFLICT',
      })
      await api('one').books.giveBreakBack(name)
      await expect(api('one').books.giveBreakBack(name)).rejects.toMatchObject({ code: 'CONFLICT' })
    })
  })

  it('terms are in force once somebody else has agreed, and not over newer ones', async () => {
    const change = (refundLimit: string) => mine('clerk').books.changeTerms({ tenant: 'shop', terms: { refundLimit } })
    const [first, second] = [await change('50.00'), await change('60.00')]
    expect((await api('x').books.terms({ tenant: 'shop' })).terms.refundLimit).toBe('1000.00')
    await approve('two', first)
    expect(await api('x').books.terms({ tenant: 'shop' })).toMatchObject({
      version: 1,
      terms: { refundLimit: '50.00' },
    })
    await expect(approve('two', second)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('what was earned is written page by page, and no cell is a formula', async () => {
    const range = { tenant: 'shop', from: '2026-03-05', until: '2026-03-05' }
    const [day] = await mine('x').books.days(range)
    const lines: string[] = []
    let pages = 0
    for (let after: string | null = ''; after !== null; pages += 1) {
      const page: { lines: string[]; next: string | null } = await mine('x').books.export({
        ...range,
        format: 'csv',
        after,
        limit: 2,
      })
      lines.push(...page.lines)
      after = page.next
    }
    expect(pages).toBeGreaterThan(2)
    expect(lines[0]).toMatch(/^day,at,kind,bank,order,reference,bankReference,currency,amount,fee,commission,net$/)
    expect(lines).toHaveLength(1 + (day?.payments ?? 0))
    expect(lines[1]).toMatch(
      /^2026-03-05,2026-03-05T02:00:00.000Z,payment,main,N1,[0-9a-f-]{36},'=pay1,CNY,2000.00,0.06,0.00,1999.94$/,
    )
    const camt = await mine('x').books.export({ ...range, format: 'camt', limit: 1 })
    expect(JSON.parse(camt.lines[0] ?? '')).toMatchObject({
      Ntry: {
        Amt: { Ccy: 'CNY', value: '2000.00' },
        CdtDbtInd: 'CRDT',
        Sts: 'BOOK',
        ValDt: { Dt: '2026-03-05' },
        Chrgs: { Rcrd: [{ Amt: { value: '0.06' }, CdtDbtInd: 'DBIT', Tp: 'bank' }] },
      },
    })
  })

  it('a statement of a bank that is not there is not asked for', async () => {
    const ask = { tenant: 'shop', bank: 'none', day: '2026-03-05' }
    await expect(api('x').books.importStatement(ask)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await api('x').books.statements({ tenant: 'shop' })).toEqual([])
  })

  it('a consent that is not there cannot be taken back', async () => {
    await expect(api('x').consents.withdraw({ tenant: 'shop', consent: 'none' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await api('x').consents.list({ tenant: 'shop' })).toEqual({ items: [], next: null })
  })
})

describe('a cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+861380000', "'+861380000"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['-50.00', '-50.00'],
    ['pay_1', 'pay_1'],
    ['', ''],
  ])('%j is written as %j', (text, written) => {
    expect(guardCell(text)).toBe(written)
  })
})
