import { QueryClient } from '@tanstack/react-query'
import { AdminError } from '@inthread/client'

/** What was refused is refused again: only a call that got no answer is worth a second one. */
const mayHelp = (count: number, error: Error): boolean =>
  count < 2 && error instanceof AdminError && error.code === 'UNREACHABLE'

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: mayHelp, retryDelay: 400 }, mutations: { retry: false } },
})
