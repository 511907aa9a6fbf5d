import type { TenantDefinition } from '@inthread/admin'
import type { BankSetup } from '@inthread/finance/ports'
import { findSetting, saveSetting, type Store } from '@inthread/store'

type Names = Readonly<Record<string, string>>

const fallback: Names = { 'zh-CN': '银行', en: 'Bank' }

/** How banks call themselves. A name is kept, so that a bank that is away keeps it. */
export class BankNames {
  readonly #store: Store
  readonly #known = new Map<string, Names>()

  constructor(store: Store) {
    this.#store = store
  }

  find(tenantId: string, bankId: string): Names {
    return this.#known.get(`${tenantId}.${bankId}`) ?? fallback
  }

  async recall(definition: TenantDefinition): Promise<void> {
    for (const bank of definition.banks) {
      const name = `${definition.tenant.id}.${bank.id}`
      const known = this.#known.has(name) ? undefined : await findSetting(this.#store, `bank.name:${name}`)
      if (known !== undefined) this.#known.set(name, JSON.parse(known) as Names)
    }
  }

  /** Asks the bank; true when it says something new. */
  async learn({ scope, bankId, connection }: BankSetup): Promise<boolean> {
    const answer = await connection.profile()
    if (answer.kind !== 'done') return false
    const name = `${scope.tenantId}.${bankId}`
    const text = JSON.stringify(answer.value.name)
    if (text === JSON.stringify(this.#known.get(name))) return false
    this.#known.set(name, answer.value.name)
    await saveSetting(this.#store, `bank.name:${name}`, text)
    return true
  }
}
