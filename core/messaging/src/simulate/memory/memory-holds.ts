import type { Hold, HoldCommand } from '@inthread/sdk/engine'
import type { Instant } from '@inthread/sdk/time'
import type { Store } from '@inthread/store'
import { counterIdOf, findLowestFree, listUsedUnits, type ReserveCommand } from '../../collection/holds.store.ts'
import type { Holder, NeedAnswers } from '../../fold/need.ts'

interface HeldUnit extends Hold {
  readonly counterId: string
  readonly runId: string
  readonly state: 'held' | 'committing' | 'taken'
}

/** Units that the simulated user has, beside those that real ones have by now; see `holds.store.ts`. */
export class MemoryHolds {
  readonly #store: Pick<Store, 'read'>
  /** Replaced and never changed, so that a turn can be taken back. */
  #units: readonly HeldUnit[] = []

  constructor(store: Pick<Store, 'read'>) {
    this.#store = store
  }

  save(): () => void {
    const before = this.#units
    return () => void (this.#units = before)
  }

  /** `capacity` is what the document says, for `reserve`. */
  async hold(holder: Holder, command: HoldCommand, capacity: number): Promise<NeedAnswers['hold']> {
    if (command.kind === 'reserve') return { hold: await this.#reserve(holder, command, capacity) }
    if (command.kind === 'take') return { taken: this.#take(command.hold.id, holder.now) }
    this.#drop(({ id, state }) => id === command.hold.id && state !== 'committing')
    return { released: true }
  }

  /** The run is over: what is merely held goes back. */
  release(runId: string): void {
    this.#drop((unit) => unit.runId === runId && unit.state === 'held')
  }

  /** From here on nothing of it runs out: the money for it is on its way. */
  lock(runId: string): void {
    this.#move(runId, { from: 'held', to: 'committing' })
  }

  isLocked(runId: string): boolean {
    return this.#units.some((unit) => unit.runId === runId && unit.state === 'committing')
  }

  unlock(runId: string): void {
    this.#move(runId, { from: 'committing', to: 'held' })
  }

  settle(runId: string, state: 'taken' | 'released'): void {
    if (state === 'taken') this.#move(runId, { from: 'committing', to: 'taken' })
    else this.#drop((unit) => unit.runId === runId && unit.state === 'committing')
  }

  async #reserve(holder: Holder, command: ReserveCommand, capacity: number): Promise<Hold | null> {
    const counterId = counterIdOf(holder, command)
    const stored = await this.#store.read('simulation.units', (reader) =>
      listUsedUnits(reader, holder.tenantId, counterId),
    )
    const own = this.#alive(holder.now).filter((unit) => unit.counterId === counterId)
    const used = new Set([...stored, ...own.map(({ unit }) => unit)])
    if (used.size >= capacity) return null
    const hold: Hold = { id: holder.holdId, unit: findLowestFree(used), until: command.until }
    this.#units = [...this.#alive(holder.now), { ...hold, counterId, runId: holder.runId, state: 'held' }]
    return hold
  }

  #take(id: string, now: Instant): boolean {
    const found = this.#alive(now).find((unit) => unit.id === id && unit.state !== 'taken')
    if (found) this.#units = this.#units.map((unit) => (unit.id === id ? { ...unit, state: 'taken' } : unit))
    return found !== undefined
  }

  #alive(now: Instant): readonly HeldUnit[] {
    return this.#units.filter(({ state, until }) => state !== 'held' || until > now)
  }

  #drop(isDropped: (unit: HeldUnit) => boolean): void {
    this.#units = this.#units.filter((unit) => !isDropped(unit))
  }

  #move(runId: string, { from, to }: { readonly from: HeldUnit['state']; readonly to: HeldUnit['state'] }): void {
    this.#units = this.#units.map((unit) =>
      unit.runId === runId && unit.state === from ? { ...unit, state: to } : unit,
    )
  }
}
