import { appendFileSync, writeFileSync } from 'node:fs'
import { exits, type Output } from '../commands/output.ts'
import { callPlatform, type BookOptions } from './call-platform.ts'

export interface PayoutOptions extends BookOptions {
  readonly from: string
  readonly until: string
  readonly file?: string
}

/** What a tenant has earned, day by day; every booking into a file when there is one. */
export async function runPayouts(options: PayoutOptions, output: Output): Promise<number> {
  const { tenant, from, until, file } = options
  if (file !== undefined) return writeFile(file, options, output)
  const days = await callPlatform(options, (api) => api.books.days.query({ tenant, from, until }))
  output.result(days)
  for (const { day, captured, refunded, fees, commission, payable } of days)
    output.line(
      `${day}  ${payable.currency} in minor units: captured ${captured.value}, refunded ${refunded.value}, ` +
        `fees ${fees.value}, commission ${commission.value}, payable ${payable.value}`,
    )
  return exits.ok
}

/** Page by page: a file is never held at once. */
async function writeFile(file: string, options: PayoutOptions, output: Output): Promise<number> {
  const { tenant, from, until } = options
  const format = /\.csv$/i.test(file) ? 'csv' : 'camt'
  const end = format === 'csv' ? '\r\n' : '\n'
  let written = 0
  writeFileSync(file, '')
  for (let after: string | null = ''; after !== null;) {
    const request = { tenant, from, until, format, after } as const
    const page: { readonly lines: readonly string[]; readonly next: string | null } = await callPlatform(
      options,
      (api) => api.books.export.query(request),
    )
    appendFileSync(file, page.lines.map((line) => line + end).join(''))
    written += page.lines.length
    after = page.next
  }
  const entries = format === 'csv' ? written - 1 : written
  output.result({ file, entries })
  output.line(`Wrote ${entries} bookings to ${file}.`)
  return exits.ok
}
