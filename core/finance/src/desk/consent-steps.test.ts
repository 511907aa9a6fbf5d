import { afterAll, beforeAll, expect, it } from 'vitest'
import { hours } from '@inthread/sdk/time'
import { insertAll } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, scope } from '../../test/books.ts'
import { done, refused, scriptBank, type Asked } from '../../test/scripted-bank.ts'
import { findConsent, withdrawConsent } from '../consents/consent.store.ts'
import { forwardConsents } from '../consents/forward-consents.ts'
import { lapseOrders } from '../orders/lapse.store.ts'
import type { OrderName } from '../orders/order.store.ts'
import type { ProductRow } from '../schema/tables.ts'
import type { DeskAnswer } from './effect.ts'
import { Performer } from './perform.ts'

const payee = { id: 'mch_1', name: '北方铁路', account: '****6621' }
const words = (purpose: string) => ({
  ...{ purpose, version: '3', dataClasses: ['name'], signed: false },
  text: { 'zh-CN': '可以吗？', en: `May we use it for ${purpose}?` },
  receiver: { 'zh-CN': '银行', en: 'Test Bank' },
})
const consents = ['personal-data', 'marketing', 'credit-query'].map(words)
const told = { bankRef: 'cns_1', state: 'granted', version: 1 } as const

describeOnEachDatabase('consents of a dialogue', (open) => {
  let books: Books
  const calls: Asked[] = []
  beforeAll(async () => {
    books = await Books.open(open)
    const profile = { name: { en: 'Test Bank' }, payee, consents }
    books.connect(
      scriptBank({ profile: () => done(profile), consent: () => done(told), withdrawConsent: () => done(told) }, calls),
    )
  })
  afterAll(() => books.ground.close())

  const write = <T>(work: Parameters<typeof books.ground.store.write<T>>[1]) =>
    books.ground.store.write('consent', work)
  const record = (answer: DeskAnswer) => write((tx) => answer.record(tx))

  interface Begun extends OrderName {
    readonly runId: string
    readonly subscriberId: string
  }

  /** The order of somebody whom the bank knows, as far as a test needs it. */
  async function begin(by = books.ground.ids.next(), step: 'created' | 'presented' | 'proved' = 'created') {
    const runId = books.ground.ids.next()
    const name = await books[step]({ subscriberId: by, runId })
    const links = new Performer(books.ports).links
    const user = { scope, bankId: 'main', subscriberId: by, key: 'k' }
    await write((tx) => links.record(tx, user, `lnk_${by}`))
    return { ...name, runId, subscriberId: by }
  }

  function perform({ orderId, runId }: Begun, operation: string, input: object): Promise<DeskAnswer> {
    return new Performer(books.ports).perform({
      ...{ scope, effectId: books.ground.ids.next(), orderId, runId, operation, code: undefined },
      conversationId: books.ground.ids.next(),
      request: { bankId: 'main', input: { order: orderId, ...input } },
    })
  }

  /** Asked and answered with yes; nothing of the bank's answer is recorded yet. */
  async function agree(begun: Begun, purpose = 'personal-data') {
    const question = await perform(begun, 'askConsent', { purpose })
    await record(question)
    const { consent, sha256 } = question.outcome.data as { readonly consent: string; readonly sha256: string }
    const answer = await perform(begun, 'answerConsent', { consent, granted: true, sha256 })
    expect(answer.outcome.name).toBe('granted')
    return { consent, answer }
  }
  async function agreed(begun: Begun, purpose?: string): Promise<string> {
    const { consent, answer } = await agree(begun, purpose)
    await record(answer)
    return consent
  }
  const rowOf = (consentId: string) =>
    books.ground.store.read('consent', (reader) => findConsent(reader, { scope, consentId }))
  const stateOf = async (consentId: string) => (await rowOf(consentId))?.state

  it('that are taken back before the bank’s answer is recorded are taken back there too', async () => {
    const { consent, answer } = await agree(await begin())
    await write((tx) => withdrawConsent(tx, { scope, consentId: consent, now: books.now }, books.ports))
    await record(answer)
    expect(await rowOf(consent)).toMatchObject({ state: 'withdrawn', task: 'withdraw', bank_ref: 'cns_1' })
    calls.splice(0)
    await forwardConsents(books.ports)
    expect(calls).toMatchObject([{ call: 'withdrawConsent', request: { consent: 'cns_1' } }])
  })

  it('need not be told again once the bank has answered', async () => {
    const consent = await agreed(await begin())
    expect(await rowOf(consent)).toMatchObject({ state: 'granted', task: null, bank_ref: 'cns_1' })
  })

  it('end where the dialogue says so, also after its order has run out', async () => {
    const begun = await begin()
    const consent = await agreed(begun)
    books.ground.clock.advance(hours(1))
    const answer = await perform(begun, 'endConsents', {})
    await record(answer)
    expect([answer.outcome.name, await stateOf(consent)]).toEqual(['ended', 'withdrawn'])
  })

  it.each(['created', 'presented'] as const)('end with an order that came to nothing: %s', async (step) => {
    const begun = await begin(undefined, step)
    const both = [await agreed(begun), await agreed(begun, 'marketing')]
    const other = await agreed(await begin(begun.subscriberId))
    await books.close(begun)
    expect(await Promise.all([...both, other].map(stateOf))).toEqual(['withdrawn', 'withdrawn', 'granted'])
  })

  it('end with an order that nobody closed', async () => {
    const begun = await begin()
    const consent = await agreed(begun)
    books.ground.clock.advance(hours(2))
    await lapseOrders({ ...books.ports, now: books.now })
    expect(await stateOf(consent)).toBe('withdrawn')
  })

  it('are none when they are given for an order that is over', async () => {
    const begun = await begin()
    const question = await perform(begun, 'askConsent', { purpose: 'personal-data' })
    await record(question)
    await books.close(begun)
    const { consent, sha256 } = question.outcome.data as { readonly consent: string; readonly sha256: string }
    const answer = await perform(begun, 'answerConsent', { consent, granted: true, sha256 })
    expect([answer.outcome.name, await stateOf(consent)]).toEqual(['expired', 'asked'])
  })

  it('stay with an order that the bank has', async () => {
    const begun = await begin(undefined, 'proved')
    const consent = await agreed(begun)
    await books.commit(begun)
    await books.close(begun)
    expect(await stateOf(consent)).toBe('granted')
  })

  const apply = ({ runId, subscriberId }: Begun, state: string) => {
    const product: ProductRow = {
      ...{ tenant_id: 'rail', bank_id: 'main', client_ref: books.ground.ids.next(), bank_ref: 'app_1' },
      ...{ capability: 'credit-desk', operation: 'apply', subscriber_id: subscriberId, run_id: runId },
      ...{ conversation_id: '', state, version: 1, created_at: books.now, updated_at: books.now },
    }
    return write((tx) => insertAll(tx, 'product', [product]))
  }

  it.each([
    ['reviewing', 'granted'],
    ['offered', 'granted'],
    // Whether the bank has it is not known yet.
    ['unknown', 'granted'],
    ['', 'granted'],
    ['declined', 'withdrawn'],
    ['withdrawn', 'withdrawn'],
  ])('stay while an application goes on at the bank: %s, %s', async (state, left) => {
    const begun = await begin()
    const consent = await agreed(begun)
    await apply(begun, state)
    await books.close(begun)
    expect(await stateOf(consent)).toBe(left)
  })

  it('stay with an application that another dialogue has taken up', async () => {
    const first = await begin()
    await agreed(first)
    await apply(first, 'reviewing')
    const second = await begin(first.subscriberId)
    const signed = await agreed(second, 'credit-query')
    await books.close(second)
    expect(await stateOf(signed)).toBe('granted')
  })

  it('end although another application has long been decided', async () => {
    const first = await begin()
    await agreed(first)
    await apply(first, 'loan_open')
    const second = await begin(first.subscriberId)
    const consent = await agreed(second)
    await books.close(second)
    expect(await stateOf(consent)).toBe('withdrawn')
  })

  it('are told later to a bank that only asks for patience', async () => {
    // What the other tests have left to be told is told first.
    await forwardConsents(books.ports)
    const consent = await agreed(await begin())
    await write((tx) => withdrawConsent(tx, { scope, consentId: consent, now: books.now }, books.ports))
    const answers = [() => refused('rate_limited', 'try_later')]
    calls.splice(0)
    books.connect(scriptBank({ withdrawConsent: () => answers.shift()?.() ?? done(told) }, calls))
    await forwardConsents(books.ports)
    expect(await rowOf(consent)).toMatchObject({ task: 'withdraw', tries: 1 })
    books.ground.clock.advance(hours(1))
    await forwardConsents(books.ports)
    expect(await rowOf(consent)).toMatchObject({ task: null })
    expect(calls.map(({ call }) => call)).toEqual(['withdrawConsent', 'withdrawConsent'])
  })
})
