import { isFault } from '@inthread/sdk/fault'
import type { OpenDatabase } from '../../../../test/kit/requirements.ts'
import { isInConflict } from '../../src/breaks/break-machine.store.ts'
import { listDecisions, type BreakDecision } from '../../src/breaks/resolve-break.ts'
import { shiftDay } from '../../src/reconcile/bank-day.ts'
import type { BreakRow } from '../../src/schema/book-tables.ts'
import { Books } from '../books.ts'
import { day, Reconciling } from '../reconciling.ts'
import { Cast } from './cast.ts'
import type { Act, Day, Drawn } from './drawn.ts'
import { Stated, type Line } from './stated.ts'

const hourMs = 3_600_000
const emptyDay: Day = { before: [], lines: [], cut: null, decisions: [] }

/** Whatever banks say and state and people decide, day after day. */
export class StatementStory {
  readonly books: Books
  readonly bank: Reconciling
  readonly cast: Cast
  readonly stated = new Stated()
  /** Orders of which people have explained something away, and lines that nobody knows. */
  readonly explained = new Set<string>()
  readonly #explains: boolean

  private constructor(books: Books, explains: boolean) {
    this.books = books
    this.bank = new Reconciling(books)
    this.cast = new Cast(books)
    this.#explains = explains
  }

  static async tell(open: OpenDatabase, { orders, days, explains }: Drawn): Promise<StatementStory> {
    const story = new StatementStory(await Books.open(open), explains)
    for (const { capability, said } of orders) {
      const member = await story.cast.open(capability)
      for (const word of said) await story.cast.say(member, word)
    }
    // The bank has nothing of a day before it is over.
    story.books.ground.clock.advance(21 * hourMs)
    // Days with nothing follow: what was settled or decided last may be missing there.
    const all = [...days, ...Array<Day>(5).fill(emptyDay)]
    for (const [index, drawn] of all.entries()) {
      await story.#live(drawn, shiftDay(day, index))
      if (index >= days.length) while (await story.#decideAny());
      story.books.ground.clock.advance(24 * hourMs)
    }
    for (const row of await story.bank.breaks()) await story.#resolve(row, 'explained')
    return story
  }

  async #live({ before, lines: drawn, cut, decisions }: Day, of: string): Promise<void> {
    for (const act of before) await this.#act(act)
    const lines = drawn.map((line) => this.stated.build(line, this.cast.members))
    this.stated.lines.push(...(cut ? await this.#readTwice(lines, { of, cut }) : await this.#read(lines, of)))
    for (const pick of decisions) await this.#decideOne(pick)
  }

  async #act(act: Act): Promise<void> {
    if (act.act === 'decide') return this.#decideOne(act.pick)
    const { members } = this.cast
    const member = members[act.about % members.length]
    if (!member) return
    this.books.ground.clock.advance(60_000)
    await (act.act === 'say' ? this.cast.say(member, act.word) : this.cast.giveBack(member, act.amount))
  }

  async #read(lines: readonly Line[], of: string): Promise<readonly Line[]> {
    await this.bank.read(
      lines.map(({ line }) => line),
      of,
    )
    return lines
  }

  /** The lines that count in the end. */
  async #readTwice(
    lines: readonly Line[],
    { of, cut }: { readonly of: string; readonly cut: NonNullable<Day['cut']> },
  ): Promise<readonly Line[]> {
    const first = this.bank.statement(
      lines.map(({ line }) => line),
      of,
    )
    await this.bank.cut(first, cut.writes)
    await this.#decideOne(cut.writes)
    const { drop } = cut
    if (drop === null) {
      await this.bank.import(first)
      return lines
    }
    const rest = lines.slice(drop)
    const { state } = await this.bank.read(
      rest.map(({ line }) => line),
      of,
    )
    return state === 'imported' ? rest : lines
  }

  async #decideOne(pick: number): Promise<void> {
    const rows = await this.bank.breaks()
    const row = rows[pick % Math.max(1, rows.length)]
    if (row) await this.#decide(row, pick)
  }

  async #decideAny(): Promise<boolean> {
    for (const row of await this.bank.breaks()) if (await this.#decide(row, 0)) return true
    return false
  }

  /** As the bank has it, wherever that fits; now and then people explain it away instead. */
  async #decide(row: BreakRow, pick: number): Promise<boolean> {
    const inConflict = await this.books.ground.store.read('conflict', (reader) => isInConflict(reader, row))
    const fitting = listDecisions(row, { inConflict, isUndecided: false }).filter(
      (decision) => decision !== 'explained',
    )
    if (pick % 2 === 1) fitting.reverse()
    const explains = this.#explains && pick % 5 === 1
    for (const decision of explains ? (['explained', ...fitting] as const) : fitting)
      if (await this.#resolve(row, decision)) {
        if (decision === 'explained') this.explained.add(row.order_id || row.id)
        return true
      }
    return false
  }

  async #resolve({ id }: BreakRow, decision: BreakDecision): Promise<boolean> {
    const row = (await this.bank.breaks()).find((each) => each.id === id)
    if (!row) return false
    if (row.state === 'open') await this.bank.take(row)
    try {
      await this.bank.resolve(row, decision)
      return true
    } catch (error) {
      if (!isFault(error, 'break.decision_unfit') && !isFault(error, 'break.order_undecided')) throw error
      return false
    }
  }
}
