import type { AdminApi } from '@inthread/client'
import { useAsk } from '../session/use-ask.ts'
import { useFollow } from '../session/use-follow.ts'
import { useTenantId } from '../session/use-tenant.ts'

export type Case = Awaited<ReturnType<AdminApi['desk']['list']['query']>>[number]

export type Said = Awaited<ReturnType<AdminApi['desk']['read']['query']>>[number]

export type Answer = Awaited<ReturnType<AdminApi['answers']['list']['query']>>[number]

/** The open and the claimed cases of the tenant, as they change. */
export function useQueue() {
  const tenant = useTenantId()
  return useFollow({
    key: ['queue', tenant],
    follow: (client, options) => client.desk.follow.subscribe({ tenant }, options),
  })
}

/** The team's ready answers. */
export function useAnswers() {
  const tenant = useTenantId()
  return useAsk({ key: ['answers', tenant], ask: (client) => client.answers.list.query({ tenant }) })
}
