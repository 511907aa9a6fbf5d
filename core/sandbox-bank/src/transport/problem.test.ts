import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildProblemDocument, Problem, problemCatalogue } from './problem.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

test('the README lists every refusal with its status, outcome and advice, and no other', () => {
  const rows = readme.split('\n').flatMap((line) => {
    const [, status, code, outcome, retry] = /^\| ([0-9]{3}) \| `([a-z_]+)` \| (\w+) \| ([\w-]+) \|/.exec(line) ?? []
    return status === undefined ? [] : [[code, { status: Number(status), outcome, retry }]]
  })
  const catalogue = Object.entries(problemCatalogue).map(([code, { status, outcome, retry }]) => [
    code,
    { status, outcome, retry },
  ])
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(catalogue))
})

test('a problem tells what its facts say beside what the catalogue says', () => {
  const problem = new Problem('state_conflict', { detail: 'Read it.', instance: '/v1/payments/pay_1', outcome: 'done' })
  expect(buildProblemDocument(problem, 'i-1')).toEqual({
    ...{ type: 'urn:bank-api:problem:state_conflict', title: 'The present state does not allow this', status: 409 },
    ...{ detail: 'Read it.', instance: '/v1/payments/pay_1', code: 'state_conflict', retry: 'never', outcome: 'done' },
    interactionId: 'i-1',
  })
})
