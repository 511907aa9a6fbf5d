import type { Bank } from '../app/bank.ts'
import { commitAbandonment } from '../events/deliveries.store.ts'
import { commitAccount } from '../ledger/accounts.store.ts'
import { commitClientChange, commitNewClient, findClient, getClient, type Client } from './clients.store.ts'
import { buildAccountMask, buildMerchantNames, type MerchantNames } from './merchant.ts'

export interface Registration {
  readonly id: string
  readonly jwksUrl: string
  readonly webhookUrl?: string
  /** Left out: the name the merchant has, else the client's id. */
  readonly names?: MerchantNames
}

/** Opens the merchant's account for a new client; changes addresses and name of a known one. */
export function commitRegistration(bank: Bank, registration: Registration): { client: Client; created: boolean } {
  const created = bank.db.transaction(() => {
    const known = findClient(bank.db, registration.id)
    if (!known) commitOpening(bank, registration)
    const names = registration.names ?? known?.names ?? buildMerchantNames(registration.id)
    commitClientChange(bank.db, registration.id, {
      jwksUrl: registration.jwksUrl,
      webhookUrl: registration.webhookUrl,
      names,
    })
    if (registration.webhookUrl === undefined) commitAbandonment(bank.db, registration.id)
    return !known
  })
  bank.clientKeys.forget(registration.jwksUrl)
  return { client: getClient(bank.db, registration.id), created }
}

function commitOpening(bank: Bank, registration: Registration): void {
  const { id, jwksUrl } = registration
  const account = {
    id: bank.vault.idOf('acc', 'merchant', id),
    kind: 'merchant',
    clientId: id,
    mask: buildAccountMask(id),
  } as const
  commitAccount(bank.db, account)
  commitNewClient(bank.db, {
    id,
    jwksUrl,
    payeeId: bank.vault.idOf('mch', id),
    accountId: account.id,
    names: buildMerchantNames(id),
    at: bank.clock.now(),
  })
}
