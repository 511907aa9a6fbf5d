import { afterEach, expect, it } from 'vitest'
import { envelope } from '@inthread/sdk/capabilities'
import type { BankAsk, BankLink, BankOutcome, BankResource } from '@inthread/sdk/bank'
import type { BankRoute } from '@inthread/sdk/capability'
import { resolveSubscribers } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, scope } from '../../test/books.ts'
import { done, refused, scriptBank, unknown } from '../../test/scripted-bank.ts'
import { commitNotices } from '../notices/notice.store.ts'
import type { FinanceTables, ProductRow } from '../schema/tables.ts'
import type { DeskAnswer } from './effect.ts'
import { Performer } from './perform.ts'

const { claim } = envelope.operations
const again = { paying: 'reserved', paid: 'reserved' }
const { once: _once, ...plain } = claim.bank
const route: BankRoute = { ...plain, once: { per: ['campaign'], again } }
const subscriberId = '019cbb4b-4c00-8e16-960a-75a7307e0009'
const otherSubscriberId = '019cbb4b-4c00-8e16-960a-75a7307e0010'
const claimed: BankResource = { id: 'clm_1', state: 'paying', version: 1, amount: { value: '388', currency: 'CNY' } }

const listKeys = (asked: readonly BankAsk[]): readonly string[] => [
  ...new Set(asked.flatMap((ask) => ('key' in ask ? ask.key : []))),
]

interface Change {
  readonly campaign?: string
  readonly by?: string
  readonly route?: BankRoute
}

