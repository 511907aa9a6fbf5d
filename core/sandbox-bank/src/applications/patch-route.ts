import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { buildDeedSchema, renderDeed } from '../deeds/deed-resource.ts'
import { getDeed } from '../deeds/deed-routes.ts'
import { buildResourceAnswer, defineActing, isPresent, type Route } from '../routes/define-route.ts'
import { idParams } from '../routes/fields.ts'
import { commitIdempotencyRecord } from '../transport/idempotency.store.ts'
import { Problem } from '../transport/problem.ts'
import { findDecrypted, looksLikeJwe } from '../vault/decrypt-jwe.ts'
import type { Application } from './application-facts.ts'
import { applications } from './application-kind.ts'
import { buildFilledIn, fieldNames } from './fill-in.ts'

const value = Type.String({ minLength: 1, maxLength: 4000 })
const fields = Type.Object(Object.fromEntries(fieldNames.map((name) => [name, Type.Optional(value)])), {
  additionalProperties: false,
  description: 'Each in clear, or a compact JWE (ECDH-ES, A256GCM) for the encryption key of this bank.',
})

/** Fills in the form, where the client may know what is in it. Nothing of it is ever sent back. */
export function buildPatchRoute(bank: Bank): Route {
  return defineActing({
    method: 'PATCH',
    url: '/v1/applications/:id',
    id: 'fillInApplication',
    summary: 'Fills in the form. With the last of it the bank checks who it is, and asks for the credit check.',
    params: idParams,
    body: Type.Object({ fields }),
    answers: { 200: buildDeedSchema(applications) },
    problems: ['not_found', 'state_conflict', 'precondition'],
    run: (call) =>
      bank.db.transaction(() => {
        const deed = getDeed(bank, applications, { clientId: call.client.id, id: call.params.id })
        if (!isPresent(call, deed)) throw new Problem('precondition', 'It has changed: read it again.')
        const filled = openFields(bank, call.body.fields)
        const change = buildFilledIn(bank, deed as Application, filled)
        const after = commitDeedChange(bank, applications, { deed, change })
        commitIdempotencyRecord(bank.db, call.key, { status: 200, resourceId: deed.id, at: bank.clock.now() })
        return buildResourceAnswer(200, renderDeed(bank, applications, after))
      }),
    replay: (client, id) =>
      buildResourceAnswer(
        200,
        renderDeed(bank, applications, getDeed(bank, applications, { clientId: client.id, id })),
      ),
  })
}

function openFields(bank: Bank, sent: Static<typeof fields>): Record<string, string> {
  const entries = Object.entries(sent).map(([name, text]) => [name, openField(bank, name, String(text))] as const)
  return Object.fromEntries(entries)
}

function openField(bank: Bank, name: string, text: string): string {
  if (!looksLikeJwe(text)) return text
  const opened = findDecrypted(bank.encryptionKey.privateKey, text)
  if (opened !== undefined) return opened
  const detail = 'The JWE cannot be opened: encrypt for the key with use "enc" at /.well-known/jwks.json.'
  const pointer = `/fields/${name}`
  throw new Problem('malformed', { detail, errors: [{ in: 'body', pointer, code: 'jwe', detail }] })
}
