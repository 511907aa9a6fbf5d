import { readFileSync } from 'node:fs'
import { beforeAll, expect, it, vi } from 'vitest'
import { spanFacts } from '@inthread/store/trace'
import { applyTenant } from '../kit/definition.ts'
import { textOf } from '../kit/phone.ts'
import { reachConfirm } from '../kit/purchase.ts'
import { describeOnEachDatabase, describeOnSqlite, type OpenDatabase } from '../kit/requirements.ts'
import { openSandbox } from '../kit/sandbox.ts'
import { countTraced } from '../kit/traces/count-traced.store.ts'
import type { SeenSpan } from '../kit/traces/read-spans.ts'
import { openTracedStreet, type TracedStreet } from '../kit/traces/traced-street.ts'

const guide = readFileSync(new URL('../../core/FAULTS.md', import.meta.url), 'utf8')
const number = '+8613800000001'
const server = 2

interface Played {
  readonly spans: readonly SeenSpan[]
  readonly bytes: Buffer
  /** What the user and the platform said to one another. */
  readonly said: readonly string[]
  readonly code: string
  readonly toBank: readonly string[]
  readonly toOperator: { readonly requests: number; readonly traceparents: readonly string[] }
}

/**
 * A ticket is bought while one process has the doors and the bank, and another one has the turns: neither does what the
 * other one is there for.
 */
async function play(open: OpenDatabase): Promise<Played> {
  const street = await openTracedStreet(await open())
  try {
    const doors = await street.start({ leaves: ['turn.claim', 'effect.claim', 'outbox.claim'] })
    const turns = await street.start({ leaves: ['order.claim', 'delivery.apply'] })
    await applyTenant(doors.api, 'northern-rail')
    const phone = street.phone(number)
    await phone.choose(await reachConfirm(phone), '确认支付', '验证码已发送')
    const code = await phone.code()
    await phone.say(code)
    await phone.waitFor('出票成功', 30_000)
    const said = (await phone.messages()).map(textOf)
    await waitForDeliveries(street)
    await turns.stop()
    await doors.stop()
    const { spans, bytes } = street.collector
    const { requests } = street.toOperator
    const toOperator = { requests, traceparents: street.toOperator.list('traceparent') }
    return { spans: [...spans], bytes, said, code, toBank: street.toBank.list('traceparent'), toOperator }
  } finally {
    await street.close()
  }
}

/** The operator reports when a message has reached the phone; spans go out a few seconds after they have ended. */
async function waitForDeliveries({ collector }: TracedStreet): Promise<void> {
  const reported = (): boolean => {
    const ticket = collector.spans.findLast(({ name }) => name === 'message.send')
    return collector.spans.some(({ name, trace }) => name === 'message.delivery' && trace === ticket?.trace)
  }
  await vi.waitFor(() => expect(reported()).toBe(true), { timeout: 30_000, interval: 200 })
}

