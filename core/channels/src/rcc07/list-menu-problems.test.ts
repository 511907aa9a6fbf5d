import { describe, expect, it } from 'vitest'
import { listMenuProblems } from './list-menu-problems.ts'

const reply = { reply: { displayText: 'r' } }
const menu = (...entries: readonly unknown[]) => ({ menu: { displayText: 'm', entries } })
const body = (...entries: readonly unknown[]) => ({ menu: { entries } })
const pointersOf = (given: unknown) => listMenuProblems(given).map(({ pointer }) => pointer)

describe('listMenuProblems', () => {
  it('takes three levels of up to five entries', () => {
    const five = [reply, reply, reply, reply]
    expect(pointersOf(body(menu(menu(...five, reply), ...five), ...five))).toEqual([])
  })

  it('points at what is wrong', () => {
    expect(pointersOf({})).toEqual(['/menu'])
    expect(pointersOf(body())).toEqual(['/menu/entries'])
    expect(pointersOf(body(reply, reply, reply, reply, reply, reply))).toEqual(['/menu/entries'])
    expect(pointersOf(body(menu(menu(menu(reply)))))).toEqual(['/menu/entries/0/menu/entries/0/menu/entries/0'])
    expect(pointersOf(body({ menu: { entries: [reply] } }))).toEqual(['/menu/entries/0/menu/displayText'])
    expect(pointersOf(body({ ...reply, ...menu(reply) }))).toEqual(['/menu/entries/0'])
  })
})
