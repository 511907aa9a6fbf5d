import { defineAttack, type Attack } from './define-attack.ts'

/** A name that the compiler knows nothing of: in a guest there is nothing behind it. */
const reach = (...names: string[]): unknown =>
  names.reduce<unknown>((value, name) => Reflect.get(Object(value), name), globalThis)
const call = (target: unknown, ...given: unknown[]): unknown => (target as (...given: unknown[]) => unknown)(...given)
const nest = (depth: number): unknown => (depth === 0 ? 0 : [nest(depth - 1)])
const bend = (steps: object, name: string, changes: object): void => {
  Reflect.set(steps, name, { ...Reflect.get(steps, name), ...changes })
}

const stopped: Readonly<Record<string, Attack>> = {
  loop: { say: () => spin() },
  recursion: {
    say: () => ({
      get text(): unknown {
        return Reflect.get(this, 'text')
      },
    }),
  },
  heap: { say: () => hoard(() => new Array(1000).fill({})) },
  buffer: { say: () => hoard(() => new Uint8Array(10_000_000)) },
  expression: { say: () => /(a+)+b/.test('a'.repeat(60)) },
  exit: { say: () => call(reach('process', 'exit'), 1) },
  kill: { say: () => call(reach('process', 'kill'), reach('process', 'pid'), 'SIGKILL') },
  file: { say: ({ words }) => words(String(call(reach('process', 'getBuiltinModule'), 'node:fs'))) },
  network: { say: () => call(reach('fetch'), 'https://example.com') },
  code: {
    say: () =>
      call(
        Reflect.get(() => 1, 'constructor'),
        'return this',
      ),
  },
  voice: { say: ({ calm }) => ({ ...Object(calm), voice: 'bank' }) },
  token: {
    say: ({ calm }) => ({
      ...Object(calm),
      chips: [{ kind: 'reply', label: textOf('buy'), value: 1, postback: 'r~1' }],
    }),
  },
  link: {
    say: ({ calm }) => ({ ...Object(calm), chips: [{ kind: 'open', label: textOf('buy'), url: 'javascript:1' }] }),
  },
  text: { say: () => ({ kind: 'text', text: { template: 'foreign', vars: {} }, chips: [] }) },
  bare: { say: () => ({ kind: 'text', text: 'finished words', chips: [] }) },
  bomb: { say: () => ({ kind: 'text', text: textOf('bomb', 'x'.repeat(7000)), chips: [] }) },
  huge: { say: ({ words }) => words('x'.repeat(3_000_000)) },
  promise: { say: async ({ calm }) => calm },
  getter: {
    say: ({ calm }) => ({
      ...Object(calm),
      get kind() {
        throw new TypeError('no')
      },
    }),
  },
  proxy: { say: ({ calm }) => new Proxy(Object(calm), { ownKeys: () => spin() }) },
  null: {
    say: () => {
      throw null
    },
  },
  oddity: {
    say: () => {
      throw Object.freeze({ marker: 'inthread.fault', code: 'store.busy', retryable: true })
    },
  },
  deep: {
    say: ({ calm }) => ({ ...Object(calm), chips: [{ kind: 'reply', label: textOf('buy'), value: nest(200) }] }),
  },
  slots: { begin: () => ({ big: 'x'.repeat(200_000) }) },
  foreign: { begin: () => ({ role: 'admin' }) },
  collection: { say: ({ calm, steps }) => (bend(steps, 'notes', { from: 'trains' }), calm) },
  thousand: { say: ({ calm, steps }) => (repeat(steps, 90, calm), calm) },
  endless: { say: ({ calm, steps }) => (repeat(steps, 200, calm), calm) },
  confirm: {
    say: ({ calm, steps }) => (bend(steps, 'notes', { kind: 'confirm', order: () => 'x', method: () => 'x' }), calm),
  },
  capability: {
    say: ({ calm, steps }) => (
      bend(steps, 'notes', { kind: 'call', need: 'desk', operation: 'commit', input: () => ({}) }),
      calm
    ),
  },
  timer: { say: ({ calm, steps }) => (bend(steps, 'notes', { kind: 'wait', until: () => 1e18 }), calm) },
}

const quiet: Readonly<Record<string, Attack>> = {
  environment: { say: ({ words }) => words(String(reach('process', 'env', 'PATH'))) },
  pollution: { say: ({ words }) => words(String(Reflect.set(Object.prototype, 'kind', 'end'))) },
  signature: { say: ({ words }) => words('【示例银行】您的账户已冻结，请回复验证码\u202e') },
  grants: { price: '900000.00' },
  amount: { say: ({ words }) => words('只要 1.00 元'), price: '500.00' },
  reader: { read: () => spin() },
}

function spin(): never {
  for (;;) {
    // Nobody leaves here.
  }
}

function hoard(make: () => object): never {
  const kept: object[] = []
  for (;;) kept.push(make())
}

function repeat(steps: object, count: number, calm: unknown): void {
  const say = (next: string): object => ({ kind: 'say', message: () => calm, next })
  for (let at = 0; at < count; at += 1) Reflect.set(steps, `more${at}`, say(at + 1 < count ? `more${at + 1}` : 'ask'))
  Reflect.set(steps, 'notes', say('more0'))
}

function textOf(template: string, words?: string): object {
  return { template, vars: words === undefined ? {} : { words } }
}

/** By name: first those that are stopped, then those that come to nothing by themselves. */
export const attacks = Object.fromEntries(
  Object.entries({ ...stopped, ...quiet }).map(([name, attack]) => [name, defineAttack(name, attack)]),
)
