import { createHash } from 'node:crypto'
import { Agent, request } from 'undici'
import type { Outbound, RenderedSuggestion } from '@inthread/sdk/channel'
import { railBot } from '../../kit/phone.ts'

/** What a person does next, and words of the answer after which the next thing may follow. */
export interface Step {
  /** Neither said nor tapped: the code that the bank has sent is typed. */
  readonly say?: string
  readonly tap?: string
  readonly hears: string
}

export interface CrowdOptions {
  /** Where pushes for the crowd's bot arrive: `<platform>/in/<tenant>.<operator>`. */
  readonly door: string
  readonly callbackToken: string
  /** Microseconds, as the house has it. */
  readonly now: () => number
  /** The code that the bank has sent to this number. */
  readonly findCode: (number: string) => Promise<string>
}

interface Person {
  readonly number: string
  /** In the names of their pushes: what an operator names them by is stored as it comes, so it is not the number. */
  readonly name: string
  readonly heard: Outbound[]
  pushes: number
  onHearing: (() => void) | undefined
}

const lines = 64
const patienceMs = 60_000

/** Many people who write at once: signed pushes at the operator's door, and what is sent to them kept. */
export class Crowd {
  readonly #people = new Map<string, Person>()
  readonly #options: CrowdOptions
  readonly #agent = new Agent({ connections: lines, keepAliveTimeout: 60_000 })

  private constructor(options: CrowdOptions) {
    this.#options = options
  }

  /** With its lines open already: pushes over lines that are opened one by one come one by one. */
  static async open(options: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(options)
    await Promise.all(Array.from({ length: lines }, () => crowd.#call('GET', `${options.door}/notifyPath`, {})))
    return crowd
  }

  close(): Promise<void> {
    return this.#agent.close()
  }

  /** Takes what the house sends. */
  hear(message: Outbound): void {
    const person = this.#personOf(message.to)
    person.heard.push(message)
    person.onHearing?.()
  }

  /** Does this, and waits for the answer. */
  async take(number: string, step: Step): Promise<void> {
    const person = this.#personOf(number)
    const { say, tap, hears } = step
    const before = person.heard.length
    const answered = waitFor(person, () => person.heard.slice(before).some((each) => textOf(each).includes(hears)))
    if (tap === undefined) await this.#write(person, sayingOf(say ?? (await this.#options.findCode(number))))
    else await this.#write(person, tapOf(person, tap))
    if (await answered) return
    const instead = person.heard.slice(before).map(textOf).join(' | ')
    throw new Error(`${number} did not hear "${hears}" after "${tap ?? say ?? 'the code'}", but: ${instead}`)
  }

  /** The phone reports that it has received everything it got, and shown every other message. */
  async report(number: string): Promise<void> {
    const person = this.#personOf(number)
    const deliveryInfoList = person.heard.flatMap(({ id: messageId }, index) => {
      const states = index % 2 === 0 ? ['displayed', 'delivered'] : ['delivered']
      return states.map((status) => ({ messageId, status }))
    })
    await this.#push(person, ['deliveryNotification', 'status'], { deliveryInfoList })
  }

  #personOf(number: string): Person {
    const known = this.#people.get(number)
    if (known) return known
    const name = createHash('sha256').update(number).digest('hex').slice(0, 12)
    const person: Person = { number, name, heard: [], pushes: 0, onHearing: undefined }
    this.#people.set(number, person)
    return person
  }

  /** Everything of a push but its button is the same in every house. */
  #write(person: Person, part: object): Promise<void> {
    const name = `${person.name}/${person.pushes}`
    return this.#push(person, ['messageNotification', 'messages'], {
      messageId: `message ${name}`,
      messageList: [{ ...part, contentEncoding: 'utf8' }],
      senderAddress: `tel:${person.number}`,
      destinationAddress: railBot,
      contributionId: `contribution ${name}`,
    })
  }

  async #push(person: Person, [area, what]: readonly [string, string], body: object): Promise<void> {
    const { door, callbackToken, now } = this.#options
    const timestamp = String(Math.floor(now() / 1_000_000))
    const nonce = `${person.name}/${person.pushes}`
    person.pushes += 1
    const signature = createHash('sha256').update([callbackToken, timestamp, nonce].toSorted().join('')).digest('hex')
    const headers = { 'content-type': 'application/json', signature, timestamp, nonce }
    const url = `${door}/${area}/${encodeURIComponent(railBot)}/${what}`
    const status = await this.#call('POST', url, { headers, body: JSON.stringify(body) })
    if (status !== 200) throw new Error(`a push of ${person.number} was answered with ${status}`)
  }

  async #call(
    method: 'GET' | 'POST',
    url: string,
    message: { readonly headers?: Record<string, string>; readonly body?: string },
  ): Promise<number> {
    const { statusCode, body } = await request(url, { method, dispatcher: this.#agent, ...message })
    await body.dump()
    return statusCode
  }
}

/** False when patience is at its end. */
function waitFor(person: Person, isThere: () => boolean): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const impatience = setTimeout(() => resolve(false), patienceMs)
  person.onHearing = () => isThere() && resolve(true)
  return promise.finally(() => clearTimeout(impatience))
}

const sayingOf = (text: string): object => ({ contentType: 'text/plain', contentText: text })

/** The youngest button whose label begins like this. */
function tapOf({ number, heard }: Person, label: string): object {
  const buttons = heard.toReversed().flatMap(listButtons)
  const button = buttons.find((each) => each.label.startsWith(label))
  if (button?.kind !== 'reply') throw new Error(`${number} sees no button ${label}`)
  const response = { reply: { displayText: button.label, postback: { data: button.postback } } }
  const contentType = 'application/vnd.gsma.botsuggestion.response.v1.0+json'
  return { contentType, contentText: { response } }
}

function listButtons({ content }: Outbound): readonly RenderedSuggestion[] {
  const cards = content.kind === 'cards' ? content.cards : []
  return [...cards.flatMap((card) => card.suggestions), ...content.chips]
}

function textOf({ content }: Outbound): string {
  if (content.kind === 'text') return content.text
  return content.cards.map(({ title, description = '' }) => `${title}\n${description}`).join('\n')
}
