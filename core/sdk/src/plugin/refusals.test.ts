import { describe, expect, it } from 'vitest'
import {
  collection,
  defineContract,
  defineFlow,
  definePlugin,
  intent,
  minutes,
  money,
  need,
  reply,
  secretSchema,
  text,
  textMessage,
  want,
  z,
  type Content,
  type ContextOf,
  type Hold,
  type StepOf,
} from '../index.ts'
import { payment, paymentDesk } from '../capabilities.ts'

/*
 * What the compiler refuses, each beside a twin that it takes. A refusal that is none any more is an unused directive,
 * which the type check of `npm test` reports; so is a twin that is refused.
 */
const purpose = { en: 'to be paid' }
const seat = z.strictObject({ id: z.string(), from: z.string(), left: z.number() })
const declaration = {
  id: 'sample',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Sample' },
  config: z.strictObject({ most: z.number() }),
  texts: {
    hello: text({}, { en: 'Hello' }),
    fare: text({ fare: 'money', seats: 'count' }, { en: '{{seats}} for {{fare}}' }, { keep: ['fare'] }),
  },
  collections: {
    seats: collection(seat, {
      key: 'id',
      indexes: { route: ['from', 'id'] },
      counters: { places: { capacity: 'left' } },
    }),
  },
} as const
const contract = defineContract({
  ...declaration,
  needs: { pay: need(payment, { range: '^1', purpose }), perhaps: want(payment, { range: '^1', purpose }) },
})
const dialogue = defineContract({
  ...declaration,
  provides: payment,
  needs: { desk: need(paymentDesk, { range: '^1', purpose }) },
})
const state = z.strictObject({ city: z.string(), count: z.number(), code: secretSchema }).partial()
type Slots = z.infer<typeof state>
type Step = StepOf<typeof contract, Slots, 'first' | 'end'>
type Context = ContextOf<typeof contract, Slots>
type BankStep = StepOf<typeof dialogue, Slots, 'first' | 'end'>

const end = { kind: 'end' } as const
const flow = { id: 'f', revision: 1, input: z.strictObject({}), state, start: 'first' } as const
const timeout = { afterMs: minutes(5), to: 'end' } as const
const money1 = money('1.00', 'CNY')

/** A step of the sample's flow, as its author would write it. */
const step = (written: Step): Step => written
const bankStep = (written: BankStep): BankStep => written

describe('a step', () => {
  it('leads to steps that there are', () => {
    const first = step({ kind: 'branch', when: [{ is: () => true, to: 'end' }], otherwise: 'first' })
    expect(defineFlow(contract, { ...flow, steps: { first, end } }).steps).toEqual({ first, end })
    // @ts-expect-error: no such step
    step({ kind: 'branch', when: [], otherwise: 'nowhere' })
    // @ts-expect-error: no such step in an arm
    step({ kind: 'branch', when: [{ is: () => true, to: 'nowhere' }], otherwise: 'end' })
    // @ts-expect-error: no such step to start at
    defineFlow(contract, { ...flow, start: 'nowhere', steps: { first: end } })
    // @ts-expect-error: the flow does not have the step that this one leads to
    defineFlow(contract, { ...flow, steps: { first } })
    // @ts-expect-error: a misspelt kind
    step({ kind: 'ends' })
  })
})

