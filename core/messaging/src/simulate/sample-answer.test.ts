import { expect, it } from 'vitest'
import { standardCapabilities } from '@inthread/sdk/capabilities'
import { buildSample } from './sample-answer.ts'

const sampling = { now: 1_772_676_000_000_000, currency: 'CNY' }

it('makes up an answer for every outcome of every capability of the bank’s', () => {
  const outcomes = standardCapabilities.flatMap(({ id, operations }) =>
    Object.entries(operations).flatMap(([operation, { outcomes: all }]) =>
      Object.entries(all).map(([outcome, schema]) => ({ name: `${id}.${operation}.${outcome}`, schema })),
    ),
  )
  const without = outcomes.filter(({ schema }) => buildSample(schema, sampling) === undefined)
  expect(outcomes.length).toBeGreaterThan(200)
  expect(without.map(({ name }) => name)).toEqual([])
})
