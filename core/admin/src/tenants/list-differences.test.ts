import { expect, it } from 'vitest'
import type { TenantDefinition } from '../definition/schema.ts'
import { listChanges } from './changes.ts'
import { listDifferences } from './list-differences.ts'

const messagesOf = (said: readonly { readonly message: string }[]): string[] => said.map(({ message }) => message)

it('says of every field what it was and what it will be', () => {
  const before = { name: 'A', menu: [{ label: 'x' }, { label: 'y' }], rate: { perSecond: 5 }, logo: 'a'.repeat(500) }
  const after = { name: 'B', menu: [{ label: 'x' }], rate: { perSecond: 5 }, logo: 'b'.repeat(500), phone: '1' }
  const logo = (letter: string) => `"${letter.repeat(59)}… (502)`
  expect(messagesOf(listDifferences(before, after))).toEqual([
    'name: from "A" to "B"',
    'menu.1: removed, was {"label":"y"}',
    `logo: from ${logo('a')} to ${logo('b')}`,
    'phone: added "1"',
  ])
  expect(listDifferences(before, structuredClone(before))).toEqual([])
})

it('stops after thirty lines, and says how many there are', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}`, n]))
  const lines = messagesOf(listDifferences({}, many))
  expect([lines.length, lines.at(-1)]).toEqual([31, 'and 10 more'])
})

it('never tells a secret, neither the one that was nor the one that comes', () => {
  const define = (secret: string, name: string): TenantDefinition => ({
    tenant: { id: 'x', name: 'X', locale: 'en', timeZone: 'Asia/Shanghai', currency: 'CNY' },
    bots: [],
    operators: [{ id: 'ct', bot: 'b', channel: name, appKey: { secret }, more: [{ token: { secret } }] }],
    banks: [],
    data: [],
  })
  const [change] = listChanges(define('sealed:old-one', 'one'), define('plain:new-one', 'two'), {
    same: false,
    data: new Set(),
  })
  expect(change).toMatchObject({ action: 'update', details: [{ message: 'channel: from "one" to "two"' }] })
})
