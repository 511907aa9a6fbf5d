import type { FetchAnswer } from '@inthread/sdk/engine'

/**
 * What somebody outside of the platform does in a simulated thread. The same acts in the same order give the same
 * thread, as long as what the tenant has installed and stored stays the same.
 */
export type SimulatedAct =
  | { readonly does: 'says'; readonly words: string }
  /** The button with this label: of the message with this number, or the youngest one. */
  | { readonly does: 'taps'; readonly label: string; readonly message?: number | undefined }
  /** An entry of the fixed menu below the thread. */
  | { readonly does: 'picks'; readonly label: string }
  /**
   * The bank ends what it was asked: by the name of an outcome, or by one of `bankWays`. Where its dialogue still asks
   * the user, the user agrees to everything first. `data` is a sample when left out.
   */
  | { readonly does: 'bank'; readonly answers: string; readonly data?: unknown }
  /** The bank says afterwards what became of an order that it had left open. */
  | { readonly does: 'settles'; readonly result: 'succeeded' | 'declined' }
  /** The host that was asked answers, or does not. */
  | { readonly does: 'host'; readonly answer: FetchAnswer }
  | { readonly does: 'waits'; readonly ms: number }

/** How a bank answers, whatever the operation calls it. */
export const bankWays = ['accepts', 'declines', 'times_out'] as const
export type BankWay = (typeof bankWays)[number]

export function isBankWay(answers: string): answers is BankWay {
  return bankWays.some((way) => way === answers)
}
