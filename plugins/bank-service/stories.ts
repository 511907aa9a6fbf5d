import type { Story } from '@inthread/sdk/testing'
import { accountStories } from './stories/account-stories.ts'
import { billStories } from './stories/bill-stories.ts'
import { cardStories } from './stories/card-stories.ts'
import { transferStories } from './stories/transfer-stories.ts'
import { visitStories } from './stories/visit-stories.ts'
import { walletStories } from './stories/wallet-stories.ts'
import { wealthStories } from './stories/wealth-stories.ts'

export const stories: readonly Story[] = [
  ...[...transferStories, ...accountStories, ...billStories],
  ...[...visitStories, ...cardStories, ...walletStories, ...wealthStories],
]
