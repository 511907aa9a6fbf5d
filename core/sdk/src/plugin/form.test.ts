import { describe, expect, it } from 'vitest'
import {
  defineContract,
  defineFlow,
  definePlugin,
  form,
  formChoice,
  minutes,
  reply,
  text,
  textMessage,
  z,
} from '../index.ts'
import { applyEvent, getStep, startRun, type Advance, type Program, type RunEvent } from '../engine.ts'

const contract = defineContract({
  id: 'courier',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Courier' },
  config: z.strictObject({}),
  needs: {},
  texts: {
    plain: text({}, { en: 'Plain' }),
    all: text({ address: 'text', day: 'text' }, { en: '{{address}} {{day}}' }),
  },
  collections: {},
})

const state = z
  .strictObject({ address: z.string(), day: z.enum(['today', 'later']), checked: formChoice(['address', 'day']) })
  .partial()

const timeout = { afterMs: minutes(15), to: 'end' } as const
const courier = () =>
  form(contract, state, {
    id: 'order',
    fields: {
      address: {
        label: ({ t }) => t('plain'),
        words: ['地址', 'address'],
        prompt: ({ t }) => textMessage(t('plain')),
        read: (words) => words.trim(),
      },
      day: {
        label: ({ t }) => t('plain'),
        words: ['日期', 'day'],
        prompt: ({ t }) => textMessage(t('plain'), [reply(t('plain'), 'today'), reply(t('plain'), 'later')]),
      },
    },
    slot: 'checked',
    summary: ({ t, state: { address = '', day = '' } }) => t('all', { address, day }),
    buttons: { submit: ({ t }) => t('plain'), cancel: ({ t }) => t('plain') },
    timeout,
    submit: 'sent',
    cancel: 'end',
  })

const flow = defineFlow(contract, {
  id: 'send',
  revision: 1,
  input: z.strictObject({}),
  state,
  start: 'orderAddress',
  steps: { ...courier(), sent: { kind: 'end' }, end: { kind: 'end' } },
})
const sending = definePlugin(contract, { flows: [flow] }).flows['send'] ?? expect.fail('the plugin has its flow')
const program: Program = { flow: sending, config: {}, locale: 'en', timeZone: 'UTC' }

/** Answers the open question: with a value, or with words that its own reader takes. */
class Filling {
  #now: Advance = startRun(program, { kind: 'started', input: {}, at: 1 })

  get step(): string {
    return this.#now.state.step
  }

  get slots(): object {
    return this.#now.state.slots
  }

  answer(value: unknown): this {
    const event: RunEvent = { kind: 'answered', visit: this.#now.state.visit, value, at: 2 }
    this.#now = applyEvent(program, this.#now.state, event)
    return this
  }

  say(words: string): this {
    const step = getStep(program, this.step)
    const context = { state: this.slots, input: {}, config: {}, now: 2, locale: 'en', timeZone: 'UTC' } as never
    const value = step.kind === 'ask' ? step.read?.(words, context) : undefined
    expect(value, words).toBeDefined()
    return this.answer(value)
  }

  correct(): this {
    this.#now = applyEvent(program, this.#now.state, { kind: 'corrected', visit: this.#now.state.visit, at: 3 })
    return this
  }
}

const filled = (): Filling => new Filling().say('Nanjing Road 1').answer('today')

describe('a form', () => {
  it('asks one question after the other, and sends nothing before its summary is answered', () => {
    const filling = new Filling()
    expect(filling.step).toBe('orderAddress')
    expect(filling.say('Nanjing Road 1').step).toBe('orderDay')
    expect(filling.answer('today').step).toBe('orderSummary')
    expect(filling.answer('submit').step).toBe('sent')
    expect(filling.slots).toEqual({ address: 'Nanjing Road 1', day: 'today', checked: 'submit' })
  })

  it.each(['修改地址', '地址', 'correct address', 'Change the address!'])('corrects one answer alone: %s', (words) => {
    const filling = filled().say(words)
    expect([filling.step, filling.slots]).toEqual(['orderAddress', { day: 'today', checked: 'address' }])
    expect(filling.say('Beijing Road 2').step).toBe('orderSummary')
    expect(filling.slots).toEqual({ address: 'Beijing Road 2', day: 'today' })
  })

  it('corrects the last answer, and is left', () => {
    expect(filled().answer('day').step).toBe('orderDay')
    expect(filled().answer('cancel').step).toBe('end')
  })

  it('goes back to the question before, from its summary too', () => {
    expect(filled().correct().step).toBe('orderDay')
    expect(filled().correct().correct().step).toBe('orderAddress')
  })

  it('has one question at least and nine at most', () => {
    const none = { ...emptyForm(), fields: {} }
    expect(() => form(contract, state, none)).toThrow('the form order has 0 questions: it can have 1 to 9')
  })
})

const emptyForm = () =>
  ({
    id: 'order',
    slot: 'checked',
    summary: () => ({ template: 'plain', vars: {} }),
    buttons: {
      submit: () => ({ template: 'plain', vars: {} }),
      cancel: () => ({ template: 'plain', vars: {} }),
    },
    timeout,
    submit: 'end',
    cancel: 'end',
  }) as const

const field = { label: emptyForm().summary, words: [], prompt: () => textMessage(emptyForm().summary()) }

describe('what the compiler refuses of a form', () => {
  it('is a wrong slot, a wrong answer and a step that is not there', () => {
    expect(form(contract, state, { ...emptyForm(), fields: { day: field } })).toHaveProperty('orderDay')
    // @ts-expect-error: there is no such slot to fill
    form(contract, state, { ...emptyForm(), fields: { street: field } })
    // @ts-expect-error: this slot cannot hold what is said to the summary
    form(contract, state, { ...emptyForm(), slot: 'day', fields: { address: field } })
    // @ts-expect-error: the reader gives what the slot cannot hold
    form(contract, state, { ...emptyForm(), fields: { day: { ...field, read: () => 'yesterday' } } })
    const steps = { ...form(contract, state, { ...emptyForm(), submit: 'nowhere', fields: { day: field } }) }
    const rest = { id: 'f', revision: 1, input: z.strictObject({}), state, start: 'orderDay' } as const
    // @ts-expect-error: the flow has no step that the form leads to
    defineFlow(contract, { ...rest, steps: { ...steps, end: { kind: 'end' } } })
    expect(
      defineFlow(contract, { ...rest, steps: { ...courier(), sent: { kind: 'end' }, end: { kind: 'end' } } }).id,
    ).toBe('f')
  })
})
