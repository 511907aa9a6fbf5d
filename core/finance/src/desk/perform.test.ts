import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BankConnection, PayMethod } from '@inthread/sdk/bank'
import { loanPrecheck } from '@inthread/sdk/capabilities'
import { minutes } from '@inthread/sdk/time'
import { resolveSubscribers } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, scope } from '../../test/books.ts'
import { challengeOf, done, refused, scriptBank, unknown, type Asked } from '../../test/scripted-bank.ts'
import type { NewOrder } from '../orders/new-order.ts'
import type { OrderName } from '../orders/order.store.ts'
import { openOffer } from '../orders/sheet.ts'
import type { DeskAnswer } from './effect.ts'
import { Performer } from './perform.ts'

const payee = { id: 'mch_1', name: '北方铁路', account: '****6621' }
const profile = { name: { en: 'Test Bank' }, payee }
const methods = [
  { id: 'm1', label: { 'zh-CN': '储蓄卡', en: 'Savings' }, mask: '****1021', preferred: false },
  { id: 'm2', label: { en: 'Current' }, mask: '****7734', preferred: true },
]
const phone = '+8613800000001'
type Script = Parameters<typeof scriptBank>[0]
const linked: Script = {
  profile: () => done(profile),
  link: () => done({ state: 'active', id: 'link_9' } as const),
  methods: () => done(methods),
}

