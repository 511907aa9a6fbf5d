const watched = [Object, Function, Array, String, Number, Boolean, RegExp, Promise, Error, Map, Set, Date, JSON, Math]

/** What everybody shares, as texts to compare: the names of globals, and of what the built-in objects have. */
export function describeWorld(): ReadonlyMap<string, string> {
  const objects = watched.flatMap((each): [string, object][] => {
    const name = 'name' in each ? each.name : Object.prototype.toString.call(each)
    return 'prototype' in each
      ? [
          [name, each],
          [`${name}.prototype`, each.prototype],
        ]
      : [[name, each]]
  })
  const global = Reflect.ownKeys(globalThis).filter((name) => !isOfLibrary(name))
  const described = objects.map(([name, each]): [string, string] => [name, Reflect.ownKeys(each).map(String).join()])
  return new Map([['globalThis', global.map(String).join()], ...described])
}

/** Zod keeps its registry there, once for all of its copies. */
function isOfLibrary(name: string | symbol): boolean {
  return String(name).startsWith('__zod')
}

/** Takes away what a plugin has not got where it runs; what it asks for all the same is written down. */
export function closeWorld(): readonly string[] {
  const used: string[] = []
  const refuse = (name: string) => (): never => {
    used.push(`it uses ${name} while it is loaded or described`)
    throw new TypeError(`a plugin has no ${name}`)
  }
  const NativeDate = Date
  Reflect.set(NativeDate, 'now', refuse('Date.now'))
  Reflect.set(Math, 'random', refuse('Math.random'))
  for (const name of ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'WebSocket'])
    Reflect.defineProperty(globalThis, name, { value: refuse(name), configurable: true, writable: true })
  Reflect.defineProperty(globalThis, 'Date', {
    value: new Proxy(NativeDate, {
      construct: (target, given) => (given.length === 0 ? refuse('the clock')() : Reflect.construct(target, given)),
      apply: refuse('the clock'),
    }),
    ...{ configurable: true, writable: true },
  })
  return used
}
