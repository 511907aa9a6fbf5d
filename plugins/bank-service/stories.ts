import type { Story } from '@inthread/sdk/testing'
import { transferStories } from './stories/transfer-stories.ts'

export const stories: readonly Story[] = [...transferStories]
