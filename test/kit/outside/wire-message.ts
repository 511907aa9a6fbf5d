/** What a chatbot sent, as it came over the wire. */
export interface WireMessage {
  readonly messageId: string
  readonly messageList: readonly { readonly contentType: string; readonly contentText: unknown }[]
  readonly destinationAddress: readonly string[]
  readonly senderAddress: string
  readonly trafficType: string
  readonly conversationId: string
  readonly contributionId: string
}

export interface Reply {
  readonly displayText: string
  readonly postback?: { readonly data: string }
}

interface Node {
  readonly [name: string]: unknown
}

/** Everything in a message that a phone would show as text, buttons left out. */
export function readText({ messageList }: WireMessage): string {
  return messageList.flatMap(({ contentText }) => listValues(contentText, ['title', 'description'])).join('\n')
}

export function findReply({ messageList }: WireMessage, label: string): Reply {
  const replies = messageList
    .flatMap(({ contentText }) => listNodes(contentText))
    .flatMap((node) => node['reply'] ?? [])
  const found = (replies as Reply[]).find(({ displayText }) => displayText === label)
  if (!found)
    throw new Error(`no reply "${label}" among ${(replies as Reply[]).map((each) => each.displayText).join(', ')}`)
  return found
}

function listValues(content: unknown, names: readonly string[]): string[] {
  if (typeof content === 'string') return [content]
  return listNodes(content).flatMap((node) =>
    names.flatMap((name) => (typeof node[name] === 'string' ? [String(node[name])] : [])),
  )
}

function listNodes(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return []
  return [value as Node, ...Object.values(value).flatMap(listNodes)]
}
