import { formatDate, formatDateTime, formatMoney, formatTime } from '@inthread/sdk'
import type { Flow, TextRef } from '@inthread/sdk/engine'

interface Reader {
  readonly flow: Flow
  readonly locale: string
  readonly timeZone: string
}

/** Writes a text as its variables' kinds ask for. Throws for an unknown text, locale or variable. */
export function renderText({ template, vars }: TextRef, { flow, locale, timeZone }: Reader): string {
  const declared = flow.contract.declaration.texts[template]
  const wording = declared?.wording[locale]
  if (!declared || wording === undefined) throw new Error(`no wording of ${template} in ${locale}`)
  return wording.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = vars[name]
    const kind = declared.vars[name]
    if (value === undefined || kind === undefined) throw new Error(`${template} has no variable ${name}`)
    if (typeof value === 'object') return formatMoney(value)
    if (typeof value === 'string' || kind === 'count') return String(value)
    if (kind === 'date') return formatDate(value, locale, timeZone)
    return kind === 'time' ? formatTime(value, timeZone) : formatDateTime(value, locale, timeZone)
  })
}
