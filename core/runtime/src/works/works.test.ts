import { describe, expect, it } from 'vitest'
import { Fault } from '@inthread/sdk/fault'
import { ConnectionWatch } from './connection-watch.ts'
import { WorkRegister } from './work-register.ts'

describe('work that is done again and again', () => {
  it('is known by when it was done last, and since when it fails', async () => {
    let now = 0
    const register = new WorkRegister(() => now)
    let broken = false
    const work = register.watch('outbox', 1000, () =>
      broken ? Promise.reject(new Fault('store.unreachable')) : Promise.resolve(),
    )
    expect(register.read()).toEqual([{ name: 'outbox', everyMs: 1000, agoMs: null, failing: null }])
    await work()
    now = 500
    expect(register.read()).toMatchObject([{ agoMs: 500, failing: null }])
    broken = true
    await expect(work()).rejects.toMatchObject({ code: 'store.unreachable' })
    now = 1500
    await expect(work()).rejects.toMatchObject({ code: 'store.unreachable' })
    now = 2000
    expect(register.read()).toMatchObject([{ agoMs: 500, failing: { code: 'store.unreachable', forMs: 1500 } }])
    broken = false
    await work()
    expect(register.read()).toMatchObject([{ agoMs: 0, failing: null }])
  })

  it('is as late as the latest of its parts', async () => {
    let now = 0
    const register = new WorkRegister(() => now)
    const [often, seldom] = [1000, 600_000].map((ms) => register.watch('documents', ms, () => Promise.resolve()))
    await often?.()
    await seldom?.()
    now = 60_000
    expect(register.read()).toMatchObject([{ everyMs: 1000, agoMs: 60_000 }])
  })
})

describe('a line to a bank or an operator', () => {
  const name = { tenant: 'rail', kind: 'operator', id: 'unicom' } as const
  const open = () => {
    const clock = { now: 0 }
    const watch = new ConnectionWatch(() => clock.now)
    const answers: unknown[] = []
    const port = watch.watch(name, {
      send: () => Promise.resolve(answers.shift()),
      query: () => Promise.reject(new Fault('store.unreachable')),
      verify: () => answers.shift(),
    })
    return { clock, watch, answers, port }
  }

  it('has not been heard of before it is used', () => {
    expect(open().watch.read()).toEqual([{ ...name, heardAgoMs: null, failing: null }])
  })

  it('is heard of by every answer, and by genuine knocks alone', async () => {
    const { clock, watch, answers, port } = open()
    answers.push({ kind: 'forged' }, { kind: 'rejected', reason: 'operator.40001: no' }, { kind: 'genuine' })
    port.verify()
    expect(watch.read()).toMatchObject([{ heardAgoMs: null }])
    await port.send()
    clock.now = 1000
    expect(watch.read()).toMatchObject([{ heardAgoMs: 1000, failing: null }])
    port.verify()
    expect(watch.read()).toMatchObject([{ heardAgoMs: 0, failing: null }])
  })

  it('is over when its tenant has it no more, and nobody else’s is', () => {
    const { watch } = open()
    for (const line of [
      { tenant: 'rail', kind: 'bank', id: 'unicom' },
      { tenant: 'school', kind: 'operator', id: 'unicom' },
    ] as const)
      watch.watch(line, {})
    watch.keep('rail', [{ kind: 'bank', id: 'unicom' }])
    expect(watch.read().map(({ tenant, kind }) => `${tenant} ${kind}`)).toEqual(['rail bank', 'school operator'])
  })

  it('fails from the first call that was not answered to the first that is', async () => {
    const { clock, watch, answers, port } = open()
    answers.push({ kind: 'retry', afterMs: 1, reason: 'operator.90001: ask 13800000000' }, { kind: 'sent' })
    await port.send()
    clock.now = 2000
    expect(watch.read()).toMatchObject([{ failing: { code: 'operator.90001', forMs: 2000 } }])
    await port.query().catch(() => undefined)
    expect(watch.read()).toMatchObject([{ failing: { code: 'store.unreachable', forMs: 2000 } }])
    await port.send()
    expect(watch.read()).toMatchObject([{ heardAgoMs: 0, failing: null }])
  })
})
