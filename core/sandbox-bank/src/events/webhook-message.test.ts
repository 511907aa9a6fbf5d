import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import vectors from '../vectors/signatures.json' with { type: 'json' }
import { buildDeliveryPlan } from './delivery-plan.ts'
import { buildWebhookHeaders, renderWebhookSignature } from './webhook-message.ts'

const { headers, body, secret } = vectors.standardWebhook
const message = { id: headers['webhook-id'], timestamp: Number(headers['webhook-timestamp']), body }

/** The published test key of RFC 8032 §7.1, test 1, whose public half the example names. */
const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })

test('the published event gets the published signature', () => {
  expect(headers['webhook-signature'].split(' ')).toContain(renderWebhookSignature(message, privateKey))
})

test('the published event gets the whole published header, for a client that has the secret', () => {
  const key = {
    kid: 'k',
    privateKey,
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x: '', kid: 'k', use: 'sig', alg: 'EdDSA' },
  } as const
  const built = buildWebhookHeaders(message, { key, secret })
  expect(built['webhook-signature']).toBe(headers['webhook-signature'])
  expect(built).toMatchObject(headers)
  expect(buildWebhookHeaders(message, { key, secret: undefined })['webhook-signature']).toMatch(/^v1a,\S+$/)
})

test('the signature covers id, time and every byte', () => {
  const publicKey = createPublicKey(privateKey)
  const holds = (changed: Partial<typeof message>): boolean => {
    const { id, timestamp, body: text } = { ...message, ...changed }
    const signature = Buffer.from(renderWebhookSignature(message, privateKey).slice(4), 'base64')
    return verify(null, Buffer.from(`${id}.${timestamp}.${text}`), publicKey, signature)
  }
  expect([holds({}), holds({ id: 'evt_2' }), holds({ timestamp: 1 }), holds({ body: `${body} ` })]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('events go out oldest first, and mixed up only when ordered to', () => {
  const due = ['a.1', 'b.1', 'a.2', 'a.3'].map((type, seq) => ({
    event: { seq, id: `evt_${seq}`, clientId: 'c', type, at: 0, data: {} },
    attempts: 0,
  }))
  const typesOf = (size: number | undefined): string[] =>
    buildDeliveryPlan(due, (type) => (type.startsWith('a.') ? size : undefined)).send.map(({ event }) => event.type)
  expect(typesOf(undefined)).toEqual(['a.1', 'b.1', 'a.2', 'a.3'])
  expect(typesOf(4)).toEqual(['b.1'])
  expect(typesOf(3)).toEqual(['b.1', 'a.3', 'a.2', 'a.1'])
})
