import type { BankSetup } from '@inthread/finance/ports'
import type { Tenancy } from '@inthread/messaging/ports'
import { token, type Hall } from '../boot/token.ts'
import type { BuiltTenant } from './build-tenancy.ts'

/** What one tenant has in one epoch, out of its own container. */
export interface TenantHall {
  readonly tenancy: Tenancy
  readonly banks: readonly BankSetup[]
}

const tenancyToken = token<Tenancy>('tenancy')
const banksToken = token<readonly BankSetup[]>('banks')

/** A child of the root container for a tenant in an epoch: built, closed, and thrown away with the epoch. */
export function openTenantHall(root: Hall, built: BuiltTenant): TenantHall {
  const hall = root.openChild()
  hall.provide(tenancyToken, () => built.tenancy)
  hall.provide(banksToken, () => built.banks)
  hall.build()
  return { tenancy: hall.get(tenancyToken), banks: hall.get(banksToken) }
}
