import { createHash } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { BankAsk, BankResource } from '@inthread/sdk/bank'
import { canonicalTerms, transfer } from '@inthread/sdk/capabilities'
import { money } from '@inthread/sdk/money'
import { minutes } from '@inthread/sdk/time'
import { pause } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, scope } from '../../test/books.ts'
import { challengeOf, done, scriptBank, unknown, type Asked } from '../../test/scripted-bank.ts'
import type { DeskAnswer } from '../desk/effect.ts'
import { Performer } from '../desk/perform.ts'
import { commitNotices } from '../notices/notice.store.ts'
import { findProduct } from '../products/product.store.ts'
import { createOrderPump } from './order-pump.ts'
import type { OrderName } from './order.store.ts'
import { openSheet } from './sheet.ts'

const { lookup, send } = transfer.operations
const profile = { name: { en: 'Test Bank' }, payee: { id: 'mch_1', name: '北方铁路', account: '****6621' } }
const card = { id: 'm1', label: { en: 'Savings' }, mask: '****1021', preferred: true }
const found: BankResource = {
  id: 'lku_1',
  state: 'open',
  version: 1,
  expiresAt: '2099-01-01T00:00:00Z',
  payee: { id: 'pay_8802', name: '*小明', account: '****8802' },
  terms: [
    { key: 'bank', label: { 'zh-CN': '收款银行', en: 'Bank' }, value: { 'zh-CN': '泸州银行', en: 'Luzhou Bank' } },
  ],
}

/** A bank whose transfers and lookups do what a test says. */
class Transfers {
  readonly calls: Asked[] = []
  readonly asked: BankAsk[] = []
  lookup: BankResource = found
  /** What the bank answers about transfers, one after the other; the last one for good. */
  answers: (() => ReturnType<typeof unknown> | ReturnType<typeof done<BankResource>>)[] = []

  connection = scriptBank(
    {
      profile: () => done(profile),
      link: () => done({ state: 'active' as const, id: 'lnk_1' }),
      methods: () => done([card]),
      ask: (request) => {
        this.asked.push(request)
        if (request.path.includes('lookups')) return done(this.lookup)
        const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0]
        return answer?.() ?? unknown()
      },
    },
    this.calls,
  )
}

const transferOf = (name: OrderName, change: BankResource = {}): BankResource => ({
  id: 'trf_1',
  clientRef: name.orderId,
  state: 'succeeded',
  version: 3,
  amount: { value: '50000', currency: 'CNY' },
  payee: { id: 'pay_8802' },
  facts: [{ key: 'at', label: { 'zh-CN': '到账', en: 'Arrives' }, value: { 'zh-CN': '实时', en: 'at once' } }],
  ...change,
})

