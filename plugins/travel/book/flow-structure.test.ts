import type { AnyRoute, AnyStep } from '@inthread/sdk/engine'
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

function target(route: AnyRoute): string {
  return typeof route === 'string' ? route : route.to
}

function nextOf(step: AnyStep): readonly string[] {
  switch (step.kind) {
    case 'end':
      return []
    case 'branch':
      return [...step.when.map((entry) => entry.to), step.otherwise]
    case 'ask':
      return [target(step.next), step.timeout.to, step.giveUp ?? step.timeout.to]
    case 'say':
    case 'release':
      return [step.next]
    case 'wait':
      return 'next' in step ? [step.next] : [target(step.on.happened), target(step.on.limit)]
    case 'confirm':
      return Object.values(step.on)
    default:
      return Object.values<AnyRoute>(step.on).map(target)
  }
}

function reachableFrom(first: string): ReadonlySet<string> {
  const found = new Set([first])
  for (const name of found) for (const next of nextOf(stepOf(name))) found.add(next)
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
      const inCircle = nextOf(stepOf(name)).some(circles)
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
    const after = routes.map(([name, route]) => [name, stepOf(target(route)).kind])
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
