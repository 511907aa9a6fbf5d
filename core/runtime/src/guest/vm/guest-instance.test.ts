import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import { bundleCode } from '../bundle-code.ts'
import { GuestInstance } from './guest-instance.ts'

const limits = { stepMs: 200, heapBytes: 32 * 1024 * 1024 }
let prelude = ''

beforeAll(async () => {
  prelude = await bundleCode(fileURLToPath(new URL('../inside/entry.ts', import.meta.url)))
})

/** A bundle whose one intent computes `body` out of `words`. */
const bundleOf = (body: string, top = ''): string =>
  `${top}; export default { intents: { only: { understand: (words, context) => { ${body} } } }, flows: {} }`

const zone = "timeZone: context.timeZone, hourCycle: 'h23'"
const wallClock = `new Intl.DateTimeFormat('en-US', { ${zone}, hour: 'numeric' }).formatToParts(0)`

async function open(bundle: string): Promise<GuestInstance> {
  const opened = await GuestInstance.open({ prelude, bundle, limits })
  if ('failure' in opened) throw new Error(opened.failure)
  return opened
}

function ask(instance: GuestInstance, words = 'hello'): unknown {
  const call = { kind: 'understand', words, config: {}, locale: 'en', timeZone: 'Asia/Shanghai', now: 1 }
  const answer = instance.call(encodeJson(call), limits.stepMs)
  if ('failure' in answer) return answer.failure
  const reply = decodeJson(answer.text) as { value?: { input: unknown }; failed?: string }
  return reply.failed ?? reply.value?.input
}

async function compute(body: string, top = ''): Promise<unknown> {
  return ask(await open(bundleOf(body, top)))
}

describe('a guest', () => {
  it.each([
    ['words in', 'return words.toUpperCase()', 'HELLO'],
    ['amounts', 'return { minor: 12n ** 20n }', { minor: 12n ** 20n }],
    ['dates that are given', 'return new Date(Date.UTC(2026, 1, 3)).toISOString()', '2026-02-03T00:00:00.000Z'],
    ['parsed dates', 'return new Date("2026-03-05T10:00:00+08:00").getHours()', 2],
    ['classes and errors', 'class A extends Error { name = "A" }; return new A("x").name', 'A'],
    [
      'fields named like built-in ones',
      'const o = {}; o.toString = 1; o.constructor = 2; return o.toString + o.constructor',
      3,
    ],
    ['the wall clock of a zone', `return ${wallClock}.find(({ type }) => type === 'hour').value`, '08'],
  ])('computes with %s', async (_name, body, expected) => {
    expect(await compute(body)).toEqual(expected)
  })

  it.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'Math.random()',
    'performance.now()',
    'eval("1")',
    'Function("return 1")()',
    'new Function("return 1")()',
    '(() => 1).constructor("return 1")()',
    '(function* () {}).constructor("yield 1")()',
    '(async () => 1).constructor("return 1")()',
    'process.exit(1)',
    'require("node:fs")',
    'fetch("https://example.com")',
    'setTimeout(() => 1, 1)',
    'WebAssembly.Module',
    'new SharedArrayBuffer(1)',
    'new WeakRef({})',
    'new Intl.DateTimeFormat("en-US", { timeZone: "Mars/Olympus" })',
    'Object.prototype.polluted = 1',
    'Array.prototype.map = 1',
    'Object.prototype.toString = 1',
    'JSON.parse = 1',
    'globalThis.JSON = 1',
    'Object.defineProperty(Object.prototype, "x", { value: 1 })',
    'Object.setPrototypeOf(Array.prototype, null)',
  ])('has no way to %s', async (expression) => {
    expect(await compute(`return String(${expression})`)).toBe('guest.threw')
  })

  it('cannot import anything, at any time', async () => {
    const opened = await GuestInstance.open({ prelude, limits, bundle: 'import "node:fs"; export default {}' })
    expect(opened).toEqual({ failure: 'not_loaded' })
    expect(await compute('import("node:fs"); return "nothing came of it"')).toBe('nothing came of it')
  })

  it('brings a document up, version by version', async () => {
    const upgrades = '{ 1: (each) => ({ ...each, two: 2 }), 2: (each) => ({ ...each, three: each.two + 1 }) }'
    const instance = await open(
      `export default { contract: { declaration: { collections: { notes: { version: 3, upgrades: ${upgrades} } } } } }`,
    )
    const call = { kind: 'upgrade', collection: 'notes', document: { one: 1 }, fromVersion: 1 }
    expect(instance.call(encodeJson(call), limits.stepMs)).toEqual({
      text: encodeJson({ value: { one: 1, two: 2, three: 3 } }),
    })
  })

  it('finds nothing of an earlier call, wherever it was left', async () => {
    const body = `
      const seen = [count, globalThis.left, typeof Reflect.get(globalThis, "left"), list.length]
      count += 1; globalThis.left = words; list.push(words)
      return seen`
    const instance = await open(bundleOf(body, 'let count = 0; const list = []'))
    const first = ask(instance, 'secret of one user')
    expect(first).toEqual([0, null, 'undefined', 0])
    for (let call = 0; call < 20; call += 1) expect(ask(instance, 'another')).toEqual(first)
  })

  it.each([
    ['an endless loop', 'for (;;) {}', 'timed_out'],
    ['an endless loop that catches', 'for (;;) { try { for (;;) {} } catch {} finally { for (;;) {} } }', 'timed_out'],
    ['a slow expression', 'return /(a+)+b/.test("a".repeat(50))', 'timed_out'],
    ['a heap bomb', 'const all = []; for (;;) all.push(new Array(1000).fill({}))', 'guest.memory'],
    ['a buffer bomb', 'const all = []; for (;;) all.push(new Uint8Array(1e7))', 'guest.memory'],
    ['one buffer that is too large', 'return new ArrayBuffer(64 * 1024 * 1024).byteLength', 'guest.memory'],
    ['endless recursion', 'const f = (n) => f(n + 1) + 1; return f(0)', 'guest.threw'],
    ['recursion in a getter', 'const o = { get a() { return this.a } }; return o.a', 'guest.threw'],
    ['an enormous string', 'let s = "x"; for (;;) s += s', 'guest.threw'],
    ['an enormous answer', 'return "x".repeat(5_000_000)', 'too_long'],
    ['a thrown secret', 'throw words', 'guest.threw'],
    ['a thrown getter', 'throw { get code() { throw 1 }, marker: "inthread.fault" }', 'threw'],
    [
      'an endless getter in what is thrown',
      'throw { marker: "inthread.fault", get code() { for (;;) {} } }',
      'timed_out',
    ],
    ['a cycle', 'const o = {}; o.o = o; return o', 'guest.threw'],
    ['an endless toJSON', 'return { toJSON() { for (;;) {} } }', 'timed_out'],
    ['a proxy that never ends', 'return new Proxy({}, { ownKeys() { for (;;) {} } })', 'timed_out'],
  ])('is stopped at %s, and the next call is as good as new', async (_name, attack, failure) => {
    const instance = await open(bundleOf(`if (words === 'attack') { ${attack} } return 'well'`))
    const calm = ask(instance)
    const answer = ask(instance, 'attack')
    expect(answer).toBe(failure)
    expect([calm, ask(instance)]).toEqual(['well', 'well'])
  })

  it('is not loaded when its code never comes to an end, or throws', async () => {
    for (const top of ['throw 1', 'const a = 1; a = 2', 'for (;;) {}'])
      expect(await GuestInstance.open({ prelude, limits, bundle: bundleOf('return 1', top) })).toEqual({
        failure: 'not_loaded',
      })
  }, 60_000)
})
