import { addMs, minutes, type Instant } from '@inthread/sdk/time'
import type { TenantScope, Transaction } from '@inthread/store'
import { openWindows, takeFromWindow } from '../grants/use.store.ts'
import type { GrantWindow } from '../grants/list-windows.ts'

/** Of one tenant in a minute: whoever gives back more at once is a program that went wrong, or a thief. */
const atMost = 20n

/** Counts in the database, so that all processes agree. False when the minute is used up. */
export async function takeRefundTurn(tx: Transaction, scope: TenantScope, now: Instant): Promise<boolean> {
  const minute = Math.floor(now / (minutes(1) * 1000))
  const window: GrantWindow = {
    place: 'books/refunds',
    span: `minute:${minute}`,
    ceiling: 'perMinute',
    cap: atMost,
    forgetAt: addMs(now, minutes(10)),
  }
  await openWindows(tx, scope, [window])
  return takeFromWindow(tx, scope, { window, amountMinor: 0n })
}
