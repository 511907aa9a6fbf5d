import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { callbackToken, getPair } from '../kit/vectors.ts'
import { buildSignature } from './signature.ts'

const input = { token: callbackToken, timestamp: '1774488600', nonce: '2b0c6f0e-7a3b-4a6d-9c52-0c9f3f6a1d11' }

test('the known answer', () => {
  const known = 'c3df6c223de2910498dac5c55130556432052a7345a11f6cf22261fc89fa3177'
  expect(buildSignature(input, 'sha256')).toBe(known)
})

test.each(['20', '21', '22', '30', '32', '34', '35', '40'])('recorded push %s', (start) => {
  const { headers } = getPair(start).request
  const { timestamp = '', nonce = '' } = headers
  expect(buildSignature({ token: callbackToken, timestamp, nonce }, 'sha256')).toBe(headers['signature'])
})

test('the keyed variant hashes the same sorted string with the token as key', () => {
  const sorted = '17744886002b0c6f0e-7a3b-4a6d-9c52-0c9f3f6a1d11demoCallbackTok1'
  const expected = createHmac('sha256', 'demoCallbackTok1').update(sorted).digest('hex')
  expect(buildSignature(input, 'hmac-sha256')).toBe(expected)
  expect(expected).not.toBe(buildSignature(input, 'sha256'))
})
