import type { GuestIntent } from '@inthread/messaging/ports'
import type { Plugin, Slots } from '@inthread/sdk/engine'
import { encodeJson } from '@inthread/sdk/json'
import { z } from 'zod'
import { Refusal, refuseUnless } from './refusal.ts'

const valueBytes = 16 * 1024
const documentBytes = 64 * 1024
const documentShape = z.record(z.string(), z.unknown())
const intentShape = z.strictObject({ intent: z.string().max(100), input: z.unknown() })

/** What a reader made of typed words: any JSON of a modest size. It becomes an answer like a tapped one. */
export function checkWords(answer: unknown): unknown {
  refuseUnless(answer === undefined || Buffer.byteLength(encodeJson(answer)) <= valueBytes, 'words.bytes')
  return answer
}

/** A document of the same size as those that may be written. */
export function checkDocument(answer: unknown): Slots {
  const document = documentShape.safeParse(answer)
  if (!document.success) throw new Refusal('document.shape')
  refuseUnless(Buffer.byteLength(encodeJson(answer)) <= documentBytes, 'document.bytes')
  return document.data
}

/** An intent of the plugin's own, with the input that its flow takes. */
export function checkIntent(plugin: Plugin, answer: unknown): GuestIntent | undefined {
  if (answer === undefined) return undefined
  checkWords(answer)
  const parsed = intentShape.safeParse(answer)
  if (!parsed.success) throw new Refusal('intent.shape')
  const { intent: name, input } = parsed.data
  const intent = Object.hasOwn(plugin.intents, name) ? plugin.intents[name] : undefined
  refuseUnless(intent !== undefined, 'intent.unknown')
  refuseUnless(intent?.flow.input.safeParse(input).success === true, 'intent.input')
  return { intent: name, input }
}
