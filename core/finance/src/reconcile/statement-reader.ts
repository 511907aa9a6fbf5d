import type { BankConnection } from '@inthread/sdk/bank'
import { faultCodeOf } from '@inthread/sdk/fault'
import { minutes, addMs, type Instant } from '@inthread/sdk/time'
import { claimLease, releaseLease } from '@inthread/store'
import type { BankSetup, FinancePorts } from '../ports.ts'
import { dayOf, defaultZone, lastReadyDay, shiftDay } from './bank-day.ts'
import { importStatement, type ImportReport } from './import-statement.ts'
import { findFirstOrder, listImported } from './statement.store.ts'

const everyMs = 60_000
const leaseMs = 120_000
/** A bank that has no statement yet is asked again after this time. */
const againMs = minutes(5)
/** So many missed days are caught up with; before them somebody has to ask. */
const daysAtMost = 7

/** The type of the notice that a statement is there. */
export const statementNotice = 'statement.ready'

export type ReadStatement =
  ImportReport | { readonly state: 'not_ready' | 'busy' } | { readonly state: 'unknown'; readonly code: string }

/** Imports each bank's statement of the day before, every morning at six in the bank's zone, and when it says so. */
export class StatementReader {
  readonly #ports: FinancePorts
  readonly #zones = new Map<BankConnection, string>()
  /** Per bank: the last day that is done, and when to ask again for the next. */
  readonly #known = new Map<string, { readonly day: string; readonly askAt: Instant }>()
  readonly #hearing = new Set<Promise<void>>()
  #poll: { stop(): Promise<void> } | undefined

  constructor(ports: FinancePorts) {
    this.#ports = ports
  }

  start(): void {
    this.#poll = this.#ports.timers.every(everyMs, () => this.readAll(), 'statements')
  }

  async stop(): Promise<void> {
    await this.#poll?.stop()
    await Promise.all(this.#hearing)
  }

  async readAll(): Promise<void> {
    for (const setup of await this.#ports.banks.list()) {
      try {
        await this.#catchUp(setup)
      } catch (error) {
        this.#ports.log.event('statement.failed', { bank: setup.bankId, code: faultCodeOf(error) })
      }
    }
  }

  /** The bank says that a statement is there. What comes of it is found again in the morning, whatever happens now. */
  hear(setup: BankSetup, day: string | undefined): void {
    if (day === undefined) return
    const heard = this.read(setup, day)
      .then(() => undefined)
      .catch((error: unknown) =>
        this.#ports.log.event('statement.failed', { bank: setup.bankId, code: faultCodeOf(error) }),
      )
      .finally(() => this.#hearing.delete(heard))
    this.#hearing.add(heard)
  }

  /** One day of one bank, now. */
  async read(setup: BankSetup, day: string): Promise<ReadStatement> {
    const { store, owner } = this.#ports
    const name = `statement:${setup.scope.tenantId}:${setup.bankId}`
    if ((await claimLease(store, { name, owner, leaseMs })) === undefined) return { state: 'busy' }
    try {
      const answer = await setup.connection.statement(day)
      if (answer.kind === 'not_found') return { state: 'not_ready' }
      if (answer.kind !== 'done') return { state: 'unknown', code: 'code' in answer ? answer.code : answer.kind }
      const zone = await this.#zoneOf(setup.connection)
      return await importStatement(setup, { statement: answer.value, zone }, this.#ports)
    } finally {
      await releaseLease(store, { name, owner })
    }
  }

  /** The days in their order: what is open on one is decided by the next. */
  async #catchUp(setup: BankSetup): Promise<void> {
    const key = `${setup.scope.tenantId}:${setup.bankId}`
    const now = this.#ports.clock.now()
    const last = lastReadyDay(now, this.#zones.get(setup.connection) ?? defaultZone)
    const known = this.#known.get(key)
    if (known && (known.day >= last || known.askAt > now)) return
    const after = known?.day ?? shiftDay(last, -daysAtMost)
    const missing = await this.#listMissing(setup, { from: shiftDay(after, 1), until: last })
    if (missing === undefined) return void this.#known.set(key, { day: shiftDay(last, -1), askAt: addMs(now, againMs) })
    let done = after
    for (const day of missing) {
      const { state } = await this.read(setup, day)
      // A day that a bank has nothing of is not waited for once a later one is there.
      if (state === 'not_ready' && day < last) continue
      const imported = state === 'imported' || state === 'known' || state === 'changed'
      if (!imported) return void this.#known.set(key, { day: done, askAt: addMs(now, againMs) })
      done = day
      this.#known.set(key, { day: done, askAt: now })
    }
    this.#known.set(key, { day: last, askAt: addMs(now, againMs) })
  }

  /**
   * Every day that was not imported, the first of them first: a later one may be there already, because the bank told
   * us of it. Undefined of a bank that nobody has ordered anything at: nothing is asked of it.
   */
  async #listMissing(
    { scope, bankId, connection }: BankSetup,
    span: { readonly from: string; readonly until: string },
  ): Promise<readonly string[] | undefined> {
    const { imported, firstOrderAt } = await this.#ports.store.read('statement.missing', async (reader) => ({
      imported: await listImported(reader, scope, { bankId, ...span }),
      firstOrderAt: await findFirstOrder(reader, scope, bankId),
    }))
    if (firstOrderAt === undefined) return undefined
    const firstDay = dayOf(firstOrderAt, this.#zones.get(connection) ?? defaultZone)
    const days: string[] = []
    for (let day = firstDay > span.from ? firstDay : span.from; day <= span.until; day = shiftDay(day, 1))
      if (!imported.has(day)) days.push(day)
    return days
  }

  async #zoneOf(connection: BankConnection): Promise<string> {
    const known = this.#zones.get(connection)
    if (known !== undefined) return known
    const profile = await connection.profile()
    const zone = profile.kind === 'done' ? (profile.value.zone ?? defaultZone) : undefined
    if (zone !== undefined) this.#zones.set(connection, zone)
    return zone ?? defaultZone
  }
}
