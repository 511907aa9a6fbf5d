import { setTimeout as sleep } from 'node:timers/promises'
import type { MessageView, PhoneView, SuggestionView, ThreadView } from '@inthread/sandbox-operator/views'

export const railBot = 'sip:106900000001@botplatform.rcs.vnet.cn'

export interface PhoneOptions {
  readonly operatorUrl: string
  readonly bankUrl: string
  readonly number: string
  readonly bot?: string
}

/**
 * A phone that a test holds, driven by nothing but HTTP to the operator's and the bank's sandbox controls: what it
 * shows is what came over the wire.
 */
export class Phone {
  readonly number: string
  readonly bot: string
  readonly #options: PhoneOptions
  /** How many messages of the thread were seen so far. */
  #seen = 0

  constructor(options: PhoneOptions) {
    this.#options = options
    this.number = options.number
    this.bot = options.bot ?? railBot
  }

  get bankUrl(): string {
    return this.#options.bankUrl
  }

  async say(text: string): Promise<void> {
    await this.#post('/sandbox/say', { from: this.number, to: this.bot, text })
  }

  /** Taps the first button whose label contains these words. */
  async tap(message: MessageView, label: string): Promise<void> {
    const button = message.suggestions.find((candidate) => candidate.label.includes(label))
    if (!button)
      throw new Error(`no button "${label}" among ${message.suggestions.map((other) => other.label).join(', ')}`)
    await this.tapButton(message, button)
  }

  async tapButton(message: MessageView, button: SuggestionView): Promise<void> {
    await this.#post('/sandbox/tap', { from: this.number, to: this.bot, messageId: message.id, index: button.index })
  }

  /**
   * Waits for the next messages of the bot until one satisfies the test, and returns it; the ones before it count as
   * seen.
   */
  async waitFor(what: string | ((message: MessageView) => boolean), patienceMs = 15_000): Promise<MessageView> {
    const test = typeof what === 'string' ? (message: MessageView) => textOf(message).includes(what) : what
    const deadline = performance.now() + patienceMs
    while (performance.now() < deadline) {
      const messages = await this.messages()
      const at = messages.findIndex(
        (message, index) => index >= this.#seen && message.direction === 'in' && test(message),
      )
      const found = messages[at]
      if (found) {
        this.#seen = at + 1
        return found
      }
      await sleep(20)
    }
    const said = (await this.messages()).slice(this.#seen).map(textOf).join('\n')
    throw new Error(
      `the phone never showed ${typeof what === 'string' ? `"${what}"` : what.toString()}; since then: ${said}`,
    )
  }

  async ask(text: string, expected: string): Promise<MessageView> {
    await this.say(text)
    return this.waitFor(expected)
  }

  async choose(message: MessageView, label: string, expected: string): Promise<MessageView> {
    await this.tap(message, label)
    return this.waitFor(expected)
  }

  async messages(): Promise<readonly MessageView[]> {
    const threads = await this.#threads()
    return threads.find((thread) => thread.kind === 'chatbot' && thread.address === this.bot)?.messages ?? []
  }

  /** What the bot has said, without what the user did. */
  async heard(): Promise<readonly MessageView[]> {
    return (await this.messages()).filter((message) => message.direction === 'in')
  }

  /** The code of the youngest challenge, as the bank would have sent it by SMS. */
  async code(): Promise<string> {
    const answer = await fetch(`${this.#options.bankUrl}/sandbox/codes?phone=${encodeURIComponent(this.number)}`)
    const { codes } = (await answer.json()) as { readonly codes: readonly { readonly code: string }[] }
    const code = codes[0]?.code
    if (code === undefined) throw new Error('the bank has sent no code')
    return code
  }

  async #threads(): Promise<readonly ThreadView[]> {
    const answer = await fetch(`${this.#options.operatorUrl}/sandbox/threads?phone=${encodeURIComponent(this.number)}`)
    return ((await answer.json()) as PhoneView).threads
  }

  async #post(path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${this.#options.operatorUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  }
}

/** Everything a user can read of a message, in one text. */
export function textOf(message: MessageView): string {
  const cards = message.carousel?.cards ?? (message.card ? [message.card] : [])
  return [message.text, ...cards.flatMap((card) => [card.title, card.description])]
    .filter((part) => part !== undefined)
    .join('\n')
}
