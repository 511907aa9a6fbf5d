import type { Thread } from './thread.ts'
import type { Story } from '../format/story-schema.ts'
import type { BankBooks, Book, StoryWorld, TenantFacts } from '../world/story-world.ts'

export interface PlayOptions {
  /** Every tap is made twice. */
  readonly twice: boolean
  /** How long something expected may take to come. */
  readonly patienceMs: number
  readonly pause: (durationMs: number) => Promise<void>
  readonly elapsedMs: () => number
}

/** A story under way: where it is played, and what it has seen so far. */
export interface Stage {
  readonly story: Story
  readonly world: StoryWorld
  readonly options: PlayOptions
  readonly tenant: TenantFacts
  readonly bot: string
  /** By phone. */
  readonly threads: Map<string, Thread>
  /** Numbers of the orders that the bank has named, in the order of their appearance. */
  readonly orders: string[]
  /** How things stood before the first turn: a sandbox may have been used before. */
  readonly before: { readonly bank: BankBooks; readonly book: Book }
}

const lookAgainMs = 25

/** Looks until nothing is wrong any more or patience is at an end, and answers with what is still wrong then. */
export async function waitUntilFine(
  { pause, elapsedMs, patienceMs }: PlayOptions,
  look: () => Promise<{ readonly problems: readonly string[]; readonly final?: boolean }>,
): Promise<readonly string[]> {
  const until = elapsedMs() + patienceMs
  for (;;) {
    const { problems, final = false } = await look()
    if (problems.length === 0 || final || elapsedMs() >= until) return problems
    await pause(lookAgainMs)
  }
}
