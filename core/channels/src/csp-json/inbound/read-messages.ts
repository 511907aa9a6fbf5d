import type { InboundMessage } from '@inthread/sdk/channel'
import type { JsonObject } from '../../rcc07/rule.ts'
import { findId, Malformed, readId, readList, readObject } from './read-field.ts'
import { readPart } from './read-part.ts'

/**
 * One item per part, since a phone may send several things at once: `<messageId>`, `<messageId>#2`, … The address in
 * the body is not compared with ours: users may write to an extension of the number, and the path named the chatbot.
 */
export function readMessages(push: JsonObject): readonly InboundMessage[] {
  const id = readId(push['messageId'], '/messageId')
  const from = readSender(push['senderAddress'])
  const conversationRef = findId(push['conversationId'], '/conversationId')
  const contributionRef = findId(push['contributionId'], '/contributionId')
  return readList(push['messageList'], '/messageList').map((part, index) => {
    const place = `/messageList/${index}`
    const content = readPart(readObject(part, place), place)
    const key = index === 0 ? id : `${id}#${index + 1}`
    return { kind: 'message', key, from, content, conversationRef, contributionRef }
  })
}

/** The network vouches for this number, so nothing is guessed about one that is not written as agreed. */
function readSender(value: unknown): string {
  const number = typeof value === 'string' ? /^tel:(\+[1-9]\d{6,14})$/.exec(value)?.[1] : undefined
  if (number !== undefined) return number
  throw new Malformed('/senderAddress', 'must be tel: with a number in E.164 form, like tel:+86…')
}
