import type { AdminApi } from '@inthread/client'

/** One line of a conversation's history. */
export type Entry = Awaited<ReturnType<AdminApi['conversations']['timeline']['query']>>[number]
