import { renderMessage, type Message } from '../world/sight.ts'
import type { Speaking, StoryWorld } from '../world/story-world.ts'

/** What one phone hears of the bot from the story’s first turn on. */
export class Thread {
  readonly who: Speaking
  readonly #world: StoryWorld
  readonly #before: ReadonlySet<string>
  readonly #done = new Set<string>()
  #heard: readonly Message[] = []

  private constructor(world: StoryWorld, who: Speaking, before: ReadonlySet<string>) {
    this.#world = world
    this.who = who
    this.#before = before
  }

  /** Whatever stands in the thread by now is not part of the story. */
  static async open(world: StoryWorld, who: Speaking): Promise<Thread> {
    const messages = await world.listMessages(who)
    return new Thread(world, who, new Set(messages.map(({ id }) => id)))
  }

  /** Everything heard in this story, the oldest first. */
  get heard(): readonly Message[] {
    return this.#heard
  }

  /** Looks again, and answers with what has come and belongs to no turn yet. */
  async listNews(): Promise<readonly Message[]> {
    const messages = await this.#world.listMessages(this.who)
    const known = new Set(this.#heard.map(({ id }) => id))
    const news = messages.filter(({ id, direction }) => direction === 'in' && !this.#before.has(id) && !known.has(id))
    this.#heard = [...this.#heard, ...news]
    return this.#heard.filter(({ id }) => !this.#done.has(id))
  }

  /** These belong to a turn now. */
  settle(messages: readonly Message[]): void {
    for (const { id } of messages) this.#done.add(id)
  }

  /** The same words with the same buttons have been heard before. */
  isRepetition(message: Message): boolean {
    const earlier = this.#heard.slice(0, this.#heard.indexOf(message))
    return earlier.some((other) => renderMessage(other) === renderMessage(message))
  }
}
