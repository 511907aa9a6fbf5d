import type { RenderedContent } from '@inthread/sdk/channel'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Sealer } from '@inthread/store'

export interface MessagePlace {
  readonly tenantId: string
  readonly messageId: string
}

export function sealMessage(sealer: Sealer, place: MessagePlace, content: RenderedContent): string {
  return sealer.seal(placeOf(place), encodeJson(content))
}

export function openMessage(sealer: Sealer, place: MessagePlace, body: string): RenderedContent {
  return decodeJson(sealer.open(placeOf(place), body)) as RenderedContent
}

function placeOf({ tenantId, messageId }: MessagePlace): {
  tenant: string
  table: string
  column: string
  row: string
} {
  return { tenant: tenantId, table: 'outbox', column: 'body', row: messageId }
}