describe('a call', () => {
  const input = (): z.infer<typeof payment.operations.pay.input> => ({ amount: money1, purpose: 'tea' })
  const call = { kind: 'call', need: 'pay', operation: 'pay', input } as const
  const known = { succeeded: 'end', declined: 'end', cancelled: 'end', expired: 'end' } as const
  const on = { ...known, unknown: 'end' } as const

  it('routes every outcome', () => {
    expect(step({ ...call, on })).toMatchObject({ on: { unknown: 'end' } })
    // @ts-expect-error: `unknown` is not routed
    step({ ...call, on: known })
    // @ts-expect-error: a receipt comes with success and with nothing else
    step({ ...call, on: { ...on, declined: { to: 'end', set: ({ receipt }) => ({ city: receipt }) } } })
    step({ ...call, on: { ...on, succeeded: { to: 'end', set: ({ receipt }) => ({ city: receipt }) } } })
  })

  it('goes to a declared need and to an operation of it', () => {
    // @ts-expect-error: nobody declared this need
    step({ ...call, need: 'lend', on })
    // @ts-expect-error: the capability has no such operation
    step({ ...call, operation: 'refund', on })
    // @ts-expect-error: the bank's side of a payment is no need of this plugin
    step({ ...call, need: 'desk', operation: 'submit', on })
  })

  it('routes `unavailable` where the need is optional, and nowhere else', () => {
    expect(step({ ...call, need: 'perhaps', on: { ...on, unavailable: 'end' } })).toMatchObject({ need: 'perhaps' })
    // @ts-expect-error: the plugin can do without it, so it has to say how
    step({ ...call, need: 'perhaps', on })
    // @ts-expect-error: what a plugin cannot do without is there
    step({ ...call, on: { ...on, unavailable: 'end' } })
  })

  it('gives amounts as money', () => {
    expect(step({ ...call, on })).toMatchObject({ need: 'pay' })
    // @ts-expect-error: a number of what, in which currency?
    step({ ...call, on, input: () => ({ amount: 100, purpose: 'tea' }) })
    // @ts-expect-error: minor units are a bigint
    step({ ...call, on, input: () => ({ amount: { amountMinor: 100, currency: 'CNY' }, purpose: 'tea' }) })
    // @ts-expect-error: a payment is for something
    step({ ...call, on, input: () => ({ amount: money1 }) })
  })
})

describe('a question', () => {
  const prompt = ({ t }: Context): Content => textMessage(t('hello'))
  const ask = { kind: 'ask', slot: 'city', prompt, timeout, next: 'end' } as const

  it('has a time-out', () => {
    expect(step(ask)).toMatchObject({ timeout: { to: 'end' } })
    // @ts-expect-error: every wait has a limit
    step({ kind: 'ask', slot: 'city', prompt, next: 'end' })
  })

  it('fills a slot with what the slot can hold', () => {
    expect(step({ ...ask, read: (words) => words })).toMatchObject({ slot: 'city' })
    // @ts-expect-error: there is no such slot
    step({ ...ask, slot: 'town' })
    // @ts-expect-error: a reader for text, a slot for numbers
    step({ ...ask, slot: 'count', read: (words: string) => words })
    step({ ...ask, slot: 'count', read: (words: string) => words.length })
    // @ts-expect-error: a route remembers a text as a number
    step({ ...ask, next: { to: 'end', set: (city: string) => ({ count: city }) } })
    step({ ...ask, next: { to: 'end', set: (city: string) => ({ count: city.length }) } })
  })

  it('offers replies of the type that it asks for', () => {
    const hello = { template: 'hello', vars: {} }
    expect(step({ ...ask, prompt: () => textMessage(hello, [reply(hello, 'beijing')]) })).toBeDefined()
    // @ts-expect-error: the slot holds a text
    step({ ...ask, prompt: () => textMessage(hello, [reply(hello, 7)]) })
    // @ts-expect-error: a statement asks nothing, so it has no replies
    step({ kind: 'say', message: () => textMessage(hello, [reply(hello, 'beijing')]), next: 'end' })
    step({ kind: 'say', message: () => textMessage(hello), next: 'end' })
  })

  it('in confidence fills a slot for references, and says what an answer looks like', () => {
    const secret = { ...ask, slot: 'code', confidential: true, shape: { digits: 6 } } as const
    expect(step(secret)).toMatchObject({ confidential: true })
    // @ts-expect-error: a slot that would hold the words themselves
    step({ ...secret, slot: 'city' })
    // @ts-expect-error: nobody could tell an answer from other words
    step({ ...ask, slot: 'code', confidential: true })
    // @ts-expect-error: the plugin cannot read what is said in confidence
    step({ ...secret, read: (words: string) => ({ secret: words }) })
  })
})

