import type { ItemBody } from '../inbox/item.ts'
import type { InboxRow, RunRow } from '../schema/tables.ts'

/** What the bank says of an order, of a refund, or of something else that lives on there. */
export interface Letter extends Extract<ItemBody, { kind: 'order' }> {
  /** What it speaks of: the key of every letter begins with it. */
  readonly id: string
}

export function readLetter({ key }: Pick<InboxRow, 'key'>, body: Extract<ItemBody, { kind: 'order' }>): Letter {
  return { ...body, id: key.split(':', 1)[0] ?? '' }
}

/** A dialogue hears of its own order. Whatever else has an end and is told to a run is a refund that it asked for. */
export function isAboutOrder(letter: Pick<Letter, 'id'>, run: Pick<RunRow, 'order_id'> | undefined): boolean {
  return run !== undefined && run.order_id === letter.id
}

/** The scene at the bottom. */
export function rootOf({ id, root_id, parent_id }: Pick<RunRow, 'id' | 'root_id' | 'parent_id'>): string {
  return root_id ?? parent_id ?? id
}
