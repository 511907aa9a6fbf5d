import { equalTexts, type Vault } from './vault.ts'

/** A place in one client's list. Signed, so that it can neither be made up nor carried to another client or list. */
export interface CursorScope {
  readonly clientId: string
  readonly list: string
}

export function renderCursor(vault: Vault, scope: CursorScope, place: readonly (string | number)[]): string {
  const text = Buffer.from(JSON.stringify(place)).toString('base64url')
  return `${text}.${vault.cursorMacOf(buildSigned(scope, text))}`
}

/** Undefined when the cursor was not given out by us for this client and this list. */
export function findCursorPlace(vault: Vault, scope: CursorScope, cursor: string): unknown[] | undefined {
  const [text = '', mac = '', ...more] = cursor.split('.')
  if (more.length > 0 || !equalTexts(mac, vault.cursorMacOf(buildSigned(scope, text)))) return undefined
  const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  return Array.isArray(place) ? place : undefined
}

function buildSigned(scope: CursorScope, text: string): string {
  return JSON.stringify([scope.clientId, scope.list, text])
}