describeOnEachDatabase('the trace of a message', (open) => {
  let played: Played
  beforeAll(async () => {
    played = await play(open)
  }, 180_000)

  const idOf = ({ trace, id }: SeenSpan): string => `${trace}-${id}`
  const named = (name: string): readonly SeenSpan[] => played.spans.filter((span) => span.name === name)
  const parentOf = (span: SeenSpan): SeenSpan | undefined =>
    played.spans.find(({ trace, id }) => trace === span.trace && id === span.parent)
  const listAncestors = (span: SeenSpan): readonly SeenSpan[] => {
    const parent = parentOf(span)
    return parent ? [parent, ...listAncestors(parent)] : []
  }
  const namesAbove = (span: SeenSpan): readonly string[] =>
    listAncestors(span).map(({ name, facts }) => [name, facts['inthread.kind']].filter(Boolean).join(' '))
  const below = (span: SeenSpan, name: string): readonly SeenSpan[] =>
    played.spans.filter((other) => other.name === name && listAncestors(other).includes(span))

  it('goes from the webhook through turns, a question to the bank and an order to the answer', () => {
    const [submit, ...others] = named('order.submit')
    if (!submit) throw new Error('the order left no span')
    expect(others).toEqual([])
    expect(namesAbove(submit)).toEqual(['turn effect', 'effect call', 'turn message', 'inbox.accept', 'webhook'])
    const letters = below(submit, 'letter').concat(named('order.query').flatMap((query) => below(query, 'letter')))
    const final = letters.find(({ facts }) => facts['inthread.outcome'] === 'succeeded')
    if (!final) throw new Error('no letter said that it is paid')
    const [turn] = below(final, 'turn')
    expect(turn?.facts).toMatchObject({ 'inthread.kind': 'order', 'inthread.tenant': 'northern-rail' })
    const sent = turn ? below(turn, 'message.send') : []
    expect(sent.length).toBeGreaterThan(0)
    for (const { facts } of sent) expect(facts['inthread.outcome']).toBe('sent')
    expect(turn ? below(turn, 'message.delivery').length : 0).toBeGreaterThan(0)
  })

  it('is one trace although two processes worked on it, each on what was its own', () => {
    const [submit] = named('order.submit')
    const whole = played.spans.filter(({ trace }) => trace === submit?.trace)
    const roots = whole.filter(({ parent }) => parent === '')
    expect(roots.map(({ name, kind }) => [name, kind])).toEqual([['webhook', server]])
    for (const span of whole) expect(span.parent === '' || parentOf(span), span.name).toBeTruthy()
    const workers = (names: readonly string[]): readonly string[] => [
      ...new Set(whole.filter(({ name }) => names.includes(name)).map(({ process }) => process)),
    ]
    const doors = workers(['webhook', 'inbox.accept', 'order.submit', 'order.query', 'letter', 'message.delivery'])
    const turns = workers(['turn', 'turn.fold', 'turn.commit', 'effect', 'message.send'])
    expect([doors, turns]).toEqual([[expect.any(String)], [expect.any(String)]])
    expect(doors).not.toEqual(turns)
  })

  it('has every span within its parent’s life or after it, and none before it', () => {
    for (const span of played.spans) {
      const parent = parentOf(span)
      expect(span.endedAt >= span.startedAt, span.name).toBe(true)
      if (parent) expect(span.startedAt >= parent.startedAt, `${span.name} below ${parent.name}`).toBe(true)
    }
  })

  it('tells turns apart from what they decide and write', () => {
    for (const turn of named('turn')) {
      const inside = played.spans.filter(({ trace, parent }) => trace === turn.trace && parent === turn.id)
      const work = inside.map(({ name }) => name).filter((name) => name.startsWith('turn.'))
      expect(work.toSorted()).toEqual(['turn.commit', 'turn.fold'])
    }
    const plugins = new Set(named('turn').flatMap(({ facts }) => facts['inthread.plugin']?.split(',') ?? []))
    expect([...plugins].toSorted()).toEqual(expect.arrayContaining(['payment', 'travel']))
  })

  it('links what an operator or a bank pushes later, each a trace of its own', () => {
    const webhooks = new Set(named('webhook').map(idOf))
    const deliveries = named('message.delivery')
    expect(deliveries.length).toBeGreaterThan(0)
    for (const { trace, links } of deliveries) {
      expect(links).toHaveLength(1)
      for (const link of links) {
        expect(link.trace).not.toBe(trace)
        expect(
          played.spans.some(
            ({ name, trace: of, id }) => name === 'inbox.accept' && of === link.trace && id === link.id,
          ),
        ).toBe(true)
      }
    }
    expect(webhooks.size).toBeGreaterThan(deliveries.length / 2)
    const [submit] = named('order.submit')
    const notices = [...named('notice'), ...named('notice.read')]
    expect(notices.length).toBeGreaterThan(0)
    for (const notice of notices) expect(notice.parent).toBe('')
    expect(notices.flatMap(({ links }) => links.map(({ trace }) => trace))).toContain(submit?.trace)
  })

  it('goes on at the bank, and is told to no operator', () => {
    const calls = played.spans.filter(({ name }) => /^bank\.(submit|challenge|answer)$/.test(name))
    expect(calls.length).toBeGreaterThan(2)
    for (const call of calls) expect(played.toBank).toContain(`00-${idOf(call)}-01`)
    expect(played.toOperator.requests).toBeGreaterThan(3)
    expect(played.toOperator.traceparents).toEqual([])
  })

  it('says nothing that is not allowed, and nothing of a person', () => {
    const allowed = new Set([...spanFacts.map((fact) => `inthread.${fact}`), 'error.type'])
    const facts = played.spans.flatMap((span) => Object.entries(span.facts))
    expect(facts.length).toBeGreaterThan(100)
    for (const [name] of facts) expect(allowed).toContain(name)
    const words = played.said.flatMap((text) => text.split(/[\s，。：；、！？（）()¥/|]+/))
    const told = words.filter((word) => word.length > 1 && !/^[\d.:-]{1,3}$/.test(word))
    expect(told.length).toBeGreaterThan(50)
    const values = facts.map(([, value]) => value)
    for (const word of [...told, played.code, number.slice(1), number.slice(3)])
      expect(
        values.filter((value) => value.includes(word)),
        word,
      ).toEqual([])
    // Also where no fact is: no name, no status, no event of a span.
    const bytes = played.bytes
    for (const word of [...told, number.slice(3)].filter((each) => /[^\d.:-]/.test(each) || each.length > 8))
      expect(bytes.includes(word), word).toBe(false)
  })

  it('has no span that the operators’ guide does not explain', () => {
    const section = guide.split('\n## Traces\n')[1]?.split('\n## ')[0] ?? ''
    const cells = section.split('\n').flatMap((line) => /^\| (`.+?) \|/.exec(line)?.[1] ?? [])
    const explained = cells.flatMap((cell) => [...cell.matchAll(/`([\w.]+?)(?:\.…)?`/g)].map(([, name]) => name))
    const seen = new Set(played.spans.map(({ name }) => name.replace(/^bank\..*/, 'bank')))
    for (const name of seen) expect(explained).toContain(name)
  })
})

describeOnSqlite('a platform whose collector takes nothing', (open) => {
  it('answers all the same, stops in time, and says how many spans are lost', async () => {
    const street = await openTracedStreet(await open())
    try {
      street.collector.answerWith(400)
      const platform = await street.start({})
      await applyTenant(platform.api, 'northern-rail')
      await street.phone(number).ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
      await platform.stop()
      const lines = readFileSync(street.logFile, 'utf8').split('\n')
      const lost = lines.flatMap((line) => /"event":"traces\.lost","spans":(\d+)/.exec(line)?.[1] ?? [])
      expect(lost.reduce((sum, spans) => sum + Number(spans), 0)).toBeGreaterThan(5)
      expect(street.collector.spans).toEqual([])
    } finally {
      await street.close()
    }
  }, 120_000)
})

describeOnSqlite('a platform without a collector', (open) => {
  it('traces nothing, and keeps nothing of it', async () => {
    const sandbox = await openSandbox({ database: await open() })
    try {
      await sandbox.phone(number).ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
      const tables = ['inbox', 'outbox'] as const
      const counts = await sandbox.house.store.read('test.rows', (reader) => countTraced(reader, tables))
      expect(counts).toEqual(tables.map((table) => ({ table, rows: expect.any(Number), traced: 0 })))
      for (const { rows } of counts) expect(rows).toBeGreaterThan(0)
    } finally {
      await sandbox.stop()
    }
  })
})
