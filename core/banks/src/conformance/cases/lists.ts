import { assertProblem, assertStatus, assertThat, listAt, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import { skip } from '../mismatch.ts'

const rule =
  'Lists: ?limit up to 200 and ?after with an opaque cursor, in a stable order, links.next where there is more'

/** All payments, one page after the other, as ids. */
async function walk({ courier }: Kit, limit: number, pagesAtMost: number): Promise<string[]> {
  const ids: string[] = []
  let path: string | undefined = `/v1/payments?limit=${limit}`
  for (let page = 0; path !== undefined && page < pagesAtMost; page += 1) {
    const reply = await courier.get(path)
    assertStatus(reply, 200)
    const items = listAt(reply.body, 'items')
    assertThat(items.length <= limit, `at most ${limit} on a page`, String(items.length))
    ids.push(...items.map((item) => textAt(item, 'id')))
    const next = memberAt(reply.body, 'links', 'next')
    path = typeof next === 'string' ? pathOf(next) : undefined
  }
  return ids
}

/** An address of a next page may be whole or only a path. */
function pathOf(address: string): string {
  const { pathname, search } = new URL(address, 'http://bank.invalid')
  return pathname.slice(Math.max(0, pathname.indexOf('/v1/'))) + search
}

export const listCases: readonly ConformanceCase[] = [
  {
    id: 'lists.pages',
    title: 'Pages follow one another without a gap or a repetition',
    rule,
    remedy: 'Order by (createdAt, id), and go on behind the last one of the page before',
    run: async (kit) => {
      await kit.customer.paid()
      const [bySingles, byPairs] = [await walk(kit, 1, 6), await walk(kit, 2, 3)]
      assertThat(new Set(bySingles).size === bySingles.length, 'each payment once', 'one twice')
      assertThat(bySingles.join() === byPairs.join(), 'the same order whatever the size of a page', 'another order')
    },
  },
  {
    id: 'lists.limits',
    title: 'A page size that is none is refused',
    rule: `${rule}; else 400 malformed`,
    remedy: 'Take whole numbers from 1 to 200',
    run: async ({ courier }) => {
      for (const limit of ['0', '201', '-1', 'x', '1.5'])
        assertProblem(await courier.get(`/v1/payments?limit=${limit}`), 400, 'malformed')
    },
  },
  {
    id: 'lists.cursor-changed',
    title: 'A cursor that was changed is refused',
    rule: 'Cursors are signed and carry the client: 400 malformed',
    remedy: 'Seal the cursor, and check that it is of this client and this list',
    run: async (kit) => {
      await kit.customer.paid()
      const next = memberAt((await kit.courier.get('/v1/payments?limit=1')).body, 'links', 'next')
      if (typeof next !== 'string') skip('there is only one payment yet: run it again')
      const cursor = new URL(next, 'http://bank.invalid').searchParams.get('after') ?? ''
      const changed = cursor.slice(0, -1) + (cursor.endsWith('A') ? 'B' : 'A')
      for (const after of [changed, 'made-up', cursor.slice(1)]) {
        const reply = await kit.courier.get(`/v1/payments?limit=1&after=${encodeURIComponent(after)}`)
        assertProblem(reply, 400, 'malformed')
      }
    },
  },
  {
    id: 'lists.changed-after',
    title: 'Payments are listed by the time of their change',
    rule: 'GET /v1/payments?updatedAfter= gives all that changed later: it is asked each ten minutes',
    remedy: 'Compare updatedAfter with the time of the last change',
    run: async ({ courier, customer }) => {
      const { first } = await customer.paid()
      const ended = await customer.settled(textAt(first.body, 'id'))
      const before = new Date(Date.parse(textAt(ended.body, 'updatedAt')) - 1000).toISOString()
      const found = (await courier.get(`/v1/payments?limit=200&updatedAfter=${before}`)).body
      const ids = listAt(found, 'items').map((item) => memberAt(item, 'id'))
      assertThat(ids.includes(ended.body['id']), 'the payment that changed later', 'a list without it')
      const later = (await courier.get('/v1/payments?updatedAfter=2250-01-01T00:00:00Z')).body
      assertThat(listAt(later, 'items').length === 0, 'nothing that changes in the future', 'payments')
    },
  },
]
