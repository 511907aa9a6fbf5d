import { describe, expect, it } from 'vitest'
import { findNameProblems } from './name-problems.ts'
import { assertTidy, type Problem } from './problem.ts'
import { buildProject, readProject } from './source/project.ts'

const check = (files: Readonly<Record<string, string>>): readonly Problem[] => findNameProblems(buildProject(files))
const manifest = (exports: object): string => JSON.stringify({ name: '@inthread/sdk', exports })

describe('findNameProblems', () => {
  it.each([
    'core/sdk/src/order-book.ts',
    'core/finance/src/orders/order.store.ts',
    'core/finance/src/orders/order.view.store.ts',
    'core/finance/src/orders/order.store.test.ts',
    'core/admin/src/grant/grant.router.ts',
    'test/vitest.config.ts',
    'core/FAULTS.md',
    'test/wire/ct-cu/file-list.ct-cu.json',
    'tenants/northern-rail/logo.svg',
  ])('accepts %s', (path) => {
    expect(check({ [path]: '' })).toEqual([])
  })

  it.each([
    ['core/sdk/src/OrderBook.ts', 'kebab-case'],
    ['core/sdk/src/order_book.ts', 'kebab-case'],
    ['core/sdk/src/Orders/book.ts', 'the folder Orders'],
    ['core/sdk/src/order.service.ts', '.service is no suffix'],
    ['plugins/travel/Trains.csv', 'kebab-case'],
  ])('refuses %s', (path, text) => {
    expect(check({ [path]: '' })).toEqual([{ rule: 'name/path', path, text: expect.stringContaining(text) }])
  })

  it.each([
    ['claim-turn.ts', 'export function claimTurn() {}'],
    ['turn.ts', 'export async function claimTurn() {}'],
    ['turn.store.ts', 'export const createTurnStore = () => 1; export type Turn = 1'],
    ['rooms.ts', 'export class Room {}'],
    ['settle.ts', 'export function runSettlement() {}'],
    ['turn.ts', 'export interface Turn {}; export const emptyResult = {}'],
    ['turn.ts', 'export const open = 1; export const close = 2'],
    ['door.ts', "export { open } from './open.ts'"],
  ])('accepts %s for `%s`', (name, code) => {
    expect(check({ [`core/messaging/src/turn/${name}`]: code })).toEqual([])
  })

  it('wants a file named after its only exported value', () => {
    const problems = check({
      'core/messaging/src/turn/things.store.ts': 'export type Result = 1; export function claimTurn() {}',
    })
    expect(problems).toMatchObject([{ rule: 'name/main-export', text: expect.stringContaining('claim-turn.store.ts') }])
  })

  it('wants doors directly in src, each of them reachable', () => {
    const home = { 'core/sdk/src/index.ts': '', 'core/sdk/src/main.ts': '', 'core/sdk/src/index.test.ts': '' }
    const doors = { '.': { workspace: './src/index.ts', default: './dist/index.js' } }
    expect(check({ ...home, 'core/sdk/package.json': manifest(doors) })).toEqual([])
    expect(check({ ...home, 'core/sdk/package.json': manifest({ './a': './src/a.ts' }) })).toMatchObject([
      { rule: 'name/door', text: expect.stringContaining('no such file') },
      { rule: 'name/locked', path: 'core/sdk/src/index.ts' },
    ])
  })

  it.each(['./src/deep/a.ts', './src/*.ts', './a.ts'])('refuses a door that leads to %s', (target) => {
    const problems = check({
      'core/sdk/package.json': manifest({ '.': target }),
      'core/sdk/a.ts': '',
      'core/sdk/src/deep/a.ts': '',
    })
    expect(problems).toMatchObject([{ rule: 'name/door', path: 'core/sdk/package.json' }])
  })

  it('lets a plugin do without src', () => {
    const project = { 'plugins/travel/package.json': manifest({ '.': './index.ts' }), 'plugins/travel/index.ts': '' }
    expect(check(project)).toEqual([])
  })
})

describe('the house', () => {
  it('names its files after what is in them, and opens only doors', () => {
    assertTidy('name', findNameProblems(readProject()))
  })
})
