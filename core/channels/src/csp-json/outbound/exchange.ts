import type { ChannelPorts, HttpRequest } from '@inthread/sdk/channel'
import { isFault } from '@inthread/sdk/fault'
import type { Settings } from '../settings.ts'
import { judgeAnswer, type Answer } from './judge-answer.ts'

/** One account's way to its operator. */
export interface OperatorLink {
  readonly settings: Settings
  readonly ports: ChannelPorts
  /** `<serverRoot>/bot/<version>/<chatbotId>`, without a slash at the end. */
  readonly root: string
  readonly host: string
}

/**
 * The address that an access token's answer may carry is not used: where we send to is said by the account alone, or a
 * broken answer could lead our messages elsewhere.
 */
export function openLink(settings: Settings, ports: ChannelPorts): OperatorLink {
  const { href, host } = new URL(settings.serverRoot)
  const root = `${href.replace(/\/+$/, '')}/bot/${settings.apiVersion}/${encodeURIComponent(settings.chatbotId)}`
  return { settings, ports, root, host }
}

export interface OperatorCall {
  readonly method: 'GET' | 'POST'
  /** Below the chatbot's root, with a leading slash. */
  readonly path: string
  readonly body?: object
  readonly codeOptional?: boolean
}

const deadlineMs = 10_000
const networkAfterMs = 2000

/** One request and what its answer means. What the network does is an answer too; any other failure is thrown. */
export async function exchange(link: OperatorLink, call: OperatorCall, token?: string): Promise<Answer> {
  try {
    const response = await link.ports.http.send(buildRequest(link, call, token))
    return judgeAnswer(response, { codeOptional: call.codeOptional ?? false })
  } catch (error) {
    if (!isFault(error) || !error.code.startsWith('network.')) throw error
    return { kind: 'retry', afterMs: networkAfterMs, reason: error.code }
  }
}

/** A platform answers "token missing" when `accept` or `date` is not there, so every call has all of them. */
function buildRequest(link: OperatorLink, call: OperatorCall, token: string | undefined): HttpRequest {
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json; charset=utf-8',
    host: link.host,
    date: new Date(Math.floor(link.ports.clock.now() / 1000)).toUTCString(),
    ...(token === undefined ? {} : { authorization: `accessToken ${token}` }),
  }
  const request = { method: call.method, url: `${link.root}${call.path}`, headers, deadlineMs }
  return call.body === undefined ? request : { ...request, body: new TextEncoder().encode(JSON.stringify(call.body)) }
}
