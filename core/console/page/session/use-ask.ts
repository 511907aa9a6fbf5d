import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseInfiniteQueryResult, UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import type { AdminApi } from '@inthread/client'
import { useSession } from './session.ts'
import { withFactor } from './with-factor.ts'

interface Asking<T> {
  /** Names the answer: the procedure, then what it is asked with. */
  readonly key: readonly unknown[]
  readonly ask: (client: AdminApi) => Promise<T>
  readonly enabled?: boolean
  readonly everyMs?: number
}

/** An answer of the platform, kept and brought up to date. */
export function useAsk<T>({ key, ask, enabled = true, everyMs }: Asking<T>): UseQueryResult<T> {
  const { client } = useSession()
  return useQuery({
    queryKey: key,
    queryFn: () => ask(client),
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  })
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

interface AskingPages<T> {
  readonly key: readonly unknown[]
  readonly ask: (client: AdminApi, cursor: string | undefined) => Promise<Page<T>>
}

/** A list of which the next page is read when somebody gets there. */
export function usePages<T>({ key, ask }: AskingPages<T>): UseInfiniteQueryResult<readonly T[]> {
  const { client } = useSession()
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(client, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  })
}

interface Doing<Input, T> {
  readonly act: (client: AdminApi, input: Input) => Promise<T>
  /** What may look different afterwards: the first words of keys. */
  readonly touches: readonly string[]
  /** Called once it is done, even when the part that asked for it is gone by then. */
  readonly done?: (result: T) => void
}

/** Something that is changed; afterwards what it touches is read again. */
export function useDo<Input, T>({ act, touches, done }: Doing<Input, T>): UseMutationResult<T, Error, Input> {
  const { client } = useSession()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => withFactor(() => act(client, input)),
    onSettled: () => Promise.all(touches.map((name) => queries.invalidateQueries({ queryKey: [name] }))),
    onSuccess: (result) => done?.(result),
  })
}
