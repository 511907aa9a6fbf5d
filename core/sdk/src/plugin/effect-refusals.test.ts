import { describe, expect, it } from 'vitest'
import {
  collection,
  defineContract,
  defineFlow,
  definePlugin,
  intent,
  minutes,
  money,
  moneySchema,
  need,
  reaction,
  text,
  textMessage,
  z,
  type Content,
  type ContextOf,
  type StepOf,
} from '../index.ts'
import { payment } from '../capabilities.ts'

/*
 * What the compiler refuses of steps that write, ask, tell and run, each beside a twin that it takes. A refusal that is
 * none any more is an unused directive, which the type check of `npm test` reports; so is a twin that is refused.
 */
const purpose = { en: 'to be paid' }
const basket = z.strictObject({ id: z.string(), price: moneySchema, count: z.int() })
const declaration = {
  ...{ id: 'sample', publisher: 'somebody', version: '1.0.0', host: '^0.1', locales: ['en'] },
  title: { en: 'Sample' },
  config: z.strictObject({}),
  texts: { hello: text({}, { en: 'Hello' }), due: text({ due: 'money' }, { en: 'Due {{due}}' }) },
  collections: {
    baskets: collection(basket, { key: 'id' }),
    mine: collection(basket, { key: 'id', dataClass: 'personal' }),
    parcels: collection(basket, { key: 'id', indexes: { count: ['count'] } }),
  },
  egress: {
    shop: { host: 'shop.example.com', purpose, data: ['public'], answer: z.strictObject({ total: moneySchema }) },
  },
  emits: { shipped: z.strictObject({ parcel: z.string(), price: moneySchema }) },
  listens: { arrived: { plugin: 'travel', event: 'arrived', data: z.strictObject({ city: z.string() }) } },
} as const
const contract = defineContract({ ...declaration, needs: { pay: need(payment, { range: '^1', purpose }) } })
const quiet = defineContract({ ...declaration, needs: {}, egress: {}, emits: {}, listens: {} })

const state = z.strictObject({ city: z.string(), count: z.number(), total: moneySchema }).partial()
type Slots = z.infer<typeof state>
type Step = StepOf<typeof contract, Slots, 'first' | 'end', { city: string }>
type QuietStep = StepOf<typeof quiet, Slots, 'first' | 'end'>
type Context = ContextOf<typeof contract, Slots>
const step = (written: Step): Step => written
const quietStep = (written: QuietStep): QuietStep => written

const end = { kind: 'end' } as const
const one = money('1.00', 'CNY')
const flow = { id: 'f', revision: 1, input: z.strictObject({ city: z.string() }), state, start: 'first' } as const

describe('a write', () => {
  const put = () => ({ id: 'b', price: one, count: 1 })
  const on = { written: 'end', present: 'end' } as const

  it('puts documents of the collection', () => {
    expect(step({ kind: 'write', to: 'baskets', put, next: 'end' })).toMatchObject({ to: 'baskets' })
    // @ts-expect-error: no such collection
    step({ kind: 'write', to: 'bags', put, next: 'end' })
    // @ts-expect-error: a field is missing
    step({ kind: 'write', to: 'baskets', put: () => ({ id: 'b', price: one }), next: 'end' })
    // @ts-expect-error: an amount is no number
    step({ kind: 'write', to: 'baskets', put: () => ({ id: 'b', price: 1, count: 1 }), next: 'end' })
    step({
      ...{ kind: 'write', to: 'baskets', next: 'end' },
      // @ts-expect-error: minor units are a bigint
      put: () => ({ ...put(), price: { amountMinor: 1, currency: 'CNY' } }),
    })
    // @ts-expect-error: no such step
    step({ kind: 'write', to: 'baskets', put, next: 'nowhere' })
  })

  it('says what follows when a document is there already', () => {
    expect(step({ kind: 'write', to: 'baskets', insert: put, on })).toMatchObject({ on })
    // @ts-expect-error: and if it is there already?
    step({ kind: 'write', to: 'baskets', insert: put, on: { written: 'end' } })
    // @ts-expect-error: an insert has two ways to go on
    step({ kind: 'write', to: 'baskets', insert: put, next: 'end' })
    // @ts-expect-error: it is taken out by its key
    step({ kind: 'write', to: 'baskets', remove: () => 7, next: 'end' })
    step({ kind: 'write', to: 'baskets', remove: () => 'b', next: 'end' })
  })

  it('does one thing', () => {
    expect(step({ kind: 'write', to: 'baskets', put, next: 'end' })).toBeDefined()
    // @ts-expect-error: written or taken out?
    step({ kind: 'write', to: 'baskets', put, remove: () => 'b', next: 'end' })
    // @ts-expect-error: nothing is written
    step({ kind: 'write', to: 'baskets', next: 'end' })
  })
})

