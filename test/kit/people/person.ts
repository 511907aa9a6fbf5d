/** Somebody at a browser: keeps cookies, and says where a page came from. */
export class Person {
  readonly #url: string
  /** Null for a program that names no page. */
  readonly #origin: string | null
  readonly #jar = new Map<string, string>()
  /** Attributes of cookies as they were last set. */
  readonly attributes = new Map<string, string>()

  constructor(url: string, origin: string | null = url) {
    this.#url = url
    this.#origin = origin
  }

  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** The same cookies on another page, or in another hand. */
  with(origin: string | null, url = this.#url): Person {
    const other = new Person(url, origin)
    for (const [name, value] of this.#jar) other.#jar.set(name, value)
    return other
  }

  /** `POST /auth/<action>`: status, and what came back. */
  async act(action: string, body: object = {}): Promise<{ readonly status: number; readonly body: Answer }> {
    const answer = await fetch(`${this.#url}/auth/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#headers() },
      body: JSON.stringify(body),
    })
    for (const line of answer.headers.getSetCookie()) this.#keep(line)
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Answer }
  }

  /** A procedure of the office: what came back, or its error's code and fault. */
  async ask(path: string, input?: object): Promise<unknown> {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    return readAnswer(await fetch(`${this.#url}/trpc/${path}${query}`, { headers: this.#headers() }))
  }

  async change(path: string, input: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json', ...this.#headers() }
    const body = JSON.stringify(input)
    return readAnswer(await fetch(`${this.#url}/trpc/${path}`, { method: 'POST', headers, body }))
  }

  /** Follows an address as a browser does, until it comes to a page; gives where that is. */
  async follow(address: string): Promise<string> {
    return this.walk(address, '')
  }

  /** The same, no further than to what lies below this address. */
  async walk(address: string, before: string): Promise<string> {
    const foreign = new Person('')
    let at = address
    for (let steps = 0; steps < 12; steps += 1) {
      if (before !== '' && at.startsWith(before)) return at
      const jar = at.startsWith(this.#url) ? this : foreign
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie: jar.cookie } })
      await answer.arrayBuffer()
      for (const line of answer.headers.getSetCookie()) jar.#keep(line)
      const next = answer.headers.get('location')
      if (next === null) return at
      at = new URL(next, at).href
      if (at.startsWith(`${this.#url}/console/`)) return at
    }
    throw new Error(`no end after twelve steps: ${at}`)
  }

  #headers(): Record<string, string> {
    return {
      ...(this.#jar.size === 0 ? {} : { cookie: this.cookie }),
      ...(this.#origin === null ? {} : { origin: this.#origin }),
    }
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    this.attributes.set(name, attributes.join('; '))
    if (value === '' || attributes.includes('Max-Age=0')) this.#jar.delete(name)
    else this.#jar.set(name, value)
  }
}

/** Whatever an action answers. */
export type Answer = Readonly<Record<string, unknown>>

async function readAnswer(answer: Response): Promise<unknown> {
  const told = (await answer.json()) as {
    readonly result?: { readonly data: unknown }
    readonly error?: { readonly data: { readonly code: string; readonly fault: string | null } }
  }
  return told.result ? told.result.data : { code: told.error?.data.code, fault: told.error?.data.fault }
}
