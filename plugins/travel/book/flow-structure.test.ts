import { listTargets, type AnyStep } from '@inthread/sdk/engine'
import { describe, expect, it } from 'vitest'
import { payment } from '@inthread/sdk/capabilities'
import plugin from '../plugin.ts'

const steps = plugin.flows['book']?.steps ?? {}
const start = plugin.flows['book']?.start ?? ''

function stepOf(name: string): AnyStep {
  const step = steps[name]
  if (!step) throw new Error(`no step ${name}`)
  return step
}

function reachableFrom(first: string): ReadonlySet<string> {
  const found = new Set([first])
  for (const name of found) for (const next of listTargets(stepOf(name))) found.add(next)
  return found
}

describe('the structure of the book flow', () => {
  it('has no step that cannot be reached', () => {
    expect(Object.keys(steps).filter((name) => !reachableFrom(start).has(name))).toEqual([])
  })

  it('can come to an end from everywhere', () => {
    expect(Object.keys(steps).filter((name) => !reachableFrom(name).has('end'))).toEqual([])
  })

  it('never goes round without asking or waiting', () => {
    const quiet = Object.keys(steps).filter((name) => !/^(?:ask|call|wait)$/.test(stepOf(name).kind))
    const depths = new Map<string, boolean>()
    const circles = (name: string): boolean => {
      if (!quiet.includes(name)) return false
      const known = depths.get(name)
      if (known !== undefined) return known
      depths.set(name, true)
      const inCircle = listTargets(stepOf(name)).some(circles)
      depths.set(name, inCircle)
      return inCircle
    }
    expect(quiet.filter(circles)).toEqual([])
  })

  it('routes every outcome of the payment', () => {
    const pay = stepOf('pay')
    const outcomes = Object.keys(payment.operations.pay.outcomes).toSorted()
    expect(pay.kind === 'call' && Object.keys(pay.on).toSorted()).toEqual(outcomes)
  })

  it('gives the seat back wherever money did not move, and leaves it alone while that is not known', () => {
    const pay = stepOf('pay')
    const routes = pay.kind === 'call' ? Object.entries(pay.on) : []
    const after = routes.map(([name, route]) => [name, stepOf(typeof route === 'string' ? route : route.to).kind])
    expect(Object.fromEntries(after)).toEqual({
      succeeded: 'take',
      declined: 'release',
      cancelled: 'release',
      expired: 'release',
      unknown: 'say',
    })
  })

  it('does not let a question wait longer than the seat is held', () => {
    const [reserve, summary] = [stepOf('reserve'), stepOf('summary')]
    expect(summary.kind === 'ask' && summary.timeout.afterMs).toBe(reserve.kind === 'reserve' && reserve.holdMs)
  })
})
