import { expect, it } from 'vitest'
import { SimulationLine } from './simulation-line.ts'

function openLine() {
  const clock = { ms: 0 }
  return {
    clock,
    line: new SimulationLine({ elapsedMs: () => clock.ms, workedMs: () => 0, breathe: () => Promise.resolve() }),
  }
}

const rest = async (): Promise<void> => {
  for (let count = 0; count < 20; count += 1) await Promise.resolve()
}

it('lets one of a tenant in at a time, and two of all, in their order', async () => {
  const { line } = openLine()
  const ended: string[] = []
  const ends = new Map<string, () => void>()
  const start = (name: string, tenant: string): Promise<void> =>
    line.run(tenant, async () => {
      ended.push(`${name} in`)
      await new Promise<void>((end) => ends.set(name, end))
      ended.push(`${name} out`)
    })
  const all = [start('a1', 'a'), start('a2', 'a'), start('b1', 'b'), start('c1', 'c')]
  await rest()
  expect(ended).toEqual(['a1 in', 'b1 in'])
  ends.get('a1')?.()
  await rest()
  expect(ended.slice(2)).toEqual(['a1 out', 'c1 in'])
  ends.get('b1')?.()
  await rest()
  expect(ended.slice(4)).toEqual(['b1 out', 'a2 in'])
  for (const name of ['c1', 'a2']) ends.get(name)?.()
  await Promise.all(all)
})

it('keeps no line that is too long, and goes on when one has failed', async () => {
  const { line } = openLine()
  let go = (): void => undefined
  const first = line.run('a', () => new Promise<void>((_end, fail) => (go = () => fail(new Error('it broke')))))
  const waiting = Array.from({ length: 40 }, () => line.run('a', () => Promise.resolve(1)))
  await expect(line.run('a', () => Promise.resolve(1))).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  await rest()
  go()
  await expect(first).rejects.toThrow('it broke')
  expect(await Promise.all(waiting)).toHaveLength(40)
})

it('gives a tenant a quarter of each minute, and others theirs beside it', async () => {
  const { clock, line } = openLine()
  const work = (tenant: string, ms: number): Promise<void> =>
    line.run(tenant, (budget) => Promise.resolve(budget.spend(ms)))
  await work('a', 14_000)
  await work('a', 2000)
  clock.ms = 20_000
  await expect(work('a', 1)).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    message: expect.stringContaining('in 40 seconds'),
  })
  await work('b', 1)
  clock.ms = 60_000
  await work('a', 1)
})
