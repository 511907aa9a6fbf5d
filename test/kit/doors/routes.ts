import type { HouseOptions } from '@inthread/runtime'

/** The routes that a house opens, as its servers tell them: a new one is among them by itself. */
export class Routes {
  readonly #found = new Set<string>()

  readonly onRoute: NonNullable<HouseOptions['onRoute']> = (server, methods, url) => {
    // A HEAD is the GET of the same address without its body.
    const own = methods.filter((method) => method !== 'HEAD')
    if (own.length > 0) this.#found.add(`${server} ${own.length > 4 ? 'ALL' : own.toSorted().join()} ${url}`)
  }

  list(): readonly string[] {
    return [...this.#found].toSorted()
  }
}
