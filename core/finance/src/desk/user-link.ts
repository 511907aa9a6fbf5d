import type { BankConnection, BankLink, BankOutcome } from '@inthread/sdk/bank'
import { listNumbers, type TenantScope, type Transaction } from '@inthread/store'
import { mergeAll } from '@inthread/store/sql'
import { checkNumber } from '../numbers/check-number.ts'
import type { FinancePorts } from '../ports.ts'
import { digestOfLink, findLink } from './link.store.ts'

export interface LinkedUser {
  readonly scope: TenantScope
  readonly bankId: string
  readonly subscriberId: string
  /** Towards the bank, should it have to be asked. */
  readonly key: string
  /** The language that the user is spoken to in. */
  readonly locale?: string
}

/** Who a subscriber is to a bank: asked for once, with the number that they write from, and remembered sealed. */
export class UserLinks {
  readonly #ports: FinancePorts

  constructor(ports: FinancePorts) {
    this.#ports = ports
  }

  /** The user's link with the bank: remembered, or asked for with the number that the user writes from. */
  async find(user: LinkedUser, bank: BankConnection): Promise<BankOutcome<string | undefined>> {
    const found = await this.look(user, bank)
    if (found.kind === 'refused' || found.kind === 'unknown') return found
    return { kind: found.kind, value: found.value?.state === 'active' ? found.value.id : undefined }
  }

  /** The same with the link of a number that is nobody's yet: such a link is never remembered. */
  async look(
    { scope, bankId, subscriberId, key, locale }: LinkedUser,
    bank: BankConnection,
  ): Promise<BankOutcome<BankLink | undefined>> {
    const { store, sealer } = this.#ports
    const verdict = await checkNumber({ scope, bankId, subscriberId, key }, bank, this.#ports)
    if (verdict === 'unsure') return { kind: 'unknown', code: 'number_unsure' }
    if (verdict === 'reassigned') return { kind: 'refused', code: 'number_reassigned', reason: 'not_linked' }
    const known = await store.read('desk.link', (reader) => findLink(reader, scope, { bankId, subscriberId, sealer }))
    if (known !== undefined) return { kind: 'done', value: { state: 'active', id: known } }
    const subject = { scope, subscriberId }
    const numbers = await store.read('desk.number', (reader) => listNumbers(reader, [subject], sealer))
    const phone = numbers.get(subscriberId)
    if (phone === undefined) return { kind: 'done', value: undefined }
    const spoken = locale === undefined ? {} : ({ locale: locale.startsWith('zh') ? 'zh-CN' : 'en' } as const)
    return bank.link({ key, phone, userRef: subscriberId, ...spoken })
  }

  async record(tx: Transaction, { scope, bankId, subscriberId }: LinkedUser, link: string): Promise<void> {
    const { sealer, clock } = this.#ports
    const place = { tenant: scope.tenantId, table: 'bank_link', column: 'link', row: `${bankId}/${subscriberId}` }
    const row = {
      tenant_id: scope.tenantId,
      bank_id: bankId,
      subscriber_id: subscriberId,
      link: sealer.seal(place, link),
      link_digest: digestOfLink(link),
      updated_at: clock.now(),
    }
    await mergeAll(tx, 'bank_link', {
      rows: [row],
      key: ['tenant_id', 'bank_id', 'subscriber_id'],
      update: ['link', 'link_digest', 'updated_at'],
    })
  }
}
