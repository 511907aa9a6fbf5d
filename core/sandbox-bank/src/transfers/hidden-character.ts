import type { Quote } from '../quotes/quotes.store.ts'
import type { Vault } from '../vault/vault.ts'

/** From here on, whoever pays somebody for the first time has to know the character of the name that is not shown. */
export const nameAskedFromMinor = 500_000n

/** What a lookup keeps of it: a keyed digest, never the character. */
export function digestHiddenCharacter(vault: Vault, name: string): string {
  return digest(vault, [...name][0] ?? '')
}

/** A payee who was paid before, or less money, needs no more than the masked name. */
export function isNameAsked(quote: Quote | undefined, amountMinor: bigint): boolean {
  if (quote?.kind !== 'payee-lookup' || amountMinor < nameAskedFromMinor) return false
  return (quote.view as { readonly firstTime?: boolean }).firstTime === true
}

export function isHiddenCharacter(vault: Vault, quote: Quote, typed: string): boolean {
  const { hidden } = quote.facts as { readonly hidden?: string }
  return hidden !== undefined && digest(vault, typed) === hidden
}

/** Blanks around it, its width and its case do not matter. */
function digest(vault: Vault, typed: string): string {
  return vault.blindIndexOf(`hidden ${typed.normalize('NFKC').trim().toLowerCase()}`)
}
