import type { EgressRequest } from '@inthread/sdk/engine'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Sealer } from '@inthread/store'
import type { BankRequest } from '../ports.ts'

/** What a run wants to know of a host that its plugin has declared. */
export interface FetchRequest {
  readonly botId: string
  readonly plugin: string
  /** The name under which the contract declares the host. */
  readonly from: string
  readonly request: EgressRequest
  readonly deadlineMs: number
}

export interface EffectPlace {
  readonly tenantId: string
  readonly effectId: string
}

/** What goes to a host or to the bank may say something about the user: it is kept sealed. */
export function sealRequest(sealer: Sealer, place: EffectPlace, request: FetchRequest | BankRequest): string {
  return sealer.seal(placeOf(place), encodeJson(request))
}

export function openRequest(sealer: Sealer, place: EffectPlace, box: string): FetchRequest {
  return decodeJson(sealer.open(placeOf(place), box)) as FetchRequest
}

export function openBankRequest(sealer: Sealer, place: EffectPlace, box: string): BankRequest {
  return decodeJson(sealer.open(placeOf(place), box)) as BankRequest
}

function placeOf({ tenantId, effectId }: EffectPlace): { tenant: string; table: string; column: string; row: string } {
  return { tenant: tenantId, table: 'effect', column: 'request', row: effectId }
}