describe('a text', () => {
  it('is a declared one, with all of its variables and no others', () => {
    const say = (write: (context: Context) => Parameters<typeof textMessage>[0]): Step =>
      step({ kind: 'say', message: (context) => textMessage(write(context)), next: 'end' })
    expect(say(({ t }) => t('fare', { fare: money1, seats: 2 }))).toMatchObject({ kind: 'say' })
    say(({ t }) => t('hello'))
    // @ts-expect-error: no such text
    say(({ t }) => t('goodbye'))
    // @ts-expect-error: without its variables
    say(({ t }) => t('fare'))
    // @ts-expect-error: one of them is missing
    say(({ t }) => t('fare', { fare: money1 }))
    // @ts-expect-error: an amount is no number
    say(({ t }) => t('fare', { fare: 1, seats: 2 }))
    // @ts-expect-error: this text has no variables
    say(({ t }) => t('hello', { name: 'you' }))
    // @ts-expect-error: what has to stay is one of the variables
    text({ fare: 'money' }, { en: '{{fare}}' }, { keep: ['price'] })
    // @ts-expect-error: an unknown kind of variable
    text({ fare: 'float' }, { en: '{{fare}}' })
  })
})

describe('a confirm', () => {
  it('belongs to a plugin that provides a capability', () => {
    const on = { confirmed: 'end', cancelled: 'end', expired: 'end' } as const
    const confirm = { kind: 'confirm', order: () => 'o', method: () => 'm', on } as const
    expect(bankStep(confirm)).toMatchObject({ kind: 'confirm' })
    // @ts-expect-error: a merchant asks nobody to confirm a payment
    step(confirm)
    // @ts-expect-error: the order's expiry is one of the answers
    bankStep({ ...confirm, on: { confirmed: 'end', cancelled: 'end' } })
  })
})

describe('a collection', () => {
  const on = { found: 'end', none: 'end' } as const
  const where = (): { from: string } => ({ from: 'chengdu' })

  it('is read by its key and by its indexes', () => {
    expect(step({ kind: 'read', from: 'seats', by: 'route', where, limit: 5, on })).toMatchObject({ by: 'route' })
    step({ kind: 'read', from: 'seats', by: 'key', key: () => 'G1', on })
    // @ts-expect-error: no such collection
    step({ kind: 'read', from: 'chairs', by: 'key', key: () => 'G1', on })
    // @ts-expect-error: no such index
    step({ kind: 'read', from: 'seats', by: 'fare', where, limit: 5, on })
    // @ts-expect-error: a field that the index does not have
    step({ kind: 'read', from: 'seats', by: 'route', where: () => ({ left: 3 }), limit: 5, on })
    // @ts-expect-error: a list has a bound
    step({ kind: 'read', from: 'seats', by: 'route', where, on })
    // @ts-expect-error: `none` is not routed
    step({ kind: 'read', from: 'seats', by: 'route', where, limit: 5, on: { found: 'end' } })
  })

  it('is reserved by its counters', () => {
    const reserve = { kind: 'reserve', from: 'seats', of: () => ({ key: 'G1' }), holdMs: minutes(10) } as const
    const held = { held: { to: 'end', set: ({ unit }: Hold) => ({ count: unit }) }, none_left: 'end' } as const
    expect(step({ ...reserve, counter: 'places', on: held })).toMatchObject({ counter: 'places' })
    // @ts-expect-error: no such counter
    step({ ...reserve, counter: 'beds', on: held })
    // @ts-expect-error: an empty train is not routed
    step({ ...reserve, counter: 'places', on: { held: 'end' } })
    // @ts-expect-error: a hold has an end
    step({ kind: 'reserve', from: 'seats', of: () => ({ key: 'G1' }), counter: 'places', on: held })
  })

  it('names its key and capacities by fields that it has', () => {
    const refusal = 'declared in a way that cannot be kept'
    expect(collection(seat, { key: 'id' }).counters).toEqual({})
    // @ts-expect-error: no such field
    expect(() => collection(seat, { key: 'number' })).toThrow(refusal)
    // @ts-expect-error: an index over a field that is not there
    expect(() => collection(seat, { key: 'id', indexes: { price: ['fare'] } })).toThrow(refusal)
    // @ts-expect-error: a capacity that is not there
    expect(() => collection(seat, { key: 'id', counters: { places: { capacity: 'places' } } })).toThrow(refusal)
  })

  it('has neither indexes nor counters when it is personal', () => {
    const refusal = expect.objectContaining({ code: 'collection.declaration_refused' }) as Error
    expect(collection(seat, { key: 'id', dataClass: 'personal' }).dataClass).toBe('personal')
    // @ts-expect-error: an index would tell what is sealed
    expect(() => collection(seat, { key: 'id', dataClass: 'personal', indexes: { by: ['id'] } })).toThrow(refusal)
    // @ts-expect-error: so would a counter
    const counters = () => collection(seat, { key: 'id', dataClass: 'personal', counters: { c: { capacity: 'id' } } })
    expect(counters).toThrow(refusal)
  })

  it.each([
    ['an upgrade that is missing', { version: 2 }],
    ['a version that is none', { version: 1.5 }],
    ['a life of no length', { ttlMs: 0 }],
  ])('refuses %s', (_what, options) => {
    expect(() => collection(seat, { key: 'id', ...options })).toThrow('declared in a way that cannot be kept')
  })
})

