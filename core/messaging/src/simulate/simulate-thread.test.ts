import { expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, intent, minutes, text, textMessage, z } from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'
import { shop } from '../../test/sample-shop.ts'
import { Thread } from '../../test/thread.ts'
import { smsProfile } from '../text/preview-text.ts'
import type { SimulatedAct } from './act.ts'
import type { SimulatedBank } from './bank.ts'
import type { SimulationBudget } from './play.ts'
import { simulateThread, type Simulation } from './simulate-thread.ts'

const nobody = (): never => {
  throw new Error('nobody is asked for this')
}

/** Only ever looked at: in these threads nothing is bought. */
const bank: SimulatedBank = {
  ...{ open: nobody, allow: nobody, refund: nobody, present: nobody, consent: nobody, commit: nobody },
  ...{ refuse: nobody, close: nobody, describe: () => undefined, perform: nobody, promise: nobody, decide: nobody },
  listUndecided: () => [],
  save: () => () => undefined,
}

const free: SimulationBudget = {
  elapsedMs: () => 0,
  workedMs: () => 0,
  breathe: () => Promise.resolve(),
  spend: () => undefined,
  limitMs: 1,
  turns: 100,
}

function simulate(
  plugins: readonly Plugin[],
  acts: readonly SimulatedAct[],
  other: Partial<Pick<Simulation, 'budget' | 'kills'>> = {},
) {
  const { tenancy } = new Thread({ plugins })
  const [bot] = tenancy.bots.values()
  if (!bot) throw new Error('there is one bot')
  const log = { event: nobody }
  const parts = { tenancy, bot, profile: smsProfile, kills: [], startsAt: 1_772_676_000_000_000, seed: 'a' }
  return simulateThread({ ...parts, bank, log, store: { read: nobody }, acts, budget: free, ...other })
}

const says = (words: string): SimulatedAct => ({ does: 'says', words })

it('says why each word was taken so, and where the thread then stands', async () => {
  const { turns, open } = await simulate([shop], [says('order to Beijing'), says('menu'), says('nonsense')])
  expect(turns.map(({ why }) => why)).toEqual([
    { by: 'understood', plugin: 'shop', flow: 'order', intent: 'order', value: { city: 'Beijing' } },
    { by: 'word', word: 'menu' },
    { by: 'not_read', plugin: 'shop', flow: 'order', step: 'offer' },
  ])
  expect(open).toMatchObject([{ flow: 'order', step: 'offer', kind: 'ask', slots: { city: 'Beijing' } }])
})

it('lets time pass when it is told to: a question runs out, and a button is late', async () => {
  const wait = { does: 'waits', ms: minutes(6) } as const
  const { turns, open, now } = await simulate([shop], [says('order'), wait])
  expect(turns.at(-1)).toMatchObject({ from: 'time', why: { by: 'time', value: 'timeout', step: 'askCity' } })
  expect(open).toEqual([])
  expect(now).toBe(1_772_676_000_000_000 + 1_000_000 + 360_000_000)
})

it('stops at what it may use up, and says of which', async () => {
  const acts = [says('order'), says("to Xi'an"), says('menu')]
  expect(await simulate([shop], acts, { budget: { ...free, turns: 2 } })).toMatchObject({ cut: 'length' })
  let clock = 0
  const slow = { ...free, limitMs: 1500, elapsedMs: () => (clock += 1000) }
  const { cut, turns } = await simulate([shop], acts, { budget: slow })
  expect([cut, turns.length]).toEqual(['time', 2])
})

it('begins nothing that a switch stops', async () => {
  const { turns } = await simulate([shop], [says('order')], { kills: [{ level: 'runs', plugin: 'shop' }] })
  expect(turns[0]?.messages[0]).toMatchObject({ voice: 'platform' })
  expect(turns[0]?.steps).toEqual([])
})

it('shows what a plugin throws, and that nothing of the turn would have happened', async () => {
  const { turns, open } = await simulate([stumbler], [says('stumble'), says('go on')])
  expect(turns.map(({ problem }) => problem)).toEqual([
    undefined,
    { code: 'plugin.threw', data: expect.objectContaining({ plugin: 'stumbler' }), detail: 'no such thing' },
  ])
  expect(turns[1]).toMatchObject({ steps: [], messages: [{ voice: 'platform' }], cases: ['turn_failed'] })
  expect(open).toMatchObject([{ step: 'ask' }])
})

it('carries out no act that nobody can', async () => {
  const acts: readonly SimulatedAct[] = [
    { does: 'taps', label: 'Buy' },
    { does: 'picks', label: 'Tickets' },
    { does: 'bank', answers: 'accepts' },
    { does: 'settles', result: 'succeeded' },
    { does: 'host', answer: { kind: 'failed', reason: 'late' } },
  ]
  const { turns } = await simulate([shop], acts)
  expect(turns.map(({ problem }) => problem?.code)).toEqual([
    ...['simulation.no_such_button', 'simulation.no_such_entry', 'simulation.nothing_asked'],
    ...['simulation.nothing_undecided', 'simulation.nothing_asked'],
  ])
})

const contract = defineContract({
  ...{ id: 'stumbler', publisher: 'somebody', version: '1.0.0', host: '^0.1', locales: ['en'] },
  title: { en: 'Stumbler' },
  config: z.strictObject({}),
  needs: {},
  texts: { ask: text({}, { en: 'And now?' }) },
  collections: {},
})
const flow = defineFlow(contract, {
  id: 'stumble',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ answer: z.string() }).partial(),
  start: 'ask',
  steps: {
    ask: {
      kind: 'ask',
      slot: 'answer',
      prompt: ({ t }) => textMessage(t('ask')),
      read: (words) => words,
      timeout: { afterMs: minutes(5), to: 'end' },
      next: 'say',
    },
    say: {
      kind: 'say',
      message: () => {
        throw new Error('no such thing')
      },
      next: 'end',
    },
    end: { kind: 'end' },
  },
})
const stumbler: Plugin = definePlugin(contract, {
  flows: [flow],
  intents: { stumble: intent({ flow, title: { en: 'Stumble' }, words: { en: ['stumble'] }, input: {} }) },
})
