import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertAll, sql, sqlOf } from '@inthread/store/sql'
import { buyTicket } from '../kit/purchase.ts'
import { describeOnSqlite, describeWithAll, describeWithBrowser } from '../kit/requirements.ts'
import type { ConsoleScreen } from './console-screen.ts'
import { openConsoleStage, type ConsoleStage } from './console-stage.ts'

const many = 100_000
/** As many as are scrolled by: what is compared is the length that is not seen. */
const few = 2500
const scrolls = 240

/** Scrolls down, half a window a frame: the milliseconds between frames, and the most rows that the page ever held. */
const scrollDown = `new Promise((done) => {
  const gaps = []
  let [last, left, most] = [performance.now(), ${scrolls}, 0]
  const step = () => {
    const at = performance.now()
    gaps.push(at - last)
    last = at
    most = Math.max(most, document.querySelectorAll('tbody tr').length)
    window.scrollBy(0, 450)
    left -= 1
    if (left > 0) requestAnimationFrame(step)
    else done({ gaps, most })
  }
  requestAnimationFrame(step)
})`

interface Scrolled {
  readonly gaps: readonly number[]
  readonly most: number
}

const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

describeWithAll('a long list', () => {
  describeWithBrowser('in the console', (program) => {
    describeOnSqlite('of a hundred thousand orders', (openDatabase) => {
      let stage: ConsoleStage
      beforeAll(async () => {
        stage = await openConsoleStage({ program, database: await openDatabase(), album: 'long-lists' })
        const { store } = stage.sandbox.house
        await buyTicket(stage.sandbox.phone('+8613800000001'))
        const { rows } = await store.read('sold', (reader) =>
          sql<{ created_at: number }>`select * from bank_order`.execute(sqlOf(reader)),
        )
        const [sold] = rows
        if (!sold) throw new Error('nothing was sold')
        const orderOf = (index: number, bank: string) => ({
          ...sold,
          id: `019cbb4b-4c00-8e16-960a-${String(index).padStart(12, '0')}`,
          number: `L${index}`,
          bank_id: bank,
          // Before the one that was sold.
          created_at: sold.created_at - (2 * many - index) * 1_000_000,
        })
        for (let first = 0; first < many + few; first += 500) {
          const bank = first < many ? 'main' : 'other'
          const filled = Array.from({ length: 500 }, (_, index) => orderOf(first + index, bank))
          await store.write('fill', (tx) => insertAll(tx, 'bank_order', filled))
        }
      }, 240_000)
      afterAll(() => stage.close())

      async function scroll(search: string, until: string): Promise<Scrolled & { readonly screen: ConsoleScreen }> {
        const screen = await stage.enter('zh', `/t/northern-rail/orders${search}`)
        await screen.page.getByText(until).first().waitFor()
        return { screen, ...((await screen.page.evaluate(scrollDown)) as Scrolled) }
      }

      it('is as smooth as a short one, and holds only the rows in sight', async () => {
        const short = await scroll('?bank=other', `L${many + few - 1}`)
        const long = await scroll('?bank=main', `L${many - 2}`)
        expect(long.most).toBeLessThan(120)
        const ratio = medianOf(long.gaps) / medianOf(short.gaps)
        expect(ratio).toBeLessThan(2)
        // It went on reading, and stands far down now.
        const at = Number(
          await long.screen.page.locator('tbody tr[aria-rowindex]').last().getAttribute('aria-rowindex'),
        )
        expect(at).toBeGreaterThan(300)
        expect(await long.screen.look('far-down')).toEqual([])
        expect(long.screen.complaints).toEqual([])
        await Promise.all([short.screen.close(), long.screen.close()])
      }, 120_000)

      it('is read from the middle as quickly as from its beginning', async () => {
        const list = stage.sandbox.api.orders.list
        const timed = async (cursor: string | undefined) => {
          const startedMs = performance.now()
          const { next } = await list.query({ tenant: 'northern-rail', bank: 'main', limit: 200, cursor })
          return { next: next ?? undefined, tookMs: performance.now() - startedMs }
        }
        const took: number[] = []
        let cursor: string | undefined
        for (let page = 0; page < 250; page += 1) {
          const { next, tookMs } = await timed(cursor)
          took.push(tookMs)
          cursor = next
        }
        expect(medianOf(took.slice(-50)) / medianOf(took.slice(5, 55))).toBeLessThan(2)
      }, 120_000)
    })
  })
})
