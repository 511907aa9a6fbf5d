import type { OutboxRow } from '../schema/tables.ts'

/** What the sender needs of a row; a fresh row's lease is still an expression, and nobody here looks at it. */
export type Sendable = Omit<OutboxRow, 'lease_until'>

export interface Entry {
  readonly message: Sendable
  /** Taken through the claim, not from this process's own commits. */
  readonly claimed: boolean
}

interface Lane {
  /** Conversations that nobody is sending for. */
  readonly waiting: string[]
  active: number
}

const conversationsAtOnce = 128
/** An operator that does not answer takes only this much of the room. */
const conversationsPerAccount = 32

/** Messages that wait in this process: in order within a conversation, with room for every operator's account. */
export class SendingQueue {
  readonly #queues = new Map<string, Entry[]>()
  readonly #lanes = new Map<string, Lane>()
  #active = 0

  /** The ids of all that waits here. */
  ids(): readonly string[] {
    return [...this.#queues.values()].flatMap((queue) => queue.map(({ message }) => message.id))
  }

  has({ conversation_id, id }: Sendable): boolean {
    return this.#queues.get(conversation_id)?.some(({ message }) => message.id === id) ?? false
  }

  add(entry: Entry): void {
    const { conversation_id: conversation } = entry.message
    const queue = this.#queues.get(conversation)
    if (queue) return void queue.push(entry)
    this.#queues.set(conversation, [entry])
    this.#laneOf(entry.message).waiting.push(conversation)
  }

  /** A conversation to send for, if there is room; whoever takes it gives it back with `finish`. */
  take(): readonly Entry[] | undefined {
    if (this.#active >= conversationsAtOnce) return undefined
    for (const lane of this.#lanes.values()) {
      if (lane.active >= conversationsPerAccount) continue
      const queue = this.#queues.get(lane.waiting.shift() ?? '')
      if (!queue) continue
      lane.active += 1
      this.#active += 1
      return queue
    }
    return undefined
  }

  /** The first message of a conversation is done with. */
  shift(conversation: string): void {
    this.#queues.get(conversation)?.shift()
  }

  /** What still waits in a conversation is forgotten here. */
  finish({ conversation_id: conversation, ...message }: Sendable): readonly Entry[] {
    const left = this.#queues.get(conversation) ?? []
    this.#queues.delete(conversation)
    const lane = this.#laneOf({ ...message, conversation_id: conversation })
    lane.active -= 1
    this.#active -= 1
    return left
  }

  #laneOf({ tenant_id, operator_id }: Sendable): Lane {
    const account = `${tenant_id}.${operator_id}`
    const lane = this.#lanes.get(account) ?? { waiting: [], active: 0 }
    this.#lanes.set(account, lane)
    return lane
  }
}
