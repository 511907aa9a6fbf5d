import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Pulse } from './pulse.ts'
import { realSurroundings } from './surroundings.ts'

const clock = { now: () => realSurroundings.now(), offsetMs: () => 0, advance: () => undefined }

function build(run: () => number | undefined): { pulse: Pulse; failures: string[] } {
  const failures: string[] = []
  const log = (_level: string, message: string): void => void failures.push(message)
  return { pulse: new Pulse({ name: 'work', run }, { clock, wait: realSurroundings.wait, log }), failures }
}

test('works when something is due and when it is poked, and rests otherwise', async () => {
  const due = [realSurroundings.now() + 30]
  let runs = 0
  const { pulse } = build(() => {
    runs += 1
    return due.shift()
  })
  pulse.start()
  expect(runs).toBe(1)
  await sleep(60)
  expect(runs).toBe(2)
  await sleep(60)
  expect(runs).toBe(2)
  pulse.poke()
  await sleep(10)
  expect(runs).toBe(3)
  await pulse.stop()
  pulse.poke()
  await sleep(10)
  expect(runs).toBe(3)
})

test('a failure is logged and does not end it', async () => {
  let runs = 0
  const { pulse, failures } = build(() => {
    runs += 1
    if (runs === 1) throw new Error('no')
    return undefined
  })
  pulse.start()
  pulse.poke()
  await sleep(10)
  expect([runs, failures]).toEqual([2, ['work failed']])
  await pulse.stop()
})