describe('a fetch', () => {
  const request = () => ({ method: 'GET', path: '/total' }) as const
  const on = { answered: 'end', failed: 'end' } as const

  it('asks a declared host and routes its failure', () => {
    expect(step({ kind: 'fetch', from: 'shop', request, on })).toBeDefined()
    step({
      kind: 'fetch',
      from: 'shop',
      request,
      on: { answered: { to: 'end', set: ({ total }) => ({ total }) }, failed: 'end' },
    })
    // @ts-expect-error: nobody declared this host
    step({ kind: 'fetch', from: 'bank', request, on })
    // @ts-expect-error: hosts fail
    step({ kind: 'fetch', from: 'shop', request, on: { answered: 'end' } })
    // @ts-expect-error: it is asked or told, nothing else
    step({ kind: 'fetch', from: 'shop', request: () => ({ method: 'DELETE', path: '/' }), on })
    // @ts-expect-error: the contract has no hosts
    quietStep({ kind: 'fetch', from: 'shop', request, on })
  })

  it('knows what is answered, and why nothing was', () => {
    const answered = { kind: 'fetch', from: 'shop', request } as const
    step({ ...answered, on: { answered: 'end', failed: { to: 'end', set: ({ reason }) => ({ city: reason }) } } })
    // @ts-expect-error: the answer has no such part
    step({ ...answered, on: { answered: { to: 'end', set: ({ sum }) => ({ total: sum }) }, failed: 'end' } })
    // @ts-expect-error: an amount does not fit into a number
    step({ ...answered, on: { answered: { to: 'end', set: ({ total }) => ({ count: total }) }, failed: 'end' } })
    expect(answered.from).toBe('shop')
  })
})

describe('an emit', () => {
  it('tells a declared event with its data', () => {
    const data = () => ({ parcel: 'p', price: one })
    expect(step({ kind: 'emit', event: 'shipped', data, next: 'end' })).toMatchObject({ event: 'shipped' })
    // @ts-expect-error: no such event
    step({ kind: 'emit', event: 'lost', data, next: 'end' })
    // @ts-expect-error: half of its data
    step({ kind: 'emit', event: 'shipped', data: () => ({ parcel: 'p' }), next: 'end' })
    // @ts-expect-error: an amount is no number
    step({ kind: 'emit', event: 'shipped', data: () => ({ parcel: 'p', price: 100 }), next: 'end' })
    // @ts-expect-error: the contract tells nothing
    quietStep({ kind: 'emit', event: 'shipped', data, next: 'end' })
  })
})

describe('a question', () => {
  const prompt = ({ t }: Context): Content => textMessage(t('hello'))
  const ask = { kind: 'ask', slot: 'city', prompt, timeout: { afterMs: minutes(5), to: 'end' }, next: 'end' } as const

  it('reminds with a statement', () => {
    expect(
      step({ ...ask, reminder: { afterMs: minutes(1), message: ({ t }) => textMessage(t('hello')) } }),
    ).toBeDefined()
    // @ts-expect-error: when?
    step({ ...ask, reminder: { message: prompt } })
    // @ts-expect-error: with which words?
    step({ ...ask, reminder: { afterMs: minutes(1) } })
    // @ts-expect-error: no such text
    step({ ...ask, reminder: { afterMs: minutes(1), message: ({ t }: Context) => textMessage(t('bye')) } })
    // @ts-expect-error: an amount is no number
    step({ ...ask, reminder: { afterMs: minutes(1), message: ({ t }: Context) => textMessage(t('due', { due: 1 })) } })
  })
})

