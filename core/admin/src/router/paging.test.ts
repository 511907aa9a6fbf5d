import { afterAll, beforeAll, expect, it } from 'vitest'
import { commitProposal, openScope } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'

describeOnEachDatabase('lists of the office', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
    for (const tenant of ['alpha', 'beta', 'gamma']) await office.apply(tenant)
  })
  afterAll(() => office.ground.close())

  const api = (role: Parameters<Office['holder']>[1] = 'platform') => office.api(office.holder('x', role))
  const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

  async function openOrders(tenant: string, orders: readonly { n: number; at: number; change?: object }[]) {
    const rows = orders.map(({ n, at, change = {} }) => ({
      ...{ tenant_id: tenant, id: uuid(n), number: `N${n}`, bank_id: 'main', capability: 'payment', operation: 'pay' },
      ...{ conversation_id: uuid(1), run_id: uuid(1), subscriber_id: uuid(1), lease_owner: '', purpose: '' },
      ...{ currency: 'CNY', locale: 'en', time_zone: 'Asia/Shanghai', state: 'succeeded', expires_at: at },
      ...{ created_at: at, updated_at: at, lease_until: 0, version: 1, bank_version: 1, told_unknown: 0 },
      ...{ queries: 0, amount_minor: 100n, ...change },
    }))
    await office.ports.store.write('orders', (tx) => insertAll(tx, 'bank_order', rows))
  }

  it('goes through all orders once, newest first, whatever is inserted meanwhile', async () => {
    // Three of each moment, so that pages end within one.
    await openOrders(
      'alpha',
      Array.from({ length: 30 }, (_, n) => ({ n: n + 100, at: 1000 + Math.floor(n / 3) })),
    )
    const seen: string[] = []
    let cursor: string | undefined
    for (let page = 0; page < 20; page += 1) {
      const found = await api('tenant:alpha').orders.list({ tenant: 'alpha', limit: 4, ...(cursor ? { cursor } : {}) })
      seen.push(...found.items.map(({ number }) => number))
      await openOrders('alpha', [{ n: 500 + page, at: 5000 + page }])
      if (found.next === null) break
      cursor = found.next
    }
    expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => `N${129 - n}`))
  })

  it('narrows by every filter', async () => {
    await openOrders('beta', [
      { n: 1, at: 10 },
      { n: 2, at: 20, change: { state: 'declined' } },
      { n: 3, at: 30, change: { bank_id: 'other' } },
      { n: 4, at: 40, change: { capability: 'refuel' } },
      { n: 5, at: 50, change: { conversation_id: uuid(9) } },
    ])
    const numbers = async (filter: object) =>
      (await api().orders.list({ tenant: 'beta', ...filter })).items.map(({ number }) => number)
    expect(await numbers({})).toEqual(['N5', 'N4', 'N3', 'N2', 'N1'])
    expect(await numbers({ state: 'declined' })).toEqual(['N2'])
    expect(await numbers({ bank: 'other' })).toEqual(['N3'])
    expect(await numbers({ capability: 'refuel' })).toEqual(['N4'])
    expect(await numbers({ conversation: uuid(9) })).toEqual(['N5'])
    expect(await numbers({ from: 20, until: 40 })).toEqual(['N3', 'N2'])
    expect(await numbers({ number: 'N4' })).toEqual(['N4'])
    expect(await numbers({ number: 'N4', state: 'declined' })).toEqual([])
    expect(await numbers({ undecided: true })).toEqual([])
    await openOrders('beta', [{ n: 6, at: 60, change: { state: 'requires_action' } }])
    expect(await numbers({ undecided: true })).toEqual(['N6'])
    expect((await api().orders.book({ tenant: 'beta' })).undecided).toBe(1)
  })

  it('refuses a cursor that is not of this list, these filters, this tenant, or ours at all', async () => {
    const { next } = await api().orders.list({ tenant: 'alpha', limit: 1 })
    if (next === null) throw new Error('there is no second page')
    const answer = { code: 'BAD_REQUEST', message: expect.stringContaining('send "next" of the page before') as string }
    const spoilt = `${next.slice(0, -4)}${next.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`
    for (const cursor of [spoilt, 'made-up', '', 's1.zz.AAAA', Buffer.from('[0,"x"]').toString('base64url')])
      await expect(api().orders.list({ tenant: 'alpha', cursor })).rejects.toMatchObject(answer)
    await expect(api().orders.list({ tenant: 'beta', cursor: next })).rejects.toMatchObject(answer)
    await expect(api().orders.list({ tenant: 'alpha', state: 'open', cursor: next })).rejects.toMatchObject(answer)
    await expect(api().proposals.list({ tenant: 'alpha', cursor: next })).rejects.toMatchObject(answer)
    expect((await api().orders.list({ tenant: 'alpha', limit: 200, cursor: next })).items.length).toBeGreaterThan(1)
    for (const limit of [0, 201, 1.5])
      await expect(api().orders.list({ tenant: 'alpha', limit })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('shows all tenants to platform and bank, and its own to a tenant', async () => {
    const first = await api('bank').tenants.list({ limit: 2 })
    expect(first.items).toMatchObject([{ tenant: 'alpha', name: 'T', epoch: 1 }, { tenant: 'beta' }])
    const second = await api('bank').tenants.list({ limit: 2, cursor: first.next ?? '' })
    expect(second).toMatchObject({ items: [{ tenant: 'gamma' }], next: null })
    expect((await api('tenant:beta').tenants.list({})).items).toMatchObject([{ tenant: 'beta' }])
    await expect(api('tenant:beta').tenants.list({ cursor: first.next ?? '' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('pages proposals, breaks, refunds, conversations and consents', async () => {
    const scope = openScope('gamma')
    const { ports } = office
    await openOrders('gamma', [{ n: 1, at: 1 }])
    const three = [1, 2, 3] as const
    const common = { tenant_id: 'gamma', order_id: uuid(1), bank_id: 'main', updated_at: 7, version: 1 }
    const refunds = three.map((n) => ({
      ...{ ...common, id: uuid(n), state: 'succeeded', amount_minor: 1n, currency: 'CNY', asked_by: 'x' },
      ...{ bank_version: 1, told_unknown: 0, attempts: 0, unanswered: 0, queries: 0, lease_owner: '', lease_until: 0 },
      created_at: n,
    }))
    const breaks = three.map((n) => ({
      ...{ tenant_id: 'gamma', id: uuid(n), order_id: uuid(n), kind: 'amount_differs', state: 'open' },
      ...{ detail: '{}', opened_at: n },
    }))
    const threads = three.map((n) => ({
      ...{ id: uuid(n), tenant_id: 'gamma', bot_id: 'bot', subscriber_id: uuid(n), operator_id: 'ct', out_seq: 0 },
      ...{ secret_until: 0, stopped: 0, lease_owner: '', lease_until: 0, fence: 0, last_owner: '', updated_at: 5 },
    }))
    const consents = three.map((n) => ({
      ...{
        tenant_id: 'gamma',
        id: uuid(n),
        subscriber_id: uuid(n === 1 ? 1 : 2),
        purpose: 'marketing',
        state: 'granted',
      },
      ...{ data_classes: '[]', receiver: 'main', marketing: 1, text_version: '1', text_sha256: 'x', version: 1 },
      ...{ tries: 0, updated_at: 9, asked_at: 9 },
    }))
    await ports.store.write('rows', async (tx) => {
      await insertAll(tx, 'refund', refunds)
      await insertAll(tx, 'consent', consents)
      await insertAll(tx, 'break_item', breaks)
      await insertAll(tx, 'conversation', threads)
      for (const n of three) {
        const maker = { kind: 'key', id: 'x' } as const
        await commitProposal(tx, scope, { id: uuid(n), subject: 's', change: n, maker, now: n })
      }
    })
    const whole = async (read: (page: { limit: number; cursor?: string }) => Promise<Page>): Promise<string[]> => {
      const first = await read({ limit: 2 })
      expect(first.items).toHaveLength(2)
      const second = await read({ limit: 2, cursor: first.next ?? '' })
      expect(second.next).toBeNull()
      return [...first.items, ...second.items].map(({ id }) => id)
    }
    const tenant = 'gamma'
    const down = [uuid(3), uuid(2), uuid(1)]
    expect(await whole((page) => api().proposals.list({ tenant, ...page }))).toEqual(down)
    expect(await whole((page) => api().orders.refunds({ tenant, ...page }))).toEqual(down)
    expect(await whole((page) => api().conversations.list({ tenant, ...page }))).toEqual(down)
    expect(await whole((page) => api().books.breaks({ tenant, ...page }))).toEqual(down.toReversed())
    expect(await whole((page) => api().consents.list({ tenant, ...page }))).toEqual(down)
    const of = async (filter: object) => (await api().consents.list({ tenant, ...filter })).items.map(({ id }) => id)
    expect(await of({ subscriber: uuid(2) })).toEqual([uuid(3), uuid(2)])
    expect(await of({ purpose: 'other' })).toEqual([])
    const { next } = await api().consents.list({ tenant, limit: 1 })
    const strange = api().consents.list({ tenant, state: 'granted', cursor: next ?? '' })
    await expect(strange).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

interface Page {
  readonly items: readonly { readonly id: string }[]
  readonly next: string | null
}
