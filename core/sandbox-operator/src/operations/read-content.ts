import { findMessageProblem } from '../rcc07/validate.ts'
import type { Part } from '../threads/message.store.ts'
import { BotRefusal, botCode } from '../northbound/bot-refusal.ts'

export const mediaType = {
  text: 'text/plain',
  card: 'application/vnd.gsma.botmessage.v1.0+json',
  chips: 'application/vnd.gsma.botsuggestion.v1.0+json',
  answer: 'application/vnd.gsma.botsuggestion.response.v1.0+json',
} as const

const rootOf: Readonly<Record<string, string>> = { [mediaType.card]: 'message', [mediaType.chips]: 'suggestions' }

export interface ListItem {
  readonly contentType: string
  readonly contentEncoding?: 'utf8' | 'base64'
  readonly contentText?: unknown
}

const longestText = 2000

/** Decodes and checks one member of a message list. Throws BotRefusal 83996, 40021, 40008 or 40005. */
export function readContent(item: ListItem): Part {
  const contentType = item.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (item.contentText === undefined || item.contentText === null) {
    throw new BotRefusal(botCode.contentMissing, 'contentText is missing')
  }
  if (contentType === mediaType.text) return { contentType, content: readText(item) }
  if (contentType.startsWith('application/vnd.gsma.rcs-ft-http')) {
    throw new BotRefusal(botCode.fileType, 'file messages are not offered by this platform')
  }
  const root = rootOf[contentType]
  if (root === undefined)
    throw new BotRefusal(botCode.schema, `content type ${contentType} is not a message to a phone`)
  return { contentType, content: readBody(item, root) }
}

function readText(item: ListItem): string {
  const text = decode(item)
  if (typeof text !== 'string' || text === '') {
    throw new BotRefusal(botCode.parameter, 'contentText of text/plain must be a string that is not empty')
  }
  if ([...text].length > longestText) {
    throw new BotRefusal(botCode.textLength, `the text is longer than ${longestText} characters`)
  }
  return text
}

/** Clients send the JSON types as an object or as its text; both are taken. */
function readBody(item: ListItem, root: string): unknown {
  const decoded = decode(item)
  const body = typeof decoded === 'string' ? parseOrRefuse(decoded) : decoded
  const problem = findMessageProblem(body)
  if (problem) throw new BotRefusal(botCode.schema, `JsonSchema validation failed: ${problem.pointer} ${problem.rule}`)
  if (typeof body !== 'object' || body === null || !(root in body)) {
    throw new BotRefusal(botCode.schema, `JsonSchema validation failed: # this content type needs "${root}"`)
  }
  return body
}

function decode({ contentText, contentEncoding }: ListItem): unknown {
  if (contentEncoding !== 'base64' || typeof contentText !== 'string') return contentText
  return Buffer.from(contentText, 'base64').toString('utf8')
}

function parseOrRefuse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BotRefusal(botCode.schema, 'JsonSchema validation failed: # contentText is not JSON')
  }
}
