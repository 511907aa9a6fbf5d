import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import payment from '@inthread/plugin-payment'
import travel from '@inthread/plugin-travel'
import type { Guest } from '@inthread/messaging/ports'
import type { OpenGuests } from '@inthread/runtime'
import { applyEvent, startRun, type Advance, type Plugin, type Program, type RunEvent } from '@inthread/sdk/engine'
import { faultCodeOf, isFault } from '@inthread/sdk/fault'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import { bundlePackage, openTestGuests } from '../kit/guest-package.ts'
import { getTestSeed } from '../kit/chance/seed.ts'
import { openDraw } from '../kit/chance/draw.ts'
import { drawEvent, type Shelf } from './kit/draw-event.ts'

const root = new URL('../..', import.meta.url)
const journals = 40
const entriesAtMost = 25

let guests: OpenGuests
const opened = new Map<string, { readonly plugin: Plugin; readonly guest: Guest }>()

beforeAll(async () => {
  guests = openTestGuests()
  for (const [name, plugin] of [['travel', travel] as const, ['payment', payment] as const]) {
    const code = await bundlePackage(plugin, fileURLToPath(new URL(`plugins/${name}/plugin.ts`, root)))
    const { guest } = guests.open(code)
    if (guest) opened.set(name, { plugin, guest })
  }
})
afterAll(() => guests.close())

function readShelf(): Shelf {
  const read = (file: string): Record<string, unknown>[] => {
    const [head = '', ...lines] = readFileSync(new URL(`tenants/northern-rail/${file}`, root), 'utf8')
      .trim()
      .split('\n')
    const names = head.split(',')
    return lines.map((line) =>
      Object.fromEntries(line.split(',').map((cell, at) => [names[at], /^\d+$/.test(cell) ? Number(cell) : cell])),
    )
  }
  const { trains, seats } = travel.contract.declaration.collections
  const parse = (file: string, schema: NonNullable<typeof trains>['schema'] | undefined) =>
    read(file).map((row) => schema?.parse(row) ?? row)
  return { trains: parse('trains.csv', trains?.schema), seats: parse('seats.csv', seats?.schema) }
}

/** One entry in process: as a value, or as the code of what the plugin threw. */
function foldHere(program: Program, before: Advance | undefined, event: RunEvent): Advance | string {
  try {
    if (event.kind === 'started') return startRun(program, event)
    return before ? applyEvent(program, before.state, event) : 'no state'
  } catch (error) {
    return isFault(error) ? faultCodeOf(error) : 'guest.threw'
  }
}

interface Walk {
  /** Another one for each journal: a plugin that rests would answer nothing. */
  readonly tenantId: string
  readonly plugin: Plugin
  readonly guest: Guest
  readonly flow: string
  readonly input: unknown
  readonly chance: () => number
}

/** Folds a random journal in both tiers; returns how many entries were alike before the run ended. */
async function walk({ tenantId, plugin, guest, flow: name, input, chance }: Walk, shelf: Shelf): Promise<number> {
  const flow = plugin.flows[name]
  if (!flow) throw new Error(`there is no flow ${name}`)
  const { config: schema } = plugin.contract.declaration
  const config = schema.parse('popularCities' in schema.shape ? { popularCities: ['chengdu', 'beijing'] } : {})
  const setup = { config, locale: chance() < 0.5 ? 'zh-CN' : 'en', timeZone: 'Asia/Shanghai' }
  let at = Date.UTC(2026, 2, 5, 2) * 1000
  let event: RunEvent = { kind: 'started', input, at }
  let before: Advance | undefined
  for (let entries = 1; entries <= entriesAtMost; entries += 1) {
    const here = foldHere({ flow, ...setup }, before, event)
    const call = { tenantId, setup: { flow: name, ...setup }, state: before?.state, event }
    const there = await guest.advance(call).catch(faultCodeOf)
    expect(encodeJson(there)).toBe(encodeJson(here))
    if (typeof here === 'string' || here.state.ended) return entries
    before = decodeJson(encodeJson(here)) as Advance
    at += Math.floor(chance() * 60_000_000)
    event = drawEvent({ plugin, state: before.state, last: here.commands.at(-1), at, shelf }, chance)
    // A cancelled run asks nothing of the plugin.
    if (event.kind === 'cancelled') return entries
  }
  return entriesAtMost
}

describe('the same journals', () => {
  const now = Date.UTC(2026, 2, 5, 2) * 1000
  const context = { config: { popularCities: ['chengdu'] }, locale: 'zh-CN', timeZone: 'Asia/Shanghai', now }
  const wishes = ['明天上午从成都到北京，一张二等座', '后天去上海', '成都到北京'].map((words) =>
    travel.intents['search']?.understand?.(words, context),
  )
  const inputs: Readonly<Record<string, readonly unknown[]>> = {
    travel: [travel.intents['search']?.input, ...wishes.filter((wish) => wish !== undefined)],
    payment: [{ order: 'order-1' }],
  }

  it.each(['travel', 'payment'])(
    'of %s give the same commands in process and as a guest',
    async (name) => {
      const found = opened.get(name)
      if (!found) throw new Error(`no package ${name}`)
      const chance = openDraw(getTestSeed())
      const shelf = readShelf()
      const [flow = ''] = Object.keys(found.plugin.flows)
      let entries = 0
      for (let count = 0; count < journals; count += 1) {
        const choices = inputs[name] ?? []
        const input = choices[Math.floor(chance() * choices.length)]
        entries += await walk({ tenantId: `tenant-${count}`, ...found, flow, input, chance }, shelf)
      }
      expect(entries).toBeGreaterThan(journals * 2)
    },
    120_000,
  )

  it('sentences are understood alike', async () => {
    const found = opened.get('travel')
    const sentences = [
      '明天上午从成都到北京，一张二等座',
      'train from Chengdu to Beijing tomorrow morning',
      '后天下午三点以后去上海',
      'ｔｒａｉｎ　ｔｏ　Ｂｅｉｊｉｎｇ',
      '二〇二六年三月八号 成都 北京',
      'ticket to Xi’an next friday, first class',
      '我要买票',
      '',
      '你好',
      '!!!',
    ]
    for (const words of sentences) {
      for (const locale of ['zh-CN', 'en']) {
        const [here] = Object.entries(travel.intents).flatMap(([intent, { understand }]) => {
          const input = understand?.(words, { ...context, locale })
          return input === undefined ? [] : [{ intent, input }]
        })
        const there = await found?.guest.understand({ ...context, tenantId: 'one', words, locale })
        expect(encodeJson(there ?? null)).toBe(encodeJson(here ?? null))
      }
    }
  }, 60_000)
})
