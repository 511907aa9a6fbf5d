import { minutes } from '@inthread/sdk'

/** Who says nothing is left in peace; who says what nobody can read is told that it ends here. */
export const patience = { timeout: { afterMs: minutes(30), to: 'end' }, giveUp: 'leave' } as const
