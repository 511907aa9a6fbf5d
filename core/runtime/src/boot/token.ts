import 'reflect-metadata'
import { container, instanceCachingFactory, type DependencyContainer } from 'tsyringe'

declare const kind: unique symbol

/** A name in a container that remembers its type: what is provided under it is what comes out. */
export interface Token<T> {
  readonly symbol: symbol
  readonly [kind]?: T
}

export function token<T>(name: string): Token<T> {
  return { symbol: Symbol(name) }
}

/** A container that things are put into, before anything is taken out. */
export class Hall {
  readonly #container: DependencyContainer
  readonly #names: Set<symbol>
  #frozen = false

  constructor(parent?: Hall) {
    this.#container = parent ? parent.#container.createChildContainer() : container.createChildContainer()
    this.#names = new Set(parent ? parent.#names : [])
  }

  /**
   * Made once, at the first asking. A name is provided once and never again: what a container holds is replaced with
   * the container, never changed.
   */
  provide<T>(name: Token<T>, make: (hall: Hall) => T): void {
    if (this.#frozen) throw new TypeError(`${String(name.symbol)} comes too late: the hall is built`)
    if (this.#names.has(name.symbol)) throw new TypeError(`${String(name.symbol)} is provided twice`)
    this.#names.add(name.symbol)
    // The factory closes over this very hall, so a child's things are made of the child's things.
    this.#container.register(name.symbol, { useFactory: instanceCachingFactory(() => make(this)) })
  }

  get<T>(name: Token<T>): T {
    if (!this.#names.has(name.symbol)) throw new TypeError(`${String(name.symbol)} was never provided`)
    return this.#container.resolve<T>(name.symbol)
  }

  /** Takes out every own thing once, so that a missing part is found at the start, and closes the list. */
  build(): this {
    for (const name of this.#names) this.#container.resolve(name)
    this.#frozen = true
    return this
  }

  /** A hall inside this one, for what belongs to one tenant in one epoch. */
  openChild(): Hall {
    return new Hall(this)
  }
}
