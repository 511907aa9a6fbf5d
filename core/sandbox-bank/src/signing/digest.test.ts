import { expect, test } from 'vitest'
import vectors from '../vectors/signatures.json' with { type: 'json' }
import { isContentDigestOf, renderCanonicalJson, renderContentDigest, sha256Hex } from './digest.ts'

const { payload, canonical, sha256 } = vectors.dynamicLinking

test('the published payload has the published canonical form and digest', () => {
  expect(renderCanonicalJson(payload)).toBe(canonical)
  expect(sha256Hex(canonical)).toBe(sha256)
})

test('any other payload has another digest', () => {
  const changed = renderCanonicalJson({ ...payload, amount: '12801' })
  expect(sha256Hex(changed)).toBe(vectors.changedAmountSha256)
})

test('what JSON cannot carry has no canonical form', () => {
  expect(() => renderCanonicalJson({ text: '\ud800' })).toThrow()
  expect(() => renderCanonicalJson(undefined)).toThrow(TypeError)
})

test('a content digest is of these bytes only, whatever other algorithms stand beside it', () => {
  const body = Buffer.from(vectors.httpMessageSignature.body)
  expect(renderContentDigest(body)).toBe(vectors.httpMessageSignature.headers['content-digest'])
  expect(isContentDigestOf(`md5=:AAAA:, ${renderContentDigest(body)}`, body)).toBe(true)
  for (const header of ['', 'sha-256', 'sha-256=:AAAA:', 'md5=:AAAA:', '((', renderContentDigest(Buffer.from('x'))]) {
    expect(isContentDigestOf(header, body)).toBe(false)
  }
})
