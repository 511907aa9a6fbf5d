/** What a connection says in place of working, in words, and what to do about it. */
export interface ConnectionTrouble {
  readonly detail: string
  readonly remedy: string
}

/** `reason` is what the operator's channel gave as the reason of a probe that did not come through. */
export function explainOperator(reason: string): ConnectionTrouble {
  if (reason.startsWith('network.'))
    return {
      detail: `does not answer (${reason})`,
      remedy: 'Check serverRoot in the definition, and that the operator is up and can be reached from here.',
    }
  if (reason.startsWith('sign-in: '))
    return {
      detail: `refuses the sign-in (${reason.slice('sign-in: '.length)})`,
      remedy: 'Check appId, appKey and chatbotId in the definition, and apply it again.',
    }
  if (reason.startsWith('http.4') || reason.startsWith('operator.unreadable'))
    return {
      detail: `does not know the address (${reason})`,
      remedy: 'Check serverRoot, apiVersion and chatbotId in the definition.',
    }
  return { detail: reason, remedy: 'Ask the operator what this means for the account; check chatbotId and appId.' }
}

const ourSignature: ReadonlySet<string> = new Set(['signature_invalid', 'digest_mismatch'])
const otherTime: ReadonlySet<string> = new Set(['clock_skew', 'answer_stale'])
const itsSignature: ReadonlySet<string> = new Set([
  'answer_signature_invalid',
  'answer_signed_with_unknown_key',
  'bank_keys_unavailable',
])
const noBank: ReadonlySet<string> = new Set(['answer_unsigned', 'answer_malformed'])

/** `code` is what the bank answered, or why its answer proves nothing. */
export function explainBank(code: string, keysUrl: string): ConnectionTrouble {
  if (code.startsWith('network.'))
    return {
      detail: `does not answer (${code})`,
      remedy: 'Check baseUrl in the definition, and that the bank is up and can be reached from here.',
    }
  if (ourSignature.has(code))
    return {
      detail: `refuses our signature (${code})`,
      remedy: `Check clientId and signingKey, and that the bank reads our key at ${keysUrl} while the platform runs.`,
    }
  if (code === 'token_unavailable' || code === 'token_expired')
    return {
      detail: `gives us no access token, or takes none of those it gave (${code})`,
      remedy: 'Check tokenUrl and clientId in the definition, and that the bank knows our key.',
    }
  if (itsSignature.has(code))
    return {
      detail: `signs with a key that is not in its key set (${code})`,
      remedy: 'Check jwksUrl in the definition: without one, <baseUrl>/.well-known/jwks.json is read.',
    }
  if (otherTime.has(code))
    return {
      detail: `has another time than we (${code})`,
      remedy: 'Let both machines keep time (NTP): signatures are refused beyond 60 s.',
    }
  if (noBank.has(code))
    return {
      detail: `what answers is no bank that speaks this API (${code})`,
      remedy: 'Check baseUrl in the definition.',
    }
  return { detail: code, remedy: 'Ask the bank what this code means for our clientId.' }
}