describeOnEachDatabase('what lives on at the bank', (open) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  type Answer = () => Promise<BankOutcome<BankResource>>

  async function openBooks(answers: Answer[]): Promise<{ readonly books: Books; readonly asked: BankAsk[] }> {
    const books = await Books.open(open)
    closing.push(() => books.ground.close())
    const asked: BankAsk[] = []
    const ask = (request: BankAsk): Promise<BankOutcome<BankResource>> => {
      asked.push(request)
      return ((answers.length > 1 ? answers.shift() : answers[0]) ?? unknown)()
    }
    books.connect(scriptBank({ ask }))
    const links = new Performer(books.ports).links
    for (const each of [subscriberId, otherSubscriberId])
      await books.ground.store.write('link', (tx) =>
        links.record(tx, { scope, bankId: 'main', subscriberId: each, key: 'k' }, `lnk_${each.slice(-2)}`),
      )
    return { books, asked }
  }

  /** What one tap asks; nothing of it is recorded yet. */
  async function tap(books: Books, change: Change = {}): Promise<DeskAnswer & { readonly runId: string }> {
    const { ids } = books.ground
    const runId = ids.next()
    const names = { scope, effectId: ids.next(), orderId: '', conversationId: ids.next(), runId }
    const called = { bankId: 'main', capability: 'envelope', class: claim.class, route: change.route ?? route }
    const { campaign = 'cmp_1', by = subscriberId } = change
    const request = { ...called, locale: 'en', input: { campaign }, subscriberId: by }
    // A performer of its own, as another process would have.
    const performer = new Performer(books.ports)
    return { ...(await performer.perform({ ...names, operation: 'claim', code: undefined, request })), runId }
  }

  /** The bank says that what was asked for first is paid. */
  function hearPaid(books: Books, [first]: readonly BankAsk[]): Promise<unknown> {
    const body = (first && 'body' in first ? first.body : {}) as { readonly clientRef: string }
    const notice = { id: 'n1', type: 'claim.paid', clientRef: body.clientRef, state: 'paid', version: 2 }
    const ports = { ...books.ports, ids: books.ground.ids }
    const arrival = { bankId: 'main', notices: [notice], now: books.now, ports }
    return books.ground.store.write('notices', (tx) => commitNotices(tx, scope, arrival))
  }

  /** What the runs were told since, each thing once. */
  const listTold = (books: Books): readonly string[] => [
    ...new Map(books.letters.map(({ key, runId, event }) => [key, `${runId} ${JSON.stringify(event?.data)}`])).values(),
  ]

  const record = (books: Books, answer: DeskAnswer): Promise<void> =>
    books.ground.store.write('record', (tx) => answer.record(tx))

  const listProducts = (books: Books): Promise<ProductRow[]> =>
    books.ground.store.read('products', (reader) =>
      sqlOf<FinanceTables>(reader).selectFrom('product').selectAll().execute(),
    )

  it('goes to the bank under one key however many tap at once, and one of them is the first', async () => {
    const { books, asked } = await openBooks([() => done(claimed)])
    const answers = await Promise.all(Array.from({ length: 20 }, () => tap(books)))
    for (const answer of answers) await record(books, answer)
    expect(listKeys(asked)).toHaveLength(1)
    expect(new Set(asked.map((ask) => ('body' in ask ? JSON.stringify(ask.body) : ''))).size).toBe(1)
    const names = answers.map(({ outcome }) => outcome.name).toSorted()
    expect(names).toEqual(['claimed', ...Array.from({ length: 19 }, () => 'reserved')])
    expect(await listProducts(books)).toMatchObject([{ bank_ref: 'clm_1', state: 'paying', version: 1 }])
  })

  it('is told as unknown to a second tap while it is unknown, and has one row all along', async () => {
    const { books } = await openBooks([unknown, unknown, () => done(claimed)])
    const first = await tap(books)
    const second = await tap(books)
    await record(books, second)
    expect([first, second].map(({ outcome }) => outcome.name)).toEqual(['unknown', 'unknown'])
    expect(await listProducts(books)).toHaveLength(1)
    expect((await tap(books)).outcome.name).toBe('reserved')
  })

  it('begins anew, under the same key, when the first tap was told that nobody knows', async () => {
    const { books, asked } = await openBooks([unknown, () => done(claimed)])
    await record(books, await tap(books))
    expect(await listProducts(books)).toMatchObject([{ state: 'unknown', bank_ref: '' }])
    const later = await tap(books)
    await record(books, later)
    expect(later.outcome.name).toBe('claimed')
    expect(asked).toHaveLength(2)
    expect(listKeys(asked)).toHaveLength(1)
    expect(await listProducts(books)).toMatchObject([{ state: 'paying', run_id: later.runId }])
  })

  it('tells the run that has it, and it alone, what another tap has learned before the notice came', async () => {
    const paid = { ...claimed, state: 'paid', version: 2 }
    const { books, asked } = await openBooks([() => done(claimed), () => done(paid)])
    const first = await tap(books)
    await record(books, first)
    await record(books, await tap(books))
    await hearPaid(books, asked)
    expect(listTold(books)).toEqual([`${first.runId} {"product":"clm_1","state":"paid"}`])
  })

  it.each([
    ['of what each user has once', route],
    ['of anything else', plain],
  ])('tells after the answer what a notice has said before it: %s', async (_what, used) => {
    const { books, asked } = await openBooks([() => done(claimed)])
    const answer = await tap(books, { route: used })
    await hearPaid(books, asked)
    // Nobody listens yet: the run waits for the answer.
    books.letters.length = 0
    await record(books, answer)
    expect(listTold(books)).toEqual([`${answer.runId} {"product":"clm_1","state":"paid"}`])
    expect(await listProducts(books)).toMatchObject([{ bank_ref: 'clm_1', state: 'paid', version: 2 }])
  })

  it('reaches a run that was told that nobody knows, before and after', async () => {
    const { books, asked } = await openBooks([unknown])
    const early = await tap(books)
    await hearPaid(books, asked)
    books.letters.length = 0
    await record(books, early)
    expect(listTold(books)).toMatchObject([expect.stringContaining(`${early.runId} `)])

    const other = await openBooks([unknown])
    const late = await tap(other.books)
    await record(other.books, late)
    await hearPaid(other.books, other.asked)
    expect(listTold(other.books)).toMatchObject([expect.stringMatching(`^${late.runId} .*"paid"`)])
    expect(await listProducts(other.books)).toMatchObject([{ state: 'paid', version: 2 }])
  })

  it('leaves nothing behind where the bank says no', async () => {
    const { books } = await openBooks([() => refused('expired')])
    const answer = await tap(books)
    await record(books, answer)
    expect(answer.outcome.name).toBe('over')
    expect(await listProducts(books)).toEqual([])
  })

  it('is asked for a number of no customer only where the bank keeps it, and no such link is remembered', async () => {
    const { books, asked } = await openBooks([() => done({ ...claimed, state: 'reserved' })])
    const [stranger = ''] = await books.ground.store.write('number', (tx) =>
      resolveSubscribers(tx, [{ scope, number: '+8613800000003' }], { ...books.ground, now: books.now }),
    )
    let links = 0
    const link = (): Promise<BankOutcome<BankLink>> => {
      links += 1
      return done({ state: 'none', id: 'lnk_none' })
    }
    const ask = (request: BankAsk): Promise<BankOutcome<BankResource>> => {
      asked.push(request)
      return done({ ...claimed, state: 'reserved' })
    }
    books.connect(scriptBank({ ask, link }))
    const kept = await tap(books, { by: stranger, route: claim.bank })
    expect(kept.outcome).toMatchObject({ name: 'reserved', data: { id: 'clm_1' } })
    expect(asked).toMatchObject([{ body: { link: 'lnk_none' } }])
    await record(books, kept)
    const { strangers: _strangers, ...customersOnly } = claim.bank
    const refusal = await tap(books, { by: stranger, campaign: 'cmp_2', route: customersOnly })
    expect(refusal.outcome).toEqual({ name: 'declined', data: { reason: 'not_linked' } })
    expect([asked.length, links]).toEqual([1, 2])
  })

  it('is another thing for another user and for another envelope', async () => {
    const { books, asked } = await openBooks([() => done(claimed)])
    for (const answer of [
      await tap(books),
      await tap(books, { campaign: 'cmp_2' }),
      await tap(books, { by: otherSubscriberId }),
    ])
      await record(books, answer)
    expect(listKeys(asked)).toHaveLength(3)
    expect(await listProducts(books)).toHaveLength(3)
  })
})
