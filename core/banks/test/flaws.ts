import type { Plan } from './hand-signature.ts'
import { makeBankKey, type Flaw } from './signing-bank.ts'

/** Each changes one thing of a reply that would otherwise be taken; beside it, why it is not. */
export const flaws: readonly (readonly [what: string, code: string, flaw: Flaw])[] = [
  ['no signature', 'answer_unsigned', { reply: without('signature') }],
  ['no signature-input', 'answer_unsigned', { reply: without('signature-input') }],
  ['a signature that is no structured field', 'answer_signature_invalid', header('signature', 'sig1=((')],
  ['a signature input that is no structured field', 'answer_signature_invalid', header('signature-input', '"')],
  ['a signature of other bytes', 'answer_signature_invalid', header('signature', `sig1=:${'A'.repeat(86)}==:`)],
  ['another label', 'answer_signature_invalid', { plan: () => ({ label: 'sig2' }) }],
  ['another key under the same name', 'answer_signature_invalid', { plan: () => ({ key: makeBankKey('x').key }) }],
  ['a key that the bank does not publish', 'answer_signed_with_unknown_key', param('keyid', 'bank-9')],
  ['no content-digest', 'answer_signature_invalid', { reply: without('content-digest') }],
  ['the digest of another body', 'answer_signature_invalid', header('content-digest', `sha-256=:${'A'.repeat(43)}=:`)],
  ['a signed digest of another body', 'answer_digest_mismatch', signedDigest(`sha-256=:${'A'.repeat(43)}=:`)],
  ['a signed digest of another kind', 'answer_digest_mismatch', signedDigest(`sha-512=:${'A'.repeat(86)}==:`)],
  ['a changed body', 'answer_digest_mismatch', { reply: ({ body }) => ({ body: padded(body, body.length + 1) }) }],
  ['a changed status', 'answer_signature_invalid', { reply: ({ status }) => ({ status: status === 201 ? 200 : 201 }) }],
  ['the answer to another method', 'answer_signature_invalid', { plan: () => ({ method: 'PUT' }) }],
  ['the answer to another URL', 'answer_signature_invalid', { plan: ({ url }) => ({ url: `${url}/x` }) }],
  ['the status not signed', 'answer_signature_invalid', { plan: unsign('"@status"') }],
  ['the digest not signed', 'answer_signature_invalid', { plan: unsign('"content-digest"') }],
  ['the method not signed', 'answer_signature_invalid', { plan: unsign('"@method";req') }],
  ['the URL not signed', 'answer_signature_invalid', { plan: unsign('"@target-uri";req') }],
  ['a component signed twice', 'answer_signature_invalid', { plan: alsoSign('"@status"') }],
  ['a signed header that is not there', 'answer_signature_invalid', { plan: alsoSign('"x-missing"') }],
  ['61 seconds old', 'answer_stale', { plan: shiftCreated(-61) }],
  ['61 seconds ahead', 'answer_stale', { plan: shiftCreated(61) }],
  ['run out', 'answer_stale', { plan: (plan) => withParams(plan, { expires: Number(plan.params['created']) - 1 }) }],
  ['no time', 'answer_signature_invalid', { plan: withoutParam('created') }],
  ['a time in words', 'answer_signature_invalid', param('created', 'now')],
  ['no key name', 'answer_signature_invalid', { plan: withoutParam('keyid') }],
  ['no nonce', 'answer_signature_invalid', { plan: withoutParam('nonce') }],
  ['no algorithm', 'answer_signature_invalid', { plan: withoutParam('alg') }],
  ['another algorithm', 'answer_signature_invalid', param('alg', 'hmac-sha256')],
  ['no tag', 'answer_signature_invalid', { plan: withoutParam('tag') }],
  ['the tag of a request', 'answer_signature_invalid', param('tag', 'scene-finance-request')],
  ['the interaction of another', 'answer_of_another_request', header('x-interaction-id', 'another')],
  ['too large', 'answer_too_large', { plan: ({ body }) => ({ body: padded(body, 65_537) }) }],
  ['cut off', 'answer_malformed', { plan: ({ body }) => ({ body: body.subarray(0, -1) }) }],
  ['empty', 'answer_malformed', { plan: () => ({ body: Buffer.alloc(0) }) }],
  ['not UTF-8', 'answer_malformed', { plan: () => ({ body: Buffer.from('{"a":"\xff"}', 'latin1') }) }],
  ['a list', 'answer_malformed', { plan: () => ({ body: Buffer.from('[]') }) }],
  ['nothing known', 'answer_malformed', { plan: () => ({ body: Buffer.from('{"hello":1}') }) }],
  ['a redirect', 'answer_malformed', { plan: () => ({ status: 307 }) }],
]

/** Changes that an answer may have. */
export const harmless: readonly (readonly [what: string, flaw: Flaw])[] = [
  ['60 seconds old', { plan: shiftCreated(-60) }],
  ['60 seconds ahead', { plan: shiftCreated(60) }],
  ['more signed than has to be', { plan: alsoSign('"content-type"') }],
  ['components in another order', { plan: ({ components }) => ({ components: components.toReversed() }) }],
  ['no interaction id', { reply: without('x-interaction-id') }],
  ['as large as can be', { plan: ({ body }) => ({ body: padded(body, 65_536) }) }],
]

export function padded(body: Buffer, length: number): Buffer {
  return Buffer.concat([body, Buffer.alloc(length - body.length, ' ')])
}

function without(name: string): NonNullable<Flaw['reply']> {
  return ({ headers }) => ({ headers: Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name)) })
}

function header(name: string, value: string): Flaw {
  return { reply: ({ headers }) => ({ headers: { ...headers, [name]: value } }) }
}

function signedDigest(value: string): Flaw {
  return { plan: ({ headers }) => ({ headers: { ...headers, 'content-digest': value } }) }
}

function withParams(plan: Plan, params: Plan['params']): Partial<Plan> {
  return { params: { ...plan.params, ...params } }
}

function param(name: string, value: string | number): Flaw {
  return { plan: (plan) => withParams(plan, { [name]: value }) }
}

function withoutParam(name: string): NonNullable<Flaw['plan']> {
  return ({ params }) => ({ params: Object.fromEntries(Object.entries(params).filter(([each]) => each !== name)) })
}

function shiftCreated(bySec: number): NonNullable<Flaw['plan']> {
  return (plan) => withParams(plan, { created: Number(plan.params['created']) + bySec })
}

function unsign(component: string): NonNullable<Flaw['plan']> {
  return ({ components }) => ({ components: components.filter((each) => each !== component) })
}

function alsoSign(component: string): NonNullable<Flaw['plan']> {
  return ({ components }) => ({ components: [...components, component] })
}
