import { expect, it } from 'vitest'
import { points, transfer } from '@inthread/sdk/capabilities'
import { readCounted } from './quote-facts.ts'

const resource = { product: 'w1', points: '2000', worth: { value: '2000', currency: 'CNY' }, order: '9900' }

it('reads of a quote what its capability’s book counts, and what it is of', () => {
  expect(readCounted(resource, points.operations.pay.book)).toEqual({
    product: 'w1',
    counted: { points: { minor: '2000' }, worth: { minor: '2000', currency: 'CNY' } },
  })
  expect(readCounted(resource, transfer.operations.send.book)).toEqual({ product: 'w1' })
  expect(readCounted(resource, undefined)).toEqual({})
})

it('takes nothing that is no number, and no name that would be two', () => {
  const strange = { product: 'w1:x y', points: '-3', worth: { value: 'much', currency: 'CNY' } }
  expect(readCounted(strange, points.operations.pay.book)).toEqual({})
})
