import type { DoorRequest, Inbound, Reception } from '@inthread/sdk/channel'
import type { JsonObject } from '../../rcc07/rule.ts'
import type { Settings } from '../settings.ts'
import { readDeliveries } from './read-deliveries.ts'
import { findHeader, Malformed, readObject } from './read-field.ts'
import { readJson, readUtf8 } from './read-json.ts'
import { readMessages } from './read-messages.ts'
import { buildReportReader } from './read-report.ts'

type PushReader = (push: JsonObject, request: DoorRequest) => readonly Inbound[]

/** By the path without the chatbot's address, which is always its second part. */
const readers: ReadonlyMap<string, PushReader> = new Map<string, PushReader>([
  ['messageNotification/messages', readMessages],
  ['deliveryNotification/status', readDeliveries],
  ['notifyInfoNotification/notice/informationChange', buildReportReader('information_changed', { byPush: true })],
  ['notifyInfoNotification/notice/rcsspam', buildReportReader('spam_reported', { byPush: false })],
  ['notifyInfoNotification/check', buildReportReader('audit_result', { byPush: false })],
])

/** Reads a push that {@link verifyPush} found genuine. The content type is ignored: a misprint of it is documented. */
export function receivePush(request: DoorRequest, settings: Settings): Reception {
  if (request.method === 'GET' && request.path === '/notifyPath') return answerUrlCheck(request, settings)
  const reader = request.method === 'POST' ? findReader(request.path, settings.chatbotId) : undefined
  if (!reader) return { kind: 'not_found' }
  try {
    return { kind: 'items', items: reader(readBody(request.body), request) }
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', problem: error.problem }
    throw error
  }
}

/** The operator checks the address once, when it is configured: it wants its own word back, and ours. */
function answerUrlCheck({ headers }: DoorRequest, { appId }: Settings): Reception {
  const echoStr = findHeader(headers, 'echoStr')
  if (!echoStr) return { kind: 'malformed', problem: 'the header echoStr is missing' }
  return { kind: 'answer', status: 200, headers: { echoStr, appId } }
}

function findReader(path: string, chatbotId: string): PushReader | undefined {
  const [, area = '', address = '', ...rest] = path.split('/')
  return decodePart(address) === chatbotId ? readers.get([area, ...rest].join('/')) : undefined
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

function readBody(body: Uint8Array): JsonObject {
  return body.length === 0 ? {} : readObject(readJson(readUtf8(body, ''), ''), '')
}
