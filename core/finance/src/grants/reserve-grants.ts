import type { Ceiling } from '@inthread/sdk/capability'
import type { Money } from '@inthread/sdk/money'
import type { Instant } from '@inthread/sdk/time'
import { findBinding, type Reader, type TenantScope, type Transaction } from '@inthread/store'
import type { GrantRow } from '../schema/tables.ts'
import { placeOf } from './grant-place.ts'
import { findGrants } from './grant.store.ts'
import { readGrant, type GrantTerms, type GrantText, type Strength } from './grant-terms.ts'
import { judgeGrant, type GrantCall, type GrantRefusal, type GrantSide, type GrantVerdict } from './judge-grant.ts'
import { isKnownPayee } from './strength/payee.store.ts'
import { requiredStrength, strongestOf } from './strength/required-strength.ts'
import { dayOf, listWindows, type GrantWindow } from './list-windows.ts'
import {
  addToWindows,
  giveBack,
  insertHold,
  keyOf,
  lockWindows,
  openWindows,
  readUse,
  takeFromWindow,
} from './use.store.ts'

/** A call that needs a grant, and the order that it is made for. */
export interface GrantedCall {
  readonly scope: TenantScope
  readonly orderId: string
  readonly bankId: string
  readonly capability: string
  readonly botId: string
  readonly plugin: string
  readonly need: string
  readonly ceiling: Ceiling | undefined
  readonly subscriberId: string
  readonly timeZone: string
  readonly now: Instant
  /** Who is paid, by the bank's name of them; undefined where nobody is. */
  readonly payee?: string | undefined
  /** `false` for a call without an order: nothing of it can be given back. */
  readonly keeps?: boolean
}

/** The surest proof that a bank can be asked for: a signature that the SIM card makes. */
const surest: Strength = 'signature'

/**
 * Judges a call by the grants of bank, tenant and plugin, and holds for its order what it uses of them: in the same
 * transaction as the order, so that both are there or neither.
 */
export async function reserveGrants(tx: Transaction, call: GrantedCall, amount: Money): Promise<GrantVerdict> {
  const sides = await readSides(tx, call)
  const { now, timeZone, subscriberId } = call
  const windows = listWindows({ now, timeZone, subscriberId, currency: amount.currency }, sides)
  const limited = windows.filter(({ cap }) => cap !== undefined)
  const stepping = sides.filter(({ terms }) => terms.strengthBy !== undefined)
  const counted = windows.filter(
    ({ place, ceiling }) => ceiling === 'perUserDay' && stepping.some((side) => side.place === place),
  )
  // Two calls of one user at the same moment would both be small. These come first in the order of locks.
  if (amount.amountMinor > 0n) await lockWindows(tx, call.scope, counted)
  const use = await readUse(tx, call.scope, [...limited, ...counted])
  const asked: GrantCall = {
    amount,
    purpose: `${call.plugin}.${call.need}`,
    day: dayOf(now, timeZone),
    strength: surest,
  }
  const usedOf = (side: Side, ceiling: GrantWindow['ceiling']) => {
    const window = windows.find((each) => each.place === side.place && each.ceiling === ceiling)
    return window && use.get(keyOf(window))
  }
  const judged = judgeGrant(
    asked,
    sides.map((side) => ({
      ...side,
      use: {
        dayMinor: usedOf(side, 'perDay')?.used_minor ?? 0n,
        userDayMinor: usedOf(side, 'perUserDay')?.used_minor ?? 0n,
        minuteCalls: usedOf(side, 'perMinute')?.calls ?? 0,
      },
    })),
  )
  if (judged.kind === 'refused') return judged
  const spentOf = (side: Side): bigint => usedOf(side, 'perUserDay')?.used_minor ?? 0n
  const steps = await findStepUps(tx, call, { amount, sides: stepping, spentOf })
  const verdict = { kind: 'allowed', strength: strongestOf([judged.strength, ...steps]) } as const
  const missing = limited.filter((window) => !use.has(keyOf(window)))
  return (
    (await take(tx, call, { windows, missing, sides, amount })) ??
    (call.keeps === false ? verdict : await hold(tx, call, { windows, amount, verdict }))
  )
}

const unused = { dayMinor: 0n, userDayMinor: 0n, minuteCalls: 0 } as const

/**
 * How a call is judged at the beginning of a day, by a user who has done nothing yet: nothing is held, and what others
 * have used of today's limits does not count.
 */
