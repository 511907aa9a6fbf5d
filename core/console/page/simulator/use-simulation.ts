import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSession } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import type { Draft, Thread } from './simulator.ts'
import type { Script } from './use-script.ts'

export interface Setting {
  readonly tenant: string
  readonly bot: string
  readonly locale: string
  readonly sms: boolean
  readonly draft: Draft | undefined
}

/** The whole thread for a script. The platform keeps nothing, so the same script is asked for once. */
export function useSimulation(setting: Setting, script: Script) {
  const { client } = useSession()
  const { acts, startsAt } = script
  const { tenant, bot, locale, sms, draft } = setting
  return useQuery({
    queryKey: ['simulation', setting, acts, startsAt],
    queryFn: () =>
      client.threads.simulate.mutate({
        ...{ tenant, bot, sms, acts: [...acts] },
        ...(locale === '' ? {} : { locale }),
        ...(draft ? { draft } : {}),
        ...(startsAt === undefined ? {} : { startsAt }),
      }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    enabled: bot !== '',
  })
}

/** From the first answer on, the thread has its beginning: what was said before stays as it was. */
export function useBeginning(
  script: Script,
  change: (script: Script) => void,
  thread: Thread | null | undefined,
): void {
  const { acts, startsAt } = script
  const begun = thread?.startsAt
  useEffect(() => {
    if (acts.length > 0 && startsAt === undefined && begun !== undefined) change({ ...script, startsAt: begun })
  }, [acts.length, startsAt, begun, script, change])
}

/** A stored thread as a script; what may not be repeated is counted. */
export function useStored(tenant: string, thread: string) {
  return useAsk({
    key: ['script', tenant, thread],
    ask: (client) => client.threads.script.query({ tenant, conversation: thread }),
    enabled: thread !== '',
  })
}