describe('a wait', () => {
  const on = { happened: 'end', limit: 'end' } as const

  it('ends, whatever it waits for', () => {
    expect(step({ kind: 'wait', until: ({ now }) => now, next: 'end' })).toMatchObject({ kind: 'wait' })
    step({ kind: 'wait', need: 'pay', event: 'settled', limitMs: minutes(1), on })
    // @ts-expect-error: an event may never come
    step({ kind: 'wait', need: 'pay', event: 'settled', on })
    // @ts-expect-error: the capability tells no such thing
    step({ kind: 'wait', need: 'pay', event: 'refunded', limitMs: minutes(1), on })
    // @ts-expect-error: and if it never comes?
    step({ kind: 'wait', need: 'pay', event: 'settled', limitMs: minutes(1), on: { happened: 'end' } })
  })
})

describe('a plugin', () => {
  const steps = { first: end, end } as const
  const pay = defineFlow(dialogue, { ...flow, id: 'pay', input: z.strictObject({ order: z.string() }), steps })
  const book = defineFlow(contract, { ...flow, input: z.strictObject({ city: z.string() }), steps })

  it('that provides a capability holds the dialogue of each operation', () => {
    expect(definePlugin(dialogue, { flows: [pay], dialogues: { pay } }).dialogues).toEqual({ pay })
    // @ts-expect-error: the dialogue of `pay` is missing
    definePlugin(dialogue, { flows: [pay], dialogues: {} })
    // @ts-expect-error: the capability has no such operation
    definePlugin(dialogue, { flows: [pay], dialogues: { pay, refund: pay } })
    // @ts-expect-error: a dialogue is started with an order
    definePlugin(dialogue, { flows: [book], dialogues: { pay: book } })
    // @ts-expect-error: a scene provides nothing
    definePlugin(contract, { flows: [pay], dialogues: { pay } })
  })

  it('starts its flows with what they take', () => {
    const wanted = { flow: book, title: { en: 'Book' }, words: { en: ['book'] } }
    expect(intent({ ...wanted, input: { city: 'beijing' } }).flow).toBe(book)
    // @ts-expect-error: the flow wants a city
    intent({ ...wanted, input: {} })
    // @ts-expect-error: the reader understands something else
    intent({ ...wanted, input: { city: 'beijing' }, understand: () => ({ town: 'beijing' }) })
  })
})
