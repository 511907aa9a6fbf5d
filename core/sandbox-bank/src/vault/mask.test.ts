import { expect, test } from 'vitest'
import vectors from '../vectors/masks.json' with { type: 'json' }
import { maskName, maskPhone } from './mask.ts'
import { encodeBase32 } from './vault.ts'

test.each(vectors.name)('the name $in is shown as $out', ({ in: name, out }) => {
  expect(maskName(name)).toBe(out)
})

test.each([...vectors.phone, { in: '+8613800000001', out: '138****0001' }, { in: '+85291234567', out: '852****4567' }])(
  'the number $in is shown as $out',
  ({ in: phone, out }) => {
    expect(maskPhone(phone)).toBe(out)
  },
)

test.each([
  ['', ''],
  ['00', '00'],
  ['ff', 'zw'],
  ['0123456789', '04hmasw9'],
])('the bytes %s are written %s', (bytes, text) => {
  expect(encodeBase32(Buffer.from(bytes, 'hex'))).toBe(text)
})
