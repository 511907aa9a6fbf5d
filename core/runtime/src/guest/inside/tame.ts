/**
 * Makes the realm of a guest fit for pure functions, before any of its code is there: no clock, no chance, no code out
 * of text, nothing of one call that the next one could find, and built-in objects that nobody can change.
 */
export function tame(parts: (timeZone: string, timeMs: number) => string): void {
  removeStrangers()
  removeCodeFromText()
  stopTime()
  Object.defineProperty(globalThis, 'Intl', { value: buildIntl(parts) })
  hardenAll()
}

/** All that a guest finds by name. `Date` and `Function` are replaced below. */
const kept = new Set(
  [
    'globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI',
    'encodeURIComponent Object Function Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError',
    'URIError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Float32Array Float64Array',
    'Int8Array Int16Array Int32Array Iterator JSON Map Math Number Promise Proxy Reflect RegExp Set String Symbol',
    'Uint8Array Uint8ClampedArray Uint16Array Uint32Array WeakMap WeakSet',
  ].flatMap((line) => line.split(' ')),
)

function removeStrangers(): void {
  for (const name of Reflect.ownKeys(globalThis)) {
    if (typeof name === 'symbol' || !kept.has(name)) Reflect.deleteProperty(globalThis, name)
  }
  Reflect.deleteProperty(Math, 'random')
}

function removeCodeFromText(): void {
  const samples = [() => undefined, async () => undefined, function* () {}, async function* () {}]
  for (const sample of samples) {
    const prototype: object = Object.getPrototypeOf(sample)
    const refuse = function () {
      throw new TypeError('code cannot be made out of text here')
    }
    Object.defineProperty(refuse, 'prototype', { value: prototype, writable: false })
    Object.defineProperty(prototype, 'constructor', { value: refuse, writable: false, configurable: false })
    if (prototype === Function.prototype) Object.defineProperty(globalThis, 'Function', { value: refuse })
  }
}

/** A date is what it is made of: there is no present moment and no local zone. */
function stopTime(): void {
  const Native = Date
  const Stopped = function (...parts: readonly number[]): Date {
    const [first, ...rest] = parts
    if (!new.target || first === undefined) throw new TypeError('there is no clock here: take `now` from the context')
    return new Native(rest.length === 0 ? first : Native.UTC(first, ...rest))
  }
  const prototype = Native.prototype
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const twin = /^[gs]et(?!UTC|Time$)/.test(name) && name.replace(/^([gs]et)/, '$1UTC')
    const descriptor = twin && Object.getOwnPropertyDescriptor(prototype, twin)
    if (descriptor) Object.defineProperty(prototype, name, descriptor)
  }
  Object.defineProperty(prototype, 'getTimezoneOffset', { value: () => 0 })
  for (const name of ['toString', 'toDateString', 'toTimeString', 'toLocaleString', 'toLocaleDateString'])
    Object.defineProperty(prototype, name, { value: prototype.toISOString })
  Object.defineProperty(prototype, 'toLocaleTimeString', { value: prototype.toISOString })
  Object.defineProperty(prototype, 'constructor', { value: Stopped })
  Object.defineProperty(Stopped, 'prototype', { value: prototype, writable: false })
  for (const name of ['UTC', 'parse'] as const) Object.defineProperty(Stopped, name, { value: Native[name] })
  Object.defineProperty(globalThis, 'Date', { value: Stopped })
}

/** Only what the sdk's `localParts` asks for: the wall clock of a zone, which the engine has no data for. */
function buildIntl(parts: (timeZone: string, timeMs: number) => string): object {
  class DateTimeFormat {
    readonly #timeZone: string
    constructor(_locale: unknown, options: { readonly timeZone?: unknown } = {}) {
      this.#timeZone = String(options.timeZone ?? 'UTC')
      parts(this.#timeZone, 0)
    }
    formatToParts(timeMs: unknown): readonly { type: string; value: string }[] {
      return JSON.parse(parts(this.#timeZone, Number(timeMs)))
    }
  }
  return { DateTimeFormat }
}

function hardenAll(): void {
  const seen = new Set<object>()
  const iterators = [[][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator]()]
  const others = [''[Symbol.iterator](), 'a'.matchAll(/a/g), (function* () {})(), (async function* () {})()]
  for (const prototype of listForgiving()) forgiveOverrides(prototype)
  for (const value of [...iterators, ...others, async () => undefined]) harden(Object.getPrototypeOf(value), seen)
  for (const name of Reflect.ownKeys(globalThis)) {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, name)
    if (name !== 'globalThis') harden(descriptor?.value, seen)
    if (descriptor?.configurable) Object.defineProperty(globalThis, name, { writable: false, configurable: false })
  }
}

/** Objects that inherit from these are often given fields of the same name, which a frozen one would refuse. */
function listForgiving(): readonly object[] {
  const errors = [Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
  return [Object, Function, Array, Promise, ...errors].map(({ prototype }) => prototype)
}

function forgiveOverrides(prototype: object): void {
  for (const name of Reflect.ownKeys(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
    if (!descriptor?.configurable || !descriptor.writable) continue
    const { value, enumerable = false } = descriptor
    const set = function (this: object, next: unknown): void {
      if (this === prototype) throw new TypeError('built-in objects cannot be changed here')
      Object.defineProperty(this, name, { value: next, writable: true, enumerable: true, configurable: true })
    }
    Object.defineProperty(prototype, name, { get: () => value, set, enumerable })
  }
}

function harden(value: unknown, seen: Set<object>): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return
  seen.add(value)
  Object.freeze(value)
  harden(Object.getPrototypeOf(value), seen)
  for (const name of Reflect.ownKeys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, name)
    harden(descriptor?.value, seen)
    harden(descriptor?.get, seen)
    harden(descriptor?.set, seen)
  }
}
