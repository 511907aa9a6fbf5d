import type { ResultKind, SealedView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import type { IconName } from '../draw/icon.tsx'
import { findWordsFor } from '../draw/spoken-language.ts'

export const resultIcon: Readonly<Record<ResultKind, IconName>> = {
  done: 'check',
  refused: 'close',
  checking: 'clock',
  other: 'info',
}

export function SealedRows({ rows }: { readonly rows: SealedView['rows'] }) {
  if (rows.length === 0) return null
  return (
    <dl class="rows">
      {rows.map(({ label, value }, place) => (
        <div key={place} class="row">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

export function SealedNote({ note }: { readonly note: readonly string[] }) {
  if (note.length === 0) return null
  return (
    <div class="note">
      {note.map((line, place) => (
        <p key={place}>{line}</p>
      ))}
    </div>
  )
}

/** To whom: the name, and the masked account under it. */
export function SealedPayee({ sealed }: { readonly sealed: SealedView }) {
  const { account } = findWordsFor(sealed.action, useText())
  if (sealed.payee === undefined) return null
  return (
    <div class="payee">
      <span class="payee-name">{sealed.payee}</span>
      {sealed.account !== undefined && (
        <span class="payee-account">
          {account} {sealed.account}
        </span>
      )}
    </div>
  )
}