describe('a personal collection', () => {
  const on = { found: 'end', none: 'end' } as const

  it('is read by key and by whose it is', () => {
    expect(step({ kind: 'read', from: 'mine', by: 'mine', limit: 5, on })).toMatchObject({ by: 'mine' })
    step({ kind: 'read', from: 'mine', by: 'key', key: () => 'b', on })
    // @ts-expect-error: these belong to nobody
    step({ kind: 'read', from: 'parcels', by: 'mine', limit: 5, on })
    // @ts-expect-error: a list has a bound
    step({ kind: 'read', from: 'mine', by: 'mine', on })
    const held = { held: 'end', none_left: 'end' } as const
    // @ts-expect-error: it has no counters
    step({ kind: 'reserve', from: 'mine', counter: 'count', of: () => ({ key: 'b' }), holdMs: 1, on: held })
  })
})

describe('a sub-flow', () => {
  const result = { kind: 'end', result: () => one } as const
  const price = defineFlow(contract, {
    ...flow,
    id: 'price-of',
    result: moneySchema,
    steps: { first: result, end: result },
  })
  const runs = { price }
  const input = ({ input: { city } }: ContextOf<typeof contract, Slots, { city: string }>) => ({ city })

  it('hands back what it promises', () => {
    expect(price.result).toBe(moneySchema)
    defineFlow(contract, {
      ...{ ...flow, result: moneySchema },
      // @ts-expect-error: it promises an amount
      steps: { first: { kind: 'end', result: () => 1 }, end },
    })
    defineFlow(contract, {
      ...flow,
      // @ts-expect-error: it promises nothing
      steps: { first: result, end },
    })
  })

  it('is given what it takes, and its result goes where it fits', () => {
    const outer = defineFlow(contract, {
      ...flow,
      runs,
      steps: {
        first: {
          ...{ kind: 'run', flow: 'price' },
          input: ({ input: { city } }) => ({ city }),
          on: { done: { to: 'end', set: (total) => ({ total }) } },
        },
        end,
      },
    })
    expect(outer.steps['first']).toMatchObject({ kind: 'run', flow: 'price-of' })
    expect(outer).not.toHaveProperty('runs')
  })

  it('is one of those that the flow runs', () => {
    type Running = StepOf<typeof contract, Slots, 'first' | 'end', { city: string }, undefined, typeof runs>
    const running = (written: Running): Running => written
    expect(running({ kind: 'run', flow: 'price', input, on: { done: 'end' } })).toMatchObject({ flow: 'price' })
    // @ts-expect-error: no such flow
    running({ kind: 'run', flow: 'cost', input, on: { done: 'end' } })
    // @ts-expect-error: it wants a city
    running({ kind: 'run', flow: 'price', input: () => ({}), on: { done: 'end' } })
    // @ts-expect-error: no such step
    running({ kind: 'run', flow: 'price', input, on: { done: 'nowhere' } })
    // @ts-expect-error: an amount does not fit into a number
    running({ kind: 'run', flow: 'price', input, on: { done: { to: 'end', set: (total) => ({ count: total }) } } })
    // @ts-expect-error: a sub-flow comes to an end, and then?
    running({ kind: 'run', flow: 'price', input, on: {} })
    // @ts-expect-error: this flow runs no others
    step({ kind: 'run', flow: 'price', input, on: { done: 'end' } })
  })

  it('says at the wrong word what is wrong', () => {
    const written = defineFlow(contract, {
      ...flow,
      runs,
      steps: {
        // @ts-expect-error: no such flow
        first: { kind: 'run', flow: 'cost', input: () => ({ city: '' }), on: { done: 'end' } },
        end,
      },
    })
    expect(written.start).toBe('first')
    defineFlow(contract, {
      ...flow,
      runs,
      steps: {
        first: {
          ...{ kind: 'run', flow: 'price' },
          input: () => ({ city: '' }),
          // @ts-expect-error: no such step
          on: { done: 'nowhere' },
        },
        end,
      },
    })
  })
})

