import { randomUUID } from 'node:crypto'

export interface Button {
  readonly label: string
  /** A number to dial instead of an answer. */
  readonly dial?: string
}

export interface CardText {
  readonly title?: string
  readonly description?: string
  readonly picture?: string
  readonly buttons?: readonly Button[]
}

/** A key of the fixed menu: a button, or a name with buttons under it. */
export interface MenuKey extends Button {
  readonly entries?: readonly Button[]
}

export interface BotOptions {
  readonly operatorUrl: string
  readonly name: string
  readonly profile?: Readonly<Record<string, string>>
}

const appId = 'looking-glass'
const appKey = 'looking-glass-key'

/** A chatbot that says what a test wants to see on the phone. Nobody hears what is said to it. */
export class ScriptedBot {
  readonly chatbotId = 'sip:106900000099@botplatform.rcs.vnet.cn'
  readonly #url: string
  #token = ''

  private constructor(operatorUrl: string) {
    this.#url = `${operatorUrl}/bot/v1/${encodeURIComponent(this.chatbotId)}`
  }

  static async register({ operatorUrl, name, profile }: BotOptions): Promise<ScriptedBot> {
    const bot = new ScriptedBot(operatorUrl)
    const account = { appId, appKey, callbackToken: 'lookingGlass0001', callbackAlgorithm: 'sha256' }
    // Port 9 is that of the discard service: what is pushed there is never taken.
    const body = { name, serviceNumber: '106900000099', notifyUrl: 'http://127.0.0.1:9', ...account, ...profile }
    const path = `${operatorUrl}/sandbox/chatbots/${encodeURIComponent(bot.chatbotId)}`
    await call('PUT', path, { body })
    bot.#token = String((await bot.#post('/accessToken', { appId, appKey }))['accessToken'])
    return bot
  }

  async setMenu(keys: readonly MenuKey[]): Promise<void> {
    await this.#post('/update/chatBotInfo/menu', { menu: { entries: keys.map(buildEntry) } })
  }

  say(number: string, text: string): Promise<void> {
    return this.#send(number, [{ contentType: 'text/plain', contentEncoding: 'utf8', contentText: text }])
  }

  show(number: string, card: CardText, trafficType = 'premium'): Promise<void> {
    const message = { generalPurposeCard: { layout: { cardOrientation: 'VERTICAL' }, content: buildCard(card) } }
    return this.#send(number, [buildPart('botmessage', { message })], trafficType)
  }

  offer(number: string, cards: readonly CardText[], chips: readonly Button[] = []): Promise<void> {
    const generalPurposeCardCarousel = { layout: { cardWidth: 'MEDIUM_WIDTH' }, content: cards.map(buildCard) }
    const row = chips.length > 0 ? [buildPart('botsuggestion', { suggestions: chips.map(buildSuggestion) })] : []
    return this.#send(number, [buildPart('botmessage', { message: { generalPurposeCardCarousel } }), ...row])
  }

  async #send(number: string, messageList: readonly object[], trafficType = 'premium'): Promise<void> {
    await this.#post('/messages', {
      messageId: randomUUID(),
      messageList,
      destinationAddress: [`tel:${number}`],
      senderAddress: this.chatbotId,
      conversationId: randomUUID(),
      contributionId: randomUUID(),
      serviceCapability: [{ capabilityId: 'ChatbotSA', version: '+g.gsma.rcs.botversion="#=1"' }],
      trafficType,
      reportRequest: ['sent', 'failed', 'delivered', 'displayed'],
    })
  }

  async #post(path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
    const headers = { accept: 'application/json', date: 'Thu, 26 Mar 2026 01:30:00 GMT' }
    const authorization = { authorization: `accessToken ${this.#token}` }
    const answer = await call('POST', this.#url + path, { body, headers: { ...headers, ...authorization } })
    const { errorCode = 0, errorMessage } = answer
    if (Number(errorCode) !== 0) throw new Error(`${path}: ${String(errorCode)} ${String(errorMessage)}`)
    return answer
  }
}

interface Call {
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}

async function call(method: string, url: string, { body, headers }: Call): Promise<Readonly<Record<string, unknown>>> {
  const all = { 'content-type': 'application/json; charset=utf-8', ...headers }
  const answer = await fetch(url, { method, headers: all, body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return JSON.parse(text) as Readonly<Record<string, unknown>>
}

function buildPart(kind: 'botmessage' | 'botsuggestion', contentText: object): object {
  return { contentType: `application/vnd.gsma.${kind}.v1.0+json`, contentEncoding: 'utf8', contentText }
}

function buildCard({ title, description, picture, buttons }: CardText): object {
  const media = { mediaUrl: 'https://nowhere.invalid/a.png', mediaContentType: 'image/png', mediaFileSize: 1000 }
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(picture === undefined ? {} : { media: { ...media, height: 'MEDIUM_HEIGHT', contentDescription: picture } }),
    ...(buttons ? { suggestions: buttons.map(buildSuggestion) } : {}),
  }
}

function buildSuggestion({ label, dial }: Button): object {
  const shown = { displayText: label, postback: { data: label } }
  if (dial === undefined) return { reply: shown }
  return { action: { ...shown, dialerAction: { dialPhoneNumber: { phoneNumber: dial } } } }
}

function buildEntry({ entries, ...button }: MenuKey): object {
  if (!entries) return buildSuggestion(button)
  return { menu: { displayText: button.label, entries: entries.map(buildSuggestion) } }
}
