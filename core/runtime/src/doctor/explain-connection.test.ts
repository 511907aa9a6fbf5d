import { describe, expect, it } from 'vitest'
import { explainBank, explainOperator } from './explain-connection.ts'

describe('explainOperator', () => {
  it.each([
    ['network.unreachable', 'does not answer (network.unreachable)', 'serverRoot'],
    ['network.no_answer', 'does not answer (network.no_answer)', 'serverRoot'],
    ['sign-in: operator.40001: appKey or token is wrong', 'refuses the sign-in (operator.40001: ', 'appKey'],
    ['http.404', 'does not know the address (http.404)', 'apiVersion'],
    ['operator.unreadable: the answer is not what was agreed', 'does not know the address (', 'serverRoot'],
    ['operator.48001: the account may not do this', 'operator.48001: the account may not do this', 'Ask the operator'],
  ])('%s', (reason, detail, remedy) => {
    const trouble = explainOperator(reason)
    expect(trouble.detail).toContain(detail)
    expect(trouble.remedy).toContain(remedy)
  })
})

describe('explainBank', () => {
  const keysUrl = 'https://chat.example/.well-known/jwks.json'

  it.each([
    ['network.unreachable', 'does not answer', 'baseUrl'],
    ['signature_invalid', 'refuses our signature', keysUrl],
    ['clock_skew', 'has another time than we', 'NTP'],
    ['answer_stale', 'has another time than we', 'NTP'],
    ['answer_signature_invalid', 'signs with a key that is not in its key set', 'jwksUrl'],
    ['bank_keys_unavailable', 'signs with a key that is not in its key set', 'jwksUrl'],
    ['answer_unsigned', 'no bank that speaks this API', 'baseUrl'],
    ['token_unavailable', 'gives us no access token', 'tokenUrl'],
    ['tenant_not_allowed', 'tenant_not_allowed', 'Ask the bank'],
  ])('%s', (code, detail, remedy) => {
    const trouble = explainBank(code, keysUrl)
    expect(trouble.detail).toContain(detail)
    expect(trouble.detail).toContain(code)
    expect(trouble.remedy).toContain(remedy)
  })
})