describeOnEachDatabase('what a dialogue asks of the bank', (open) => {
  let books: Books
  const calls: Asked[] = []
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())

  async function perform(
    name: OrderName,
    operation: string,
    more: { bank: BankConnection; code?: string; input?: unknown },
  ): Promise<DeskAnswer> {
    books.connect(more.bank)
    return new Performer(books.ports).perform({
      scope,
      effectId: `effect of ${name.orderId}`,
      orderId: name.orderId,
      operation,
      code: more.code,
      ...{ conversationId: '', runId: '' },
      request: more.input === undefined ? undefined : { bankId: 'main', input: more.input },
    })
  }
  const bankOf = (script: Script): BankConnection => {
    calls.splice(0)
    return scriptBank({ ...linked, ...script }, calls)
  }
  const record = (answer: DeskAnswer): Promise<void> => books.ground.store.write('record', (tx) => answer.record(tx))
  const requestOf = (call: string): unknown => calls.find((asked) => asked.call === call)?.request
  /** An order of somebody with a phone. */
  const ordered = async (
    step: 'created' | 'presented' = 'created',
    change: Partial<NewOrder> = {},
  ): Promise<OrderName> => {
    const [subscriberId = ''] = await books.ground.store.write('subscriber', (tx) =>
      resolveSubscribers(tx, [{ scope, number: phone }], { ...books.ground, now: books.now }),
    )
    await books.ground.store.write('forget', (tx) => sql`delete from bank_link`.execute(sqlOf(tx)))
    return books[step]({ subscriberId, ...change })
  }

  describe('prepare', () => {
    it('brings payee, accounts and the preferred one first, and keeps them sealed', async () => {
      const name = await ordered()
      const answer = await perform(name, 'prepare', { bank: bankOf({}) })
      const row = await books.row(name)
      const amount = { amountMinor: 12800n, currency: 'CNY' }
      const shown = [
        { id: 'm2', label: 'Current', mask: '****7734' },
        { id: 'm1', label: 'Savings', mask: '****1021' },
      ]
      const order = { number: row.number, amount, payee: '北方铁路 ****6621' }
      expect(answer).toMatchObject({ again: false, outcome: { name: 'ready', data: { methods: shown, order } } })
      await record(answer)
      expect(openOffer(books.ports.sealer, await books.row(name))).toEqual({ link: 'link_9', payee, methods: shown })
      expect(requestOf('link')).toMatchObject({ phone, userRef: row.subscriber_id })
      expect(
        JSON.stringify(
          await books.ground.store.read(
            'dump',
            async (reader) => (await sql`select link from bank_link`.execute(sqlOf(reader))).rows,
          ),
        ),
      ).not.toContain('link_9')
    })

    it('remembers the link of a user, and asks for it again once the bank has forgotten it', async () => {
      const name = await ordered()
      await record(await perform(name, 'prepare', { bank: bankOf({}) }))
      await perform(name, 'prepare', { bank: bankOf({}) })
      expect(requestOf('link')).toBeUndefined()
      const stale = await perform(name, 'prepare', { bank: bankOf({ methods: () => refused('gone', 'not_linked') }) })
      expect(stale.outcome).toEqual({ name: 'declined', data: { reason: 'not_linked' } })
      await record(stale)
      await perform(name, 'prepare', { bank: bankOf({}) })
      expect(requestOf('link')).toBeDefined()
    })

    it.each<[string, Script]>([
      ['profile', { profile: unknown }],
      ['link', { link: unknown }],
      ['methods', { methods: unknown }],
    ])('is asked again while the bank is silent about the %s, with the same keys', async (_what, script) => {
      const name = await ordered()
      const first = await perform(name, 'prepare', { bank: bankOf(script) })
      const keys = requestOf('link')
      expect(first).toMatchObject({ again: true, outcome: { name: 'unknown' } })
      await perform(name, 'prepare', { bank: bankOf(script) })
      expect(requestOf('link')).toEqual(keys)
      await record(first)
      expect((await books.row(name)).reason).toBe('try_later')
    })

    it.each<[string, Script, string]>([
      ['the profile', { profile: () => refused('closed', 'try_later') }, 'try_later'],
      ['the link', { link: () => refused('no', 'declined') }, 'declined'],
      ['a number of no customer', { link: () => done({ state: 'none' } as const) }, 'not_linked'],
      ['a user without accounts', { methods: () => done([]) }, 'not_linked'],
    ])('ends when the bank refuses %s', async (_what, script, reason) => {
      const name = await ordered()
      const answer = await perform(name, 'prepare', { bank: bankOf(script) })
      expect(answer).toMatchObject({ again: false, outcome: { name: 'declined', data: { reason } } })
      await record(answer)
      expect(await books.row(name)).toMatchObject({ reason, state: 'created' })
    })

    it.each([
      ['debit', ['m1', 'm4']],
      ['credit', ['m3']],
    ] as const)('offers only what may pay where it has to be %s', async (payer, ids) => {
      const kinds = [
        { ...methods[0], kind: 'debit' },
        { ...methods[0], id: 'm2', kind: 'wallet' },
        { ...methods[0], id: 'm3', kind: 'credit' },
        { ...methods[0], id: 'm4' },
      ] as PayMethod[]
      const confirm = { op: 'repayment', title: { en: 'Confirm repayment' }, payer }
      const name = await ordered('created', { confirm })
      const answer = await perform(name, 'prepare', { bank: bankOf({ methods: () => done(kinds) }) })
      expect(answer.outcome).toMatchObject({ name: 'ready', data: { methods: ids.map((id) => ({ id })) } })
    })

    it('tells the user alone that there is no card to pay with', async () => {
      const confirm = { op: 'instalments', title: { en: 'Confirm instalments' }, payer: 'credit' as const }
      const name = await ordered('created', { confirm })
      const answer = await perform(name, 'prepare', { bank: bankOf({}) })
      expect(answer.outcome).toEqual({ name: 'declined', data: { reason: 'no_card' } })
      await record(answer)
      expect((await books.row(name)).reason).toBe('declined')
    })

    it('ends where nobody has a number', async () => {
      const answer = await perform(await books.created(), 'prepare', { bank: bankOf({}) })
      expect([answer.outcome.data, requestOf('link')]).toEqual([{ reason: 'not_linked' }, undefined])
    })

    it('is not for an order that was shown already', async () => {
      const answer = await perform(await books.presented(), 'prepare', { bank: bankOf({}) })
      expect([answer.outcome.name, calls]).toEqual(['expired', []])
    })
  })

  describe('challenge', () => {
    const consented = async (): Promise<OrderName> => {
      const name = await books.presented()
      await books.consent(name)
      return name
    }

    it('asks for exactly the payload that was confirmed, under one key', async () => {
      const name = await consented()
      const row = await books.row(name)
      const answer = await perform(name, 'challenge', { bank: bankOf({ challenge: () => done(challengeOf()) }) })
      const request = requestOf('challenge')
      expect(request).toMatchObject({
        link: 'link_1',
        payloadDigest: row.payload_digest,
        renderedDigest: row.rendered_digest,
        payload: { intent: row.id, amount: '12800', payer: 'm1' },
      })
      expect(answer.outcome).toEqual({
        name: 'sent',
        data: { destination: '138****0001', triesLeft: 3, expiresAt: 9e15 },
      })
      await record(answer)
      await record(answer)
      expect(await books.rowsOf('confirmation', name)).toMatchObject([
        { state: 'pending', bank_ref: 'chl_1', payload_digest: row.payload_digest, authorisation: null },
      ])
      await perform(name, 'challenge', { bank: bankOf({ challenge: () => done(challengeOf()) }) })
      expect(requestOf('challenge')).toEqual(request)
    })

    it('is another one, under a key of its own, when it is asked for again', async () => {
      const name = await consented()
      const ask = async (input: unknown, ref: string): Promise<unknown> => {
        const bank = bankOf({ challenge: () => done(challengeOf({ ref })) })
        await record(await perform(name, 'challenge', { bank, input }))
        return (requestOf('challenge') as { readonly key: string }).key
      }
      const first = await ask({ order: name.orderId }, 'chl_1')
      books.ground.clock.advance(minutes(2))
      const more = await ask({ order: name.orderId, again: 1 }, 'chl_2')
      expect(more).not.toBe(first)
      expect(await ask({ order: name.orderId, again: 1 }, 'chl_2')).toBe(more)
      const bank = bankOf({ answer: () => done(challengeOf({ state: 'verified', authorisation: 'auth_8' })) })
      await perform(name, 'answer', { bank, code: '135790' })
      expect(requestOf('answer')).toMatchObject({ challenge: 'chl_2' })
    })

    it('never comes before the user’s consent', async () => {
      const answer = await perform(await books.presented(), 'challenge', { bank: bankOf({}) })
      expect([answer.outcome.name, calls]).toEqual(['expired', []])
    })

    it.each([
      ['verified', 'verified'],
      ['locked', 'expired'],
      ['expired', 'expired'],
      ['used', 'expired'],
    ] as const)('that is %s at once is %s', async (state, outcome) => {
      const challenge = challengeOf({ state, ...(state === 'verified' ? { authorisation: 'auth_7' } : {}) })
      const name = await consented()
      const answer = await perform(name, 'challenge', { bank: bankOf({ challenge: () => done(challenge) }) })
      await record(answer)
      const [row] = await books.rowsOf('confirmation', name)
      expect([answer.outcome.name, row?.state, row?.authorisation === null]).toEqual([
        outcome,
        state,
        state !== 'verified',
      ])
      expect(row?.authorisation ?? '').not.toContain('auth_7')
    })

    it('is refused, expired or unanswered as the bank says', async () => {
      const name = await consented()
      const answers = [refused('expired'), refused('no', 'declined'), unknown()]
      const outcomes: unknown[] = []
      for (const answer of answers) {
        const { outcome, again } = await perform(name, 'challenge', { bank: bankOf({ challenge: () => answer }) })
        outcomes.push([outcome.name, again])
      }
      expect(outcomes).toEqual([
        ['expired', false],
        ['declined', false],
        ['unknown', true],
      ])
    })
  })

  describe('answer', () => {
    const challenged = async (): Promise<OrderName> => {
      const name = await books.presented()
      await books.consent(name)
      await books.prove(name, { state: 'pending', authorisation: null })
      return name
    }

    it('passes the code through, and keeps nothing of it', async () => {
      const name = await challenged()
      const bank = bankOf({ answer: () => done(challengeOf({ state: 'verified', authorisation: 'auth_8' })) })
      const answer = await perform(name, 'answer', { bank, code: '135790' })
      expect(requestOf('answer')).toEqual({ key: `effect of ${name.orderId}`, challenge: 'chl_1', code: '135790' })
      await record(answer)
      const [row] = await books.rowsOf('confirmation', name)
      expect([answer.outcome, row?.state]).toEqual([{ name: 'verified', data: {} }, 'verified'])
      const tables = ['confirmation', 'bank_order', 'audit', 'attempt']
      for (const table of tables) {
        const dump = await books.ground.store.read(
          'dump',
          async (reader) => (await sql`select * from ${sql.table(table)}`.execute(sqlOf(reader))).rows,
        )
        expect(
          JSON.stringify(dump, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
        ).not.toMatch(/135790|auth_8/)
      }
    })

    it('counts wrong codes as the bank does, and ends where it does', async () => {
      const name = await challenged()
      const wrong = await perform(name, 'answer', {
        bank: bankOf({ answer: () => done(challengeOf({ triesLeft: 2 })) }),
        code: '1',
      })
      await record(wrong)
      expect(wrong.outcome).toEqual({ name: 'wrong', data: { triesLeft: 2 } })
      expect(await books.rowsOf('confirmation', name)).toMatchObject([{ state: 'pending', tries_left: 2 }])
      const locked = await perform(name, 'answer', {
        bank: bankOf({ answer: () => done(challengeOf({ state: 'locked' })) }),
        code: '1',
      })
      await record(locked)
      expect(locked.outcome.name).toBe('locked')
      expect(await books.rowsOf('confirmation', name)).toMatchObject([{ state: 'locked', tries_left: 0 }])
      expect((await books.row(name)).reason).toBe('declined')
      const after = await perform(name, 'answer', { bank: bankOf({}), code: '1' })
      expect([after.outcome.name, calls]).toEqual(['expired', []])
    })

    it('is nothing without words, or without a question', async () => {
      const none = await perform(await challenged(), 'answer', { bank: bankOf({}) })
      const early = await perform(await books.presented(), 'answer', { bank: bankOf({}), code: '123456' })
      expect([none.outcome.name, early.outcome.name, calls]).toEqual(['expired', 'expired', []])
    })
  })

  describe('a pre-check of a loan', () => {
    const cny = (value: string) => ({ value, currency: 'CNY' })
    const name = { 'zh-CN': '消费贷款', en: 'Consumer loan' }
    const range = { product: 'consumer-loan', name, min: cny('50000'), max: cny('3100000'), annualRate: '0.072' }
    const label = { 'zh-CN': '依据', en: 'Based on' }
    const told = {
      ...{ id: 'lpc_1', state: 'prechecked', version: 1, expiresAt: '2030-01-01T00:00:00Z' },
      terms: [{ key: 'basis', label, value: { 'zh-CN': '本行资料', en: 'what is known here' } }],
      items: [{ ...range, monthly: cny('270000') }],
    }

    async function precheck(ask: NonNullable<Script['ask']>): Promise<DeskAnswer> {
      const { subscriber_id: subscriberId } = await books.row(await ordered())
      books.connect(bankOf({ ask }))
      const { bank: route, class: effect, outcomes } = loanPrecheck.operations.ask
      const request = { bankId: 'main', input: {}, route, capability: loanPrecheck.id, class: effect, locale: 'en' }
      const names = { scope, effectId: 'e', orderId: '', operation: 'ask', code: undefined }
      const answer = await new Performer(books.ports).perform({
        ...{ ...names, conversationId: '', runId: '', request: { ...request, subscriberId } },
      })
      const read = outcomes[answer.outcome.name as keyof typeof outcomes].parse(answer.outcome.data)
      return { ...answer, outcome: { name: answer.outcome.name, data: read } }
    }

    it('reads ranges with their rate, and nothing of a month', async () => {
      const { outcome } = await precheck(() => done(told))
      const amount = (amountMinor: bigint) => ({ amountMinor, currency: 'CNY' })
      expect(outcome).toEqual({
        name: 'estimated',
        data: {
          ...{ id: 'lpc_1', expiresAt: 1_893_456_000_000_000 },
          facts: [{ label: 'Based on', value: 'what is known here' }],
          items: [{ ...range, name: 'Consumer loan', min: amount(50_000n), max: amount(3_100_000n) }],
        },
      })
      expect(requestOf('ask')).toMatchObject({ path: ['v1', 'loan-prechecks'], body: { link: 'link_9' } })
    })

    it('is not there at a bank that has no such thing, or whose answer is over', async () => {
      const none = { name: 'not_offered' }
      expect((await precheck(() => refused('not_found'))).outcome).toMatchObject(none)
      expect((await precheck(() => refused('capability_off', 'try_later'))).outcome).toMatchObject(none)
      expect((await precheck(() => done({ ...told, state: 'expired' }))).outcome).toMatchObject(none)
      expect((await precheck(() => refused('rate_limited', 'try_later'))).outcome).toMatchObject({ name: 'declined' })
      expect((await precheck(unknown)).outcome).toMatchObject({ name: 'unknown' })
    })

    it('is shown to nobody without its rate', async () => {
      const { annualRate: _rate, ...bare } = range
      await expect(precheck(() => done({ ...told, items: [bare] }))).rejects.toThrow(/annualRate/)
    })
  })

  it('is over when the order is, and unknown operations are a fault', async () => {
    const name = await books.prepared()
    await expect(perform(name, 'refund', { bank: bankOf({}) })).rejects.toMatchObject({
      code: 'order.operation_unknown',
    })
    books.ground.clock.advance(minutes(15))
    const late = await perform(name, 'prepare', { bank: bankOf({}) })
    expect([late.outcome.name, calls]).toEqual(['expired', []])
  })

  it('needs a bank that is connected', async () => {
    const other = new Books(books.ground)
    const name = await other.prepared()
    const asking = new Performer(other.ports).perform({
      scope,
      effectId: 'e',
      orderId: name.orderId,
      operation: 'prepare',
      code: undefined,
      ...{ conversationId: '', runId: '', request: undefined },
    })
    await expect(asking).rejects.toMatchObject({ code: 'bank.not_connected', data: { bank: 'main' } })
  })
})
