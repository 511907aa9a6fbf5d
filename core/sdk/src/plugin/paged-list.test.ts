import { describe, expect, it } from 'vitest'
import {
  choice,
  defineContract,
  defineFlow,
  definePlugin,
  listPick,
  minutes,
  pagedList,
  reply,
  text,
  z,
} from '../index.ts'
import { applyEvent, startRun, type Advance, type Program } from '../engine.ts'

const contract = defineContract({
  id: 'shelf',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Shelf' },
  config: z.strictObject({}),
  needs: {},
  texts: { plain: text({}, { en: 'Plain' }), named: text({ name: 'text' }, { en: '{{name}}' }) },
  collections: {},
})

const state = z
  .strictObject({
    count: z.number(),
    article: z.string(),
    pick: listPick(z.string()),
    page: z.number(),
    size: z.enum(['small', 'large']),
  })
  .partial()

const timeout = { afterMs: minutes(15), to: 'end' } as const
const namesOf = (count: number): string[] => Array.from({ length: count }, (_each, index) => `A${index + 1}`)

const shelf = () =>
  pagedList(contract, state, {
    id: 'shop',
    slot: 'article',
    pick: 'pick',
    page: 'page',
    items: ({ state: { count = 0 } }) => namesOf(count),
    card: (name, { t }) => ({ title: t('named', { name }), suggestions: [reply(t('plain'), name)] }),
    buttons: { more: ({ t }) => t('named', { name: 'more' }), back: ({ t }) => t('named', { name: 'back' }) },
    read: (words) => (/^A\d+$/.test(words) ? words : undefined),
    timeout,
    none: 'empty',
    next: 'askSize',
  })

const flow = defineFlow(contract, {
  id: 'buy',
  revision: 1,
  input: z.strictObject({ count: z.number() }),
  state,
  begin: ({ count }) => ({ count }),
  start: 'shopStart',
  steps: {
    ...shelf(),
    askSize: choice(contract, state, {
      slot: 'size',
      ask: ({ t }) => t('plain'),
      choices: [
        { value: 'small', label: ({ t }) => t('named', { name: 'Small' }), words: ['小', 's'] },
        { value: 'large', label: ({ t }) => t('named', { name: 'Large' }) },
      ],
      timeout,
      next: 'end',
    }),
    empty: { kind: 'end' },
    end: { kind: 'end' },
  },
})
const buy = definePlugin(contract, { flows: [flow] }).flows['buy'] ?? expect.fail('the plugin has its flow')
const program: Program = { flow: buy, config: {}, locale: 'en', timeZone: 'UTC' }

class Shopping {
  now: Advance

  constructor(count: number) {
    this.now = startRun(program, { kind: 'started', input: { count }, at: 1 })
  }

  /** What the open question shows: its cards, and the labels below them. */
  get shown(): readonly [number, readonly unknown[]] {
    const asked = this.now.commands.at(-1)
    const content = asked?.kind === 'ask' ? asked.content : expect.fail('nothing is asked')
    return [
      content.kind === 'carousel' ? content.cards.length : 0,
      content.chips.map(({ label }) => label.vars['name'] ?? label.template),
    ]
  }

  tap(name: string): this {
    const { options, visit } = this.now.state
    const option = options.find(({ label, value }) => label.vars['name'] === name || isOf(value, name))
    expect(option, name).toBeDefined()
    this.now = applyEvent(program, this.now.state, { kind: 'answered', visit, value: option?.value, at: 2 })
    return this
  }
}

const isOf = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && 'value' in value && value.value === name

describe('a paged list', () => {
  it.each([
    [1, 1, []],
    [10, 10, []],
    [11, 10, ['more']],
  ] as const)('of %i shows %i at first', (count, cards, chips) => {
    expect(new Shopping(count).shown).toEqual([cards, chips])
  })

  it('is turned there and back, to the last and to the first page', () => {
    const shopping = new Shopping(25)
    expect(shopping.tap('more').shown).toEqual([10, ['more', 'back']])
    expect(shopping.tap('more').shown).toEqual([5, ['back']])
    expect(shopping.tap('back').tap('back').shown).toEqual([10, ['more']])
  })

  it('gives what was taken, of whatever page, and forgets the pages', () => {
    const { state: after } = new Shopping(25).tap('more').tap('A13').now
    expect([after.step, after.slots]).toEqual(['askSize', { count: 25, article: 'A13' }])
  })

  it('takes its own way when there is nothing in it', () => {
    expect(new Shopping(0).now.state.step).toBe('empty')
  })

  it('reads words over all pages', () => {
    const step = buy.steps['shopPage']
    const context = { state: {}, input: {}, config: {}, now: 1, locale: 'en', timeZone: 'UTC' } as never
    expect(step?.kind === 'ask' && [step.read?.('A25', context), step.read?.('what?', context)]).toEqual([
      { value: 'A25' },
      undefined,
    ])
  })
})

describe('a choice', () => {
  it('shows its answers and reads their other words', () => {
    const shopping = new Shopping(1).tap('A1')
    expect(shopping.shown).toEqual([0, ['Small', 'Large']])
    const step = buy.steps['askSize']
    expect(step?.kind === 'ask' && ['小', 'S!', 'large'].map((words) => step.read?.(words, {} as never))).toEqual([
      'small',
      'small',
      undefined,
    ])
    expect(shopping.tap('Large').now.state.slots).toMatchObject({ size: 'large' })
  })

  it('has at most eleven answers', () => {
    const ask = () => ({ template: 'plain', vars: {} })
    const choices = namesOf(12).map((value) => ({ value, label: ask }))
    const options = { slot: 'article', ask, choices, timeout, next: 'end' } as const
    expect(() => choice(contract, state, options)).toThrow('12 choices: it can have 1 to 11')
  })
})

describe('what the compiler refuses of a list', () => {
  const ask = () => ({ template: 'plain', vars: {} })
  const list = {
    id: 'shop',
    slot: 'article',
    pick: 'pick',
    page: 'page',
    items: () => ['one'],
    card: (name: string) => ({ title: ask(), suggestions: [reply(ask(), name)] }),
    buttons: { more: ask, back: ask },
    timeout,
    none: 'end',
    next: 'end',
  } as const

  it('is a slot of another type and a step that is not there', () => {
    expect(pagedList(contract, state, list)).toHaveProperty('shopPage')
    // @ts-expect-error: what is taken is text, and this slot holds numbers
    pagedList(contract, state, { ...list, slot: 'count' })
    // @ts-expect-error: this slot cannot hold a turned page
    pagedList(contract, state, { ...list, pick: 'article' })
    // @ts-expect-error: the number of a page does not fit into a text
    pagedList(contract, state, { ...list, page: 'article' })
    const one = { slot: 'size', ask, timeout, next: 'end' } as const
    expect(choice(contract, state, { ...one, choices: [{ value: 'small', label: ask }] }).kind).toBe('ask')
    // @ts-expect-error: the slot cannot hold this answer
    choice(contract, state, { ...one, choices: [{ value: 'huge', label: ask }] })
    const rest = { id: 'f', revision: 1, input: z.strictObject({}), state, start: 'shopStart' } as const
    const steps = pagedList(contract, state, { ...list, next: 'nowhere' })
    // @ts-expect-error: the flow has no step that the list leads to
    defineFlow(contract, { ...rest, steps: { ...steps, end: { kind: 'end' } } })
  })
})
