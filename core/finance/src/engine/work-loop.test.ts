import { expect, it } from 'vitest'
import { pause } from '../../../../test/kit/ground.ts'
import { takeWithin } from './room.ts'
import { WorkLoop, type WorkItem } from './work-loop.ts'

const itemsOf = (bank: string, count: number): WorkItem[] =>
  Array.from({ length: count }, (_, n) => ({ tenant_id: 't1', bank_id: bank, id: `${bank} ${n}` }))

/** A loop over items in memory: those that were claimed are gone. */
function openLoop(items: WorkItem[], work: (item: WorkItem) => Promise<void>) {
  const failures: object[] = []
  const later: string[] = []
  const loop = new WorkLoop<WorkItem>({
    timers: { pause, every: () => ({ stop: () => Promise.resolve() }) },
    name: 'orders',
    pollMs: 1,
    claim: async (room) => {
      const due = items.filter((item) => room.full.every(({ bank_id: bank }) => bank !== item.bank_id))
      const taken = takeWithin(due.slice(0, room.limit), room)
      for (const item of taken) items.splice(items.indexOf(item), 1)
      return taken
    },
    work,
    release: () => Promise.resolve(),
    postpone: async ({ id }) => void later.push(id),
    claimFailed: (code) => void failures.push({ code }),
    workFailed: ({ id }, code) => void failures.push({ id, code }),
  })
  loop.start()
  return { loop, failures, later }
}

it('keeps nobody waiting for a bank that does not answer, and begins no more than its share at one', async () => {
  const { promise: silence, resolve: answer } = Promise.withResolvers<void>()
  const begun: string[] = []
  const work = async ({ bank_id: bank, id }: WorkItem): Promise<void> => {
    begun.push(id)
    if (bank === 'silent') await silence
  }
  const { loop } = openLoop([...itemsOf('silent', 500), ...itemsOf('main', 1)], work)
  loop.wake()
  await pause(20)
  expect(begun.filter((id) => id.startsWith('silent'))).toHaveLength(32)
  expect(begun).toContain('main 0')
  loop.wake()
  await pause(20)
  expect(begun).toHaveLength(33)
  answer()
  while (begun.length < 501) {
    loop.wake()
    await pause(5)
  }
  await loop.stop()
})

it('puts off what cannot be worked on, and says which it is', async () => {
  const { loop, failures, later } = openLoop(itemsOf('main', 1), () => Promise.reject(new Error('no')))
  loop.wake()
  await pause(10)
  expect(later).toEqual(['main 0'])
  expect(failures).toEqual([{ id: 'main 0', code: 'platform.unexpected' }])
  await loop.stop()
})