export async function previewGrants(reader: Reader, call: GrantedCall, amount: Money): Promise<GrantVerdict> {
  const { plugin, need, now, timeZone } = call
  const sides = await readSides(reader, call)
  const asked = { amount, purpose: `${plugin}.${need}`, day: dayOf(now, timeZone), strength: surest }
  return judgeGrant(
    asked,
    sides.map((side) => ({ ...side, use: unused })),
  )
}

interface Side extends Omit<GrantSide, 'use'> {
  readonly place: string
  readonly always: boolean
}

async function readSides(reader: Reader, call: GrantedCall): Promise<readonly Side[]> {
  const { bankId: bank, capability, botId: bot, plugin, need } = call
  const bankPlace = placeOf({ side: 'bank', bank, capability })
  const pluginPlace = placeOf({ side: 'plugin', bot, plugin, need })
  const rows = await findGrants(reader, call.scope, [bankPlace, pluginPlace])
  const find = (place: string): GrantRow | undefined => rows.find((row) => row.place === place)
  return [
    { party: 'bank', place: bankPlace, always: true, ...readRow(find(bankPlace)) },
    { party: 'tenant', place: pluginPlace, always: true, ...readRow(find(pluginPlace)) },
    {
      party: 'plugin',
      place: `plugin/${plugin}/${need}`,
      always: false,
      state: 'active',
      terms: call.ceiling ?? {},
    },
  ]
}

function readRow(row: GrantRow | undefined): { readonly state: GrantSide['state']; readonly terms: GrantTerms } {
  if (!row || row.state === 'revoked') return { state: 'missing', terms: {} }
  return { state: row.state, terms: readGrant(JSON.parse(row.terms) as GrantText) }
}

interface Stepping {
  readonly amount: Money
  readonly sides: readonly Side[]
  readonly spentOf: (side: Side) => bigint
}

/** What each side asks for because of the amount, the payee or the number; nothing is looked up where none does. */
async function findStepUps(
  tx: Transaction,
  { scope, bankId, subscriberId, payee, now }: GrantedCall,
  { amount: { amountMinor }, sides, spentOf }: Stepping,
): Promise<readonly (Strength | undefined)[]> {
  if (sides.length === 0 || amountMinor === 0n) return []
  const binding = await findBinding(tx, { scope, subscriberId }, now)
  const isNewPayee = payee !== undefined && !(await isKnownPayee(tx, { scope, bankId, subscriberId, payee }))
  const numberAgeMs = binding && (now - binding.openedAt) / 1000
  return sides.flatMap((side) => {
    const { strengthBy } = side.terms
    if (!strengthBy) return []
    return requiredStrength({ amountMinor, spentToday: spentOf(side), isNewPayee, numberAgeMs }, strengthBy)
  })
}

interface Taking {
  readonly windows: readonly GrantWindow[]
  readonly missing: readonly GrantWindow[]
  readonly sides: readonly Side[]
  readonly amount: Money
}

/** Takes from window after window; where one has been used up meanwhile, gives the others back and says which. */
async function take(
  tx: Transaction,
  { scope }: GrantedCall,
  { windows, missing, sides, amount: { amountMinor } }: Taking,
): Promise<GrantRefusal | undefined> {
  await openWindows(tx, scope, missing)
  const limited = windows.filter(({ cap }) => cap !== undefined)
  for (const [index, window] of limited.entries()) {
    if (await takeFromWindow(tx, scope, { window, amountMinor })) continue
    await giveBack(tx, scope, { windows: limited.slice(0, index), amountMinor, calls: 1 })
    const party = sides.find(({ place }) => place === window.place)?.party ?? 'tenant'
    return { kind: 'refused', reason: 'used_up', party, ceiling: window.ceiling }
  }
  await addToWindows(tx, scope, { windows: windows.filter(({ cap }) => cap === undefined), amountMinor })
  return undefined
}

interface Holding {
  readonly windows: readonly GrantWindow[]
  readonly amount: Money
  readonly verdict: Extract<GrantVerdict, { kind: 'allowed' }>
}

async function hold(tx: Transaction, call: GrantedCall, { windows, amount, verdict }: Holding): Promise<GrantVerdict> {
  const money = windows.filter(({ ceiling }) => ceiling !== 'perMinute')
  await insertHold(tx, {
    tenant_id: call.scope.tenantId,
    order_id: call.orderId,
    bot_id: call.botId,
    plugin: call.plugin,
    need: call.need,
    state: 'held',
    amount_minor: amount.amountMinor,
    windows: JSON.stringify(money.map(({ place, span }) => ({ place, span }))),
    strength_asked: verdict.strength ?? null,
    strength_reached: null,
  })
  return verdict
}