describeOnEachDatabase('an order that is no payment', (open) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  async function openBooks(bank: Transfers): Promise<Books> {
    const books = await Books.open(open)
    await books.grant({ 'bank/main/transfer': {}, 'bot/rail/travel/pay': {} })
    books.connect(bank.connection)
    closing.push(() => books.ground.close())
    return books
  }

  const subscriberId = '019cbb4b-4c00-8e16-960a-75a7307e0009'
  const change = {
    capability: 'transfer',
    operation: 'send',
    route: send.bank,
    confirm: send.confirm,
    subscriberId,
    input: { amount: money('500.00', 'CNY'), quote: 'lku_1', speed: '2h' },
  }

  async function perform(books: Books, more: Partial<Parameters<Performer['perform']>[0]>): Promise<DeskAnswer> {
    const effect = { scope, effectId: books.ground.ids.next(), orderId: '', conversationId: '', runId: '' }
    const asking = { ...effect, operation: '', code: undefined, request: undefined, ...more }
    const answer = await new Performer(books.ports).perform(asking)
    await books.ground.store.write('record', (tx) => answer.record(tx))
    return answer
  }

  /** The scene looks somebody up: a quote, without an order. */
  function lookUp(books: Books): Promise<DeskAnswer> {
    const request = {
      ...{ bankId: 'main', capability: 'transfer', class: lookup.class, route: lookup.bank, locale: 'en' },
      ...{ input: { phone: '+8613900000000' }, subscriberId },
    }
    return perform(books, { operation: 'lookup', request })
  }

  async function submit(books: Books): Promise<OrderName> {
    await books.ground.store.write('link', (tx) =>
      new Performer(books.ports).links.record(tx, { scope, bankId: 'main', subscriberId, key: 'k' }, 'lnk_1'),
    )
    await lookUp(books)
    const name = await books.created(change)
    await perform(books, { orderId: name.orderId, operation: 'prepare' })
    await books.present(name)
    await books.consent(name)
    await books.prove(name)
    await books.commit(name)
    return name
  }

  function start(books: Books): ReturnType<typeof createOrderPump> {
    const every = (_ms: number, work: () => Promise<void>) => {
      void work()
      return { stop: () => Promise.resolve() }
    }
    const pump = createOrderPump({ ...books.ports, timers: { pause, every } })
    closing.push(() => pump.stop())
    pump.start()
    return pump
  }

  it('is confirmed by what the bank promised: payee, terms and their digest, under its own name', async () => {
    const bank = new Transfers()
    const books = await openBooks(bank)
    const name = await submit(books)
    const sheet = openSheet(books.ports.sealer, await books.row(name))
    expect(sheet?.payload).toMatchObject({
      op: 'transfer',
      quote: 'lku_1',
      terms: createHash('sha256').update(canonicalTerms(found)).digest('hex'),
      payee: { id: 'pay_8802', name: '*小明', account: '****8802' },
      amount: '50000',
    })
    expect(sheet?.facts).toEqual([
      { label: 'Arrives', value: 'after 2 hours' },
      { label: 'Bank', value: 'Luzhou Bank' },
    ])
    expect(sheet?.title).toMatchObject({ en: 'Confirm transfer' })
  })

  it('takes no quote that is over, and none that somebody else was given', async () => {
    const bank = new Transfers()
    const books = await openBooks(bank)
    await submit(books)
    const foreign = { ...change, subscriberId: books.ground.ids.next() }
    expect(await books.ask(foreign)).toEqual({ kind: 'refused', reason: 'try_later' })
    bank.lookup = { ...found, id: 'lku_2', expiresAt: '2001-01-01T00:00:00Z' }
    await lookUp(books)
    expect(await books.ask({ ...change, input: { ...change.input, quote: 'lku_2' } })).toMatchObject({
      kind: 'refused',
    })
  })

  it('goes to its own collection, and a delayed one is told as that and ends later', async () => {
    const bank = new Transfers()
    const books = await openBooks(bank)
    const name = await submit(books)
    bank.answers = [
      () => done(transferOf(name, { state: 'scheduled', version: 1 })),
      () => done({ items: [transferOf(name)] }),
    ]
    const pump = start(books)
    while (!books.lettersOf(name).includes('accepted')) await pause(5)
    expect(bank.asked.at(-1)).toMatchObject({
      method: 'POST',
      path: ['v1', 'transfers'],
      key: name.orderId,
      body: {
        clientRef: name.orderId,
        confirmationId: 'chl_1',
        authorisation: 'auth_1',
        amount: { value: '50000', currency: 'CNY' },
        payee: { id: 'pay_8802' },
        payer: { link: 'lnk_1', method: 'm1' },
        quote: 'lku_1',
        speed: '2h',
      },
    })
    expect(await books.close(name)).toMatchObject({ name: 'scheduled', data: { id: 'trf_1' } })
    expect((await books.row(name)).state).toBe('processing')
    while ((await books.row(name)).state !== 'succeeded') {
      books.ground.clock.advance(minutes(10))
      pump.wake()
      await pause(5)
    }
    expect(bank.asked.at(-1)).toMatchObject({
      asks: 'search',
      path: ['v1', 'transfers'],
      query: { clientRef: name.orderId },
    })
    while (books.letters.length < 2) await pause(5)
    expect(books.letters.at(-1)?.event).toMatchObject({
      data: { result: 'succeeded', facts: [{ label: 'Arrives', value: 'at once' }] },
    })
  })

  it('stays unknown while the bank says nothing, and is a conflict when it speaks of another amount', async () => {
    const bank = new Transfers()
    const books = await openBooks(bank)
    const name = await submit(books)
    bank.answers = [unknown, () => done({ items: [transferOf(name, { amount: { value: '1', currency: 'CNY' } })] })]
    const pump = start(books)
    while ((await books.row(name)).state !== 'conflicted') {
      books.ground.clock.advance(5000)
      pump.wake()
      await pause(5)
    }
    expect(books.lettersOf(name)).toEqual(['unknown'])
    expect(await books.breaksOf(name)).toEqual(['amount_differs'])
  })

  it('is mirrored by version, however its notices come', async () => {
    const bank = new Transfers()
    const books = await openBooks(bank)
    const name = await submit(books)
    const notice = (version: number, state: string) => ({
      ...{ id: `evt_${version}_${state}`, type: `transfer.${state}`, clientRef: name.orderId, version, state },
    })
    const take = (version: number, state: string) =>
      books.ground.store.write('notice', (tx) =>
        commitNotices(tx, scope, {
          bankId: 'main',
          notices: [notice(version, state)],
          now: books.now,
          ports: books.ports,
        }),
      )
    for (const [version, state] of [
      [2, 'processing'],
      [1, 'scheduled'],
      [4, 'returned'],
      [3, 'succeeded'],
      [4, 'returned'],
    ] as const)
      await take(version, state)
    const product = await books.ground.store.read('product', (reader) =>
      findProduct(reader, { scope, bankId: 'main', clientRef: name.orderId }),
    )
    expect(product).toMatchObject({ state: 'returned', version: 4, subscriber_id: subscriberId })
    const told = books.letters.flatMap(({ event }) => (event?.name === 'changed' ? [event.data] : []))
    expect(told).toMatchObject([{ state: 'processing' }, { state: 'returned' }])
  })

  it('is asked for on a page of the bank, and goes on when that has been answered', async () => {
    const bank = new Transfers()
    const books = await openBooks(bank)
    await books.grant({ 'bot/rail/travel/pay': { strength: 'pin' } })
    await submit(books)
    const name = await books.created(change)
    await perform(books, { orderId: name.orderId, operation: 'prepare' })
    await books.present(name)
    await books.consent(name)
    const page = { url: 'https://bank.test/p/1', expiresAt: books.now + 600_000_000 }
    const states = [challengeOf(), challengeOf({ state: 'verified', authorisation: 'aut_1', method: 'code+pin' })]
    books.connect({
      ...bank.connection,
      challenge: (request) => {
        bank.calls.push({ call: 'challenge', request })
        return done(challengeOf({ page, method: 'code+pin' }))
      },
      findChallenge: () => done(states.shift() ?? challengeOf()),
    })
    const challenge = await perform(books, { orderId: name.orderId, operation: 'challenge' })
    expect(challenge.outcome).toEqual({ name: 'page', data: page })
    expect(bank.calls.at(-1)?.request).toMatchObject({ method: 'code+pin' })
    const check = () => perform(books, { orderId: name.orderId, operation: 'check' })
    expect((await check()).outcome.name).toBe('pending')
    expect((await check()).outcome.name).toBe('verified')
    expect(await books.commit(name)).toEqual({ kind: 'accepted' })
  })
})
