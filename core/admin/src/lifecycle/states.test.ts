import { describe, expect, it } from 'vitest'
import { mergeConfig } from './config.ts'
import { assertMoves, findMoveProblem, installationMachine, packageMachine, type Machine } from './states.ts'

const reachable = <S extends string>(machine: Machine<S>, from: S): ReadonlySet<S> => {
  const seen = new Set<S>([from])
  for (const state of seen) for (const next of machine[state]) seen.add(next)
  return seen
}

describe('the life of packages and installations', () => {
  it('reaches every state from its beginning', () => {
    expect([...reachable(packageMachine, 'uploaded')].toSorted()).toEqual(Object.keys(packageMachine).toSorted())
    expect([...reachable(installationMachine, 'requested')].toSorted()).toEqual(
      Object.keys(installationMachine).toSorted(),
    )
  })

  it('refuses every step that is not in the table, and says what would be allowed', () => {
    for (const [from, allowed] of Object.entries(installationMachine))
      for (const to of Object.keys(installationMachine) as (keyof typeof installationMachine)[]) {
        const problem = findMoveProblem(installationMachine, from as keyof typeof installationMachine, to)
        expect(problem === undefined).toBe((allowed as readonly string[]).includes(to))
        if (problem !== undefined) expect(problem.message).toContain(allowed[0] ?? 'nothing comes after it')
      }
  })

  it('says from where to where when it is asked for the impossible', () => {
    expect(() => assertMoves(packageMachine, 'uploaded', ['scanned', 'listed'])).toThrow(
      'cannot take this step from where it stands',
    )
    expect(assertMoves(packageMachine, 'uploaded', ['scanned', 'verified', 'reviewed', 'listed'])).toBe('listed')
  })
})

describe('the layers of a config', () => {
  it('win from the tenant down, and a lock keeps what stands below it', () => {
    const layers = {
      platform: { colour: 'red', limits: { day: 1, week: 7 } },
      parent: { limits: { day: 2 }, name: 'Parent' },
      locked: ['name'],
      tenant: { colour: 'blue', name: 'Tenant' },
    }
    expect(mergeConfig(layers)).toEqual({ colour: 'blue', limits: { day: 2, week: 7 }, name: 'Parent' })
  })

  it('takes a list as one value, and a name out of a prototype as any other', () => {
    expect(mergeConfig({ platform: { list: [1, 2] }, tenant: { list: [3] } })).toEqual({ list: [3] })
    expect(mergeConfig({ tenant: JSON.parse('{"constructor": 1}') as Record<string, unknown> })).toEqual({
      constructor: 1,
    })
  })
})
