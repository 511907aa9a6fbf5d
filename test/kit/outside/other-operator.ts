import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { readText, type Reply, type WireMessage } from './wire-message.ts'

export interface OtherOperatorAccount {
  readonly chatbotId: string
  readonly appId: string
  readonly appKey: string
  readonly callbackToken: string
}

interface Call {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

type Headers = Readonly<Record<string, string>>

interface Signing {
  readonly ageSec?: number
  readonly token?: string
  readonly algorithm?: 'hmac-sha256' | 'sha256'
}

interface Push {
  readonly body: unknown
  readonly headers?: Headers
}

const tails = { messageNotification: 'messages', deliveryNotification: 'status' } as const

const basePath = '/maap/5g'
const apiVersion = 'v2'

/**
 * An operator that has nothing in common with the one of the sandbox but the agreed protocol: another base path and
 * version, error codes as numbers, and callbacks signed with HMAC.
 */
export class OtherOperator {
  readonly messages: WireMessage[] = []
  readonly menus: unknown[] = []
  /** Short messages that a bank had delivered, the oldest first. */
  readonly sms: string[] = []
  readonly calls: Call[] = []
  tokensGiven = 0
  #token: string | undefined
  #origin = ''
  readonly #account: OtherOperatorAccount
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  private constructor(account: OtherOperatorAccount) {
    this.#account = account
  }

  static async open(account: OtherOperatorAccount): Promise<OtherOperator> {
    const operator = new OtherOperator(account)
    await new Promise<void>((resolve) => operator.#server.listen(0, '127.0.0.1', resolve))
    operator.#origin = `http://127.0.0.1:${(operator.#server.address() as AddressInfo).port}`
    return operator
  }

  get origin(): string {
    return this.#origin
  }

  /** What a tenant definition says of this operator. */
  get definition(): Record<string, unknown> {
    const { chatbotId, appId } = this.#account
    return { chatbotId, appId, serverRoot: `${this.#origin}${basePath}`, apiVersion, callbackAlgorithm: 'hmac-sha256' }
  }

  /** From now on the token that was given is worth nothing. */
  dropToken(): void {
    this.#token = undefined
  }

  /** Headers that only somebody with the callback token can make; or, where asked for, wrong ones. */
  sign({ ageSec = 0, token = this.#account.callbackToken, algorithm = 'hmac-sha256' }: Signing = {}): Headers {
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSec)
    const nonce = randomUUID()
    const digest = algorithm === 'sha256' ? createHash('sha256') : createHmac('sha256', token)
    return { signature: digest.update([token, timestamp, nonce].sort().join('')).digest('hex'), timestamp, nonce }
  }

  pushText(notifyUrl: string, from: string, text: string): Promise<number> {
    return this.#pushMessage(notifyUrl, from, { contentType: 'text/plain', contentText: text })
  }

  pushTap(notifyUrl: string, from: string, reply: Reply): Promise<number> {
    const response = { reply: { displayText: reply.displayText, postback: reply.postback } }
    const contentType = 'application/vnd.gsma.botsuggestion.response.v1.0+json'
    return this.#pushMessage(notifyUrl, from, { contentType, contentText: { response } })
  }

  pushStatus(notifyUrl: string, { messageId, destinationAddress }: WireMessage, status: string): Promise<number> {
    const delivery = { messageId, status, dateTime: new Date(Date.now()).toISOString() }
    const addresses = { senderAddress: destinationAddress[0], destinationAddress: this.#account.chatbotId }
    const body = { deliveryInfoList: [{ ...delivery, ...addresses }] }
    return this.push(notifyUrl, 'deliveryNotification', { body })
  }

  async push(notifyUrl: string, area: keyof typeof tails, { body, headers = this.sign() }: Push): Promise<number> {
    const answer = await fetch(`${notifyUrl}/${area}/${encodeURIComponent(this.#account.chatbotId)}/${tails[area]}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.status
  }

  /** The address check that is made once, when an account is set up. */
  checkNotifyUrl(notifyUrl: string, echoStr: string): Promise<Response> {
    const headers = { ...this.sign(), echoStr, chatbotId: this.#account.chatbotId }
    return fetch(`${notifyUrl}/notifyPath`, { headers })
  }

  /** The first message after `from` others that says these words. */
  async waitFor(words: string, from = 0): Promise<WireMessage> {
    const until = performance.now() + 15_000
    while (performance.now() < until) {
      const found = this.messages.slice(from).find((message) => readText(message).includes(words))
      if (found) return found
      await pause(20)
    }
    throw new Error(`never sent "${words}", but: ${this.messages.slice(from).map(readText).join(' | ')}`)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #pushMessage(notifyUrl: string, from: string, part: { contentType: string; contentText: unknown }): Promise<number> {
    const message = {
      messageId: randomUUID(),
      messageList: [{ ...part, contentEncoding: 'utf8' }],
      dateTime: new Date(Date.now()).toISOString(),
      senderAddress: `tel:${from}`,
      destinationAddress: this.#account.chatbotId,
      conversationId: randomUUID(),
      contributionId: randomUUID(),
    }
    return this.push(notifyUrl, 'messageNotification', { body: message })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
    const answer = this.#answer({ path: request.url ?? '', headers: request.headers, body })
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
  }

  #answer(call: Call): object | undefined {
    if (call.path === '/sandbox/sms') return { done: this.sms.push(String(call.body['text'])) }
    const root = `${basePath}/bot/${apiVersion}/${encodeURIComponent(this.#account.chatbotId)}`
    if (!call.path.startsWith(root)) return undefined
    this.calls.push(call)
    if (!call.headers.accept || !call.headers.date) return { errorCode: 41001, errorMessage: 'header missing' }
    const operation = call.path.slice(root.length)
    if (operation === '/accessToken') return this.#giveToken(call.body)
    if (this.#token === undefined || call.headers.authorization !== `accessToken ${this.#token}`)
      return { errorCode: 40014, errorMessage: 'token invalid' }
    return this.#carryOut(operation, call.body)
  }

  #giveToken({ appId, appKey }: Record<string, unknown>): object {
    if (appId !== this.#account.appId || appKey !== this.#account.appKey)
      return { errorCode: 40001, errorMessage: 'who are you' }
    this.tokensGiven += 1
    this.#token = randomUUID()
    return { accessToken: this.#token, expires: 7200, errorCode: 0, errorMessage: 'success' }
  }

  #carryOut(operation: string, body: Record<string, unknown>): object | undefined {
    if (operation === '/update/chatBotInfo/menu') this.menus.push(body['menu'])
    else if (operation === '/messages') this.messages.push(body as Record<string, unknown> & WireMessage)
    else return undefined
    const { messageId, conversationId, contributionId } = body
    return { messageId, conversationId, contributionId, errorCode: 0, errorMessage: 'success' }
  }
}
