import { describe, expect, it } from 'vitest'
import { teaHouse, teas } from '../../test/tea-house.ts'
import type { AnyStep, Plugin } from '../engine.ts'
import { minutes } from '../time.ts'
import { checkStories } from './check-stories.ts'
import { story, type Story } from './story.ts'

const setting = { plugin: teaHouse, documents: teas }
const buys = story('buys a tea', setting, ({ user, bank, bot, money }) => {
  user.says('tea')
  bot.asked('Which tea?')
  user.taps('Green tea')
  bank.accepts()
  bot.said('Paid')
  money.balanced()
})
const waits = story('waits for the bank', setting, ({ user, bank, bot, clock }) => {
  user.says('tea')
  clock.advance(minutes(6))
  user.says('black tea')
  bank.timesOut()
  bank.settles({ result: 'succeeded', receipt: 'R-9' })
  bot.said('Paid')
})
const leaves = story('leaves in the middle', { ...setting, neighbour: { config: { price: '8.00' } } }, ({ user }) => {
  user.says('tea')
  user.taps('Black tea')
})
const all = [buys, waits, leaves]

/** The tea house with another step in the place of one of its own. */
function change(name: string, step: (before: AnyStep) => object): Plugin {
  const { order } = teaHouse.flows
  if (!order) throw new Error('no flow')
  const steps = { ...order.steps, [name]: step(order.steps[name] ?? { kind: 'end' }) as AnyStep }
  const flow = { ...order, steps }
  const intents = Object.entries(teaHouse.intents).map(([key, intent]) => [
    key,
    intent.flow.id === 'order' ? { ...intent, flow } : intent,
  ])
  return {
    ...teaHouse,
    flows: { ...teaHouse.flows, order: flow },
    intents: Object.fromEntries(intents) as Plugin['intents'],
  }
}

const problemsOf = async (plugin: Plugin, stories: readonly Story[] = all): Promise<string[]> =>
  (await checkStories(plugin, stories)).map(({ story: name, variant, problem }) => `${name}, ${variant}: ${problem}`)

describe('the check of stories', () => {
  it('has nothing against a good plugin', async () => {
    expect(await problemsOf(teaHouse)).toEqual([])
    expect(await problemsOf(teaHouse, [buys])).toEqual([])
  })

  it('says what is not as the story tells', async () => {
    const silent = change('thank', () => ({ kind: 'end' }))
    expect(await problemsOf(silent, [buys])).toEqual([
      'buys a tea, as it is told: the bot did not say Paid but nothing',
    ])
  })

  it('finds a variable that outlives a run', async () => {
    let last = ''
    const leaky = change('pay', (pay) => ({
      ...pay,
      input: (context: { state: { tea?: string } }) => {
        const purpose = `tea: ${last}`
        last = context.state.tea ?? ''
        return { amount: { amountMinor: 1200n, currency: 'CNY' }, purpose }
      },
    }))
    const problems = await problemsOf(leaky)
    expect(problems.join('\n')).toContain('beside another tenant')
    expect(problems.join('\n')).toContain('after a restart')
  })

  it('finds what does not survive storage', async () => {
    const dated = change('keep', (keep) => ({
      ...keep,
      on: { held: { to: 'pay', set: (hold: unknown) => ({ hold, tea: new Map() }) }, none_left: 'gone' },
    }))
    expect((await problemsOf(dated, [buys])).join('\n')).toContain('a slot does not fit: tea')
  })

  it('finds money that is asked for twice', async () => {
    const greedy = change('checking', (checking) => ({ ...checking, next: 'pay' }))
    const told = story('pays again', setting, ({ user, bank }) => {
      user.says('tea')
      user.taps('Black tea')
      bank.timesOut()
    })
    expect((await problemsOf(greedy, [told])).join('\n')).toContain('pay.pay was asked once more')
  })

  it('finds what was meant for the bank alone', async () => {
    const told = story('tells the bank', setting, ({ user, bank }) => {
      user.says('tea')
      user.taps('Black tea')
      user.says('tea: black')
      bank.accepts()
    })
    expect((await problemsOf(teaHouse, [told])).join('\n')).toContain('saw what was told to the bank alone')
  })

  it('plays what is left open to its end', async () => {
    const forever = change('regret', () => ({ kind: 'branch', when: [], otherwise: 'regret' }))
    expect((await problemsOf(forever, [leaves])).join('\n')).toContain('leaves in the middle, to its end:')
  })
})
