import { cspJson } from '@inthread/channels/csp-json'
import type {
  ChannelAccount,
  CredentialCell,
  HttpClient,
  HttpRequest,
  HttpResponse,
  Outbound,
} from '@inthread/sdk/channel'

/** The account of the recorded exchanges: invented names, numbers and secrets. */
export const account = {
  serverRoot: 'https://maap.example.com',
  chatbotId: 'sip:106900000010001@botplatform.rcs.vnet.cn',
  appId: 'demoAppId01',
  appKey: 'demoAppKey01',
  callbackToken: 'demoCallbackTok1',
}

/** The moment of the recorded exchanges: Thu, 26 Mar 2026 01:30:00 GMT. */
const recordedAt = 1_774_488_600 * 1_000_000

export interface AccountDoors {
  readonly http: HttpClient
  readonly credential?: CredentialCell
  readonly serverRoot?: string
}

export function openTestAccount({ http, credential = openTestCell(), serverRoot }: AccountDoors): ChannelAccount {
  const settings = cspJson.settings.parse({ ...account, ...(serverRoot === undefined ? {} : { serverRoot }) })
  return cspJson.open(settings, { http, credential, clock: { now: () => recordedAt } })
}

export const helloMessage: Outbound = {
  id: '6a1e0d54-3f0e-4d0f-8d7a-5b6c2d9e1f04',
  to: '+8613800000001',
  voice: 'merchant',
  conversationRef: 'c7b0a7f2-2f5f-4e2c-8f55-3c1f5d1b9a01',
  contributionRef: 'f2e1c7ce-1c40-4a86-9a4a-0a2d3f0e7b01',
  inReplyTo: undefined,
  content: { kind: 'text', text: '您好', chips: [] },
}

export interface TestCell extends CredentialCell {
  /** What was obtained, in order, with the life it was given. */
  readonly obtained: { readonly value: string; readonly livesMs: number }[]
}

/** Keeps the promise of a credential cell within one process: one obtains, who comes too late reads what it brought. */
export function openTestCell(initial?: string): TestCell {
  let value = initial
  let turn: Promise<unknown> = Promise.resolve()
  const obtained: TestCell['obtained'] = []
  return {
    obtained,
    find: async () => value,
    renew: (stale, obtain) => {
      const renewed = turn.then(async () => {
        if (value !== undefined && value !== stale) return value
        const fresh = await obtain()
        obtained.push(fresh)
        value = fresh.value
        return fresh.value
      })
      turn = renewed.catch(() => undefined)
      return renewed
    },
  }
}

/** An HTTP port that answers from a list and keeps what was asked. */
export function openScriptedHttp(...answers: readonly unknown[]): HttpClient & { readonly requests: HttpRequest[] } {
  const requests: HttpRequest[] = []
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    requests.push(request)
    const answer = answers[requests.length - 1]
    if (answer === undefined) throw new Error(`nothing was scripted for request ${requests.length}`)
    return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(answer)) }
  }
  return { requests, send }
}

export function bodyOf({ body }: HttpRequest): unknown {
  return body && JSON.parse(new TextDecoder().decode(body))
}
