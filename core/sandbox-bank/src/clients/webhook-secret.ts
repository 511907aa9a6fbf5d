import type { Bank } from '../app/bank.ts'
import { commitMeta, findMeta } from '../store/meta.store.ts'

/** `whsec_…`, for a client that checks deliveries by a secret and not, or not only, by our key. */
export function commitWebhookSecret(bank: Bank, clientId: string, secret: string): void {
  commitMeta(bank.db, placeOf(clientId), bank.vault.seal(cellOf(clientId), secret))
}

export function findWebhookSecret(bank: Bank, clientId: string): string | undefined {
  const sealed = findMeta(bank.db, placeOf(clientId))
  return sealed && bank.vault.open(cellOf(clientId), sealed)
}

function placeOf(clientId: string): string {
  return `webhook_secret ${clientId}`
}

function cellOf(clientId: string): { table: string; column: string; row: string } {
  return { table: 'meta', column: 'value', row: placeOf(clientId) }
}
