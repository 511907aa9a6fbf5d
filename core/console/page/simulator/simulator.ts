import type { AdminApi } from '@inthread/client'

type Simulate = AdminApi['threads']['simulate']['mutate']

export type Input = Parameters<Simulate>[0]
export type Act = NonNullable<Input['acts']>[number]
export type Thread = NonNullable<Awaited<ReturnType<Simulate>>['thread']>
export type Turn = Thread['turns'][number]
export type Message = Turn['messages'][number]
export type Asked = Turn['asked'][number]
export type Question = NonNullable<Thread['asked']>
export type Draft = NonNullable<Input['draft']>

/** As many as the platform takes. */
export const actsAtMost = 60

/** Whether the bank itself asks the user something at the moment. */
export function isBankAsking({ open }: Thread): boolean {
  return open.some(({ voice, kind }) => voice === 'bank' && (kind === 'ask' || kind === 'confirm'))
}
