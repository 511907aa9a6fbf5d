import { expect, it } from 'vitest'
import { listPublisherProblems } from './publishers.ts'

const bank = (...publishers: string[]) => ({ banks: [{ id: 'main', connector: 'paper', publishers }] })
const refused = [
  { path: '$.banks[0].publishers[1]', message: expect.stringContaining('key of the platform') as string },
]

it('lets a tenant take publishers of its bank off, and put none on', () => {
  expect(listPublisherProblems(bank('one'), bank('one', 'two'), { role: 'tenant:shop' })).toMatchObject(refused)
  expect(listPublisherProblems(bank('one', 'two'), bank('one'), { role: 'tenant:shop' })).toEqual([])
  expect(listPublisherProblems(undefined, bank('one'), { role: 'tenant:shop' })).toHaveLength(1)
  const other = { banks: [{ id: 'other', connector: 'paper', publishers: ['one'] }] }
  expect(listPublisherProblems(bank('one'), other, { role: 'tenant:shop' })).toHaveLength(1)
})

it('lets the platform do both', () => {
  expect(listPublisherProblems(bank('one'), bank('one', 'two'), { role: 'platform' })).toEqual([])
})
