import type { TextRef } from '@inthread/sdk/engine'

/** 10:00 in Shanghai, on a day in March. */
export const now = 1_772_676_000_000_000

/** Words as a text that says just them. */
export function wordsOf(words: string): TextRef {
  return { template: 'words', vars: { words } }
}