describe('a move', () => {
  const steps = { first: end, end } as const

  it('leads to steps of the flow with slots of the flow', () => {
    const moves = { 1: { steps: { old: 'first' }, slots: () => ({ city: 'x' }) } } as const
    expect(defineFlow(contract, { ...flow, revision: 2, steps, moves }).moves).toEqual(moves)
    // @ts-expect-error: no such step
    defineFlow(contract, { ...flow, revision: 2, steps, moves: { 1: { steps: { old: 'nowhere' } } } })
    // @ts-expect-error: no such slot
    defineFlow(contract, { ...flow, revision: 2, steps, moves: { 1: { steps: {}, slots: () => ({ town: 'x' }) } } })
    // @ts-expect-error: an amount is no number
    defineFlow(contract, { ...flow, revision: 2, steps, moves: { 1: { steps: {}, slots: () => ({ total: 1 }) } } })
    // @ts-expect-error: revisions are numbers
    defineFlow(contract, { ...flow, revision: 2, steps, moves: { first: { steps: {} } } })
  })
})

describe('a contract', () => {
  it('has ceilings of money', () => {
    const options = { range: '^1', purpose }
    expect(need(payment, { ...options, ceiling: { perCall: one, perMinute: 5 } }).ceiling?.perCall).toBe(one)
    // @ts-expect-error: a number of what?
    need(payment, { ...options, ceiling: { perCall: 100 } })
    // @ts-expect-error: minor units are a bigint
    need(payment, { ...options, ceiling: { perDay: { amountMinor: 100, currency: 'CNY' } } })
    // @ts-expect-error: no such window
    need(payment, { ...options, ceiling: { perWeek: one } })
  })

  it('says for what, and which data, it asks a host', () => {
    const shop = { host: 'shop.example.com', purpose, data: ['public'], answer: z.unknown() } as const
    expect(defineContract({ ...declaration, needs: {}, egress: { shop } }).declaration.egress.shop).toBe(shop)
    const { purpose: _, ...aimless } = shop
    // @ts-expect-error: for what?
    defineContract({ ...declaration, needs: {}, egress: { shop: aimless } })
    // @ts-expect-error: no such class of data
    defineContract({ ...declaration, needs: {}, egress: { shop: { ...shop, data: ['secret'] } } })
    // @ts-expect-error: what does it answer?
    defineContract({ ...declaration, needs: {}, egress: { shop: { host: 'a.example.com', purpose, data: [] } } })
  })
})

describe('a reaction', () => {
  const steps = { first: end, end } as const
  const greet = defineFlow(contract, { ...flow, steps })
  const lost = defineFlow(quiet, { ...flow, steps })

  it('starts a flow with what it takes, out of the data of the event', () => {
    const arrived = reaction({ flow: greet, input: ({ city }: { city: string }) => ({ city }) })
    expect(definePlugin(contract, { flows: [greet], reactions: { arrived } }).reactions).toEqual({ arrived })
    definePlugin(contract, {
      flows: [greet],
      reactions: { arrived: reaction({ flow: greet, input: ({ city }) => ({ city }) }) },
    })
    // @ts-expect-error: the flow wants a city
    reaction({ flow: greet, input: () => ({}) })
    // @ts-expect-error: it listens to one event only
    definePlugin(contract, { flows: [greet], reactions: { arrived, left: arrived } })
    // @ts-expect-error: it listens to an event and does nothing
    definePlugin(contract, { flows: [greet], reactions: {} })
    definePlugin(contract, {
      flows: [greet],
      // @ts-expect-error: the event has no such part
      reactions: { arrived: reaction({ flow: greet, input: ({ town }) => ({ city: town }) }) },
    })
    const wanted = { flow: lost, title: { en: 'Lost' }, words: { en: ['lost'] } }
    expect(intent({ ...wanted, input: { city: '' } }).flow).toBe(lost)
  })
})
