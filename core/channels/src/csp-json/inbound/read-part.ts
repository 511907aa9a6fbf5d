import type { InboundContent } from '@inthread/sdk/channel'
import { isObject, type JsonObject } from '../../rcc07/rule.ts'
import { findPlace } from './find-place.ts'
import { Malformed, readList, readObject, readText } from './read-field.ts'
import { readJson, readUtf8 } from './read-json.ts'

type ContentReader = (value: unknown, place: string) => InboundContent

const readers: ReadonlyMap<string, ContentReader> = new Map([
  ['text/plain', readPlainText],
  ['application/vnd.gsma.botsuggestion.response.v1.0+json', readTap],
  ['application/vnd.gsma.rcs-ft-http', readFiles],
])

/** One entry of `messageList`. What we don't know, or is encoded in a way we don't know, is `other`, never refused. */
export function readPart(part: JsonObject, place: string): InboundContent {
  const contentType = findContentType(part)
  if (contentType === undefined) throw new Malformed(`${place}/contentType`, 'must be a media type')
  const encoding = findEncoding(part['contentEncoding'])
  const reader = readers.get(contentType)
  if (!reader || !encoding) return { kind: 'other', contentType }
  const value = part['contentText']
  const content = `${place}/contentText`
  return reader(encoding === 'base64' && typeof value === 'string' ? decodeBase64(value, content) : value, content)
}

/** Without parameters and in lower case. `contenType` is a misprint of the specification that platforms follow. */
function findContentType(part: JsonObject): string | undefined {
  const value = part['contentType'] ?? part['contenType']
  const [contentType = ''] = typeof value === 'string' ? value.split(';', 1) : []
  const normal = contentType.trim().toLowerCase()
  return /^[\x21-\x7e]{1,128}$/.test(normal) ? normal : undefined
}

function findEncoding(value: unknown): 'utf8' | 'base64' | undefined {
  if (value === undefined || value === null) return 'utf8'
  const word = typeof value === 'string' ? value.toLowerCase().replace('-', '') : ''
  return word === 'utf8' || word === 'base64' ? word : undefined
}

function readPlainText(value: unknown, place: string): InboundContent {
  const text = readText(value, place)
  return findPlace(text) ?? { kind: 'text', text }
}

/** A tap on a reply or on an action. Both may come without a postback. */
function readTap(value: unknown, place: string): InboundContent {
  const body = readObject(readStructure(value, place), place)
  const response = readObject(body['response'], `${place}/response`)
  const name = response['reply'] === undefined ? 'action' : 'reply'
  const tapped = readObject(response[name], `${place}/response/${name}`)
  const postback = isObject(tapped['postback']) ? tapped['postback'] : {}
  return {
    kind: 'tap',
    postback: readText(postback['data'] ?? '', `${place}/response/${name}/postback/data`),
    label: readText(tapped['displayText'] ?? '', `${place}/response/${name}/displayText`),
  }
}

/** A file comes as a list, often with its thumbnail first: the file's own type is reported. */
function readFiles(value: unknown, place: string): InboundContent {
  const list = readList(readStructure(value, place), place)
  const entries = list.map((entry, index) => readObject(entry, `${place}/${index}`))
  const file = entries.find((entry) => entry['type'] === 'file') ?? entries[0]
  return { kind: 'file', contentType: (file && findContentType(file)) ?? 'application/octet-stream' }
}

/** JSON types are sent as objects by the specification and as text by some platforms. */
function readStructure(value: unknown, place: string): unknown {
  return typeof value === 'string' ? readJson(value, place) : value
}

function decodeBase64(value: string, place: string): string {
  const packed = value.replaceAll(/\s/g, '')
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) throw new Malformed(place, 'must be base64')
  return readUtf8(Buffer.from(packed, 'base64'), place)
}
