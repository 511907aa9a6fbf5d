/** Names the bank, and whose connection to it, that something has to be done at. */
export interface BankWork {
  readonly tenant_id: string
  readonly bank_id: string
}

/** How much may be begun now. */
export interface Room {
  readonly limit: number
  /** Banks at which nothing more may be begun. */
  readonly full: readonly BankWork[]
  leftAt(bank: BankWork): number
}

export function bankOf({ tenant_id: tenant, bank_id: bank }: BankWork): string {
  return `${tenant} ${bank}`
}

/** Pure. The first of them for which there is room at their bank. */
export function takeWithin<T extends BankWork>(found: readonly T[], { leftAt }: Room): readonly T[] {
  const taken = new Map<string, number>()
  return found.filter((item) => {
    const count = taken.get(bankOf(item)) ?? 0
    taken.set(bankOf(item), count + 1)
    return count < leftAt(item)
  })
}

const firstMs = 1000
const lastMs = 300_000

/** How long to leave alone what could not be worked on: its bank may be disconnected for a minute, or for good. */
export function postponeMs(failures: number): number {
  return Math.min(firstMs * 2 ** Math.min(failures, 20), lastMs)
}
