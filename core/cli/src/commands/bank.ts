import { readDefinition } from './definition.ts'
import { CommandError, exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

export interface BankOptions extends PlatformOptions {
  readonly definition?: string
  readonly phone?: string
  readonly poorPhone?: string
  readonly codes?: string
}

interface BankCall {
  readonly action: string
  readonly name: string
}

export const bankHelp = `
check <tenant>.<bank>    asks the bank all that it must do right, and keeps the report: outside of a sandbox a
                         connection can be applied only after its bank has passed with the same settings
report <tenant>.<bank>   shows the last report

Payments of a few minor units are made from the account of the test number, and wrong codes are given for it. Cases
that need a one-time code are skipped unless --codes names an address that answers ?phone= with
{ "codes": [{ "code": "123456" }] }, the newest first. For the sandbox bank all of this
is known; its clock is moved on by a day.
`

type Report = Awaited<ReturnType<ReturnType<typeof openPlatform>['api']['banks']['report']['query']>>

/** Whether a bank does what its connection relies on. */
export async function runBank({ action, name }: BankCall, options: BankOptions, output: Output): Promise<number> {
  const [tenant = '', bank = '', ...rest] = name.split('.')
  if (tenant === '' || bank === '' || rest.length > 0)
    throw new CommandError('Name the connection as <tenant>.<bank>, like northern-rail.main.', exits.badInput)
  if (action !== 'check' && action !== 'report')
    throw new CommandError(`There is no "bank ${action}": use check or report.`, exits.badInput)
  const report = await (action === 'check' ? check({ tenant, bank }, options) : read({ tenant, bank }, options))
  output.result(report)
  for (const line of renderReport(report)) output.line(line)
  return report.passed ? exits.ok : exits.failed
}

interface Connection {
  readonly tenant: string
  readonly bank: string
}

async function check(connection: Connection, options: BankOptions): Promise<Report> {
  const { definition, phone, poorPhone, codes } = options
  const { api } = openPlatform(options)
  const input = {
    ...connection,
    definition: definition === undefined ? undefined : readDefinition(definition).definition,
    ...(phone === undefined ? {} : { phone }),
    ...(poorPhone === undefined ? {} : { poorPhone }),
    ...(codes === undefined ? {} : { codesUrl: codes }),
  }
  const { problem, report } = await api.banks.check.mutate(input).catch((error: unknown) => {
    throw toCommandError(error)
  })
  if (report === null)
    throw new CommandError(`Nothing was checked: ${problem?.message ?? 'no report'}.`, exits.badInput)
  return report
}

function read(connection: Connection, options: BankOptions): Promise<Report> {
  return openPlatform(options)
    .api.banks.report.query(connection)
    .catch((error: unknown) => {
      throw toCommandError(error)
    })
}

/** What failed comes last, where one looks. */
function renderReport({ cases, passed }: Report): string[] {
  const of = (kind: string): Report['cases'] => cases.filter(({ verdict }) => verdict.kind === kind)
  const count = `${of('passed').length} passed, ${of('failed').length} failed, ${of('skipped').length} skipped`
  return [
    ...of('passed').map(({ id, title }) => `passed   ${id}  ${title}`),
    ...of('skipped').map(({ id, verdict }) => `skipped  ${id}  ${verdict.kind === 'skipped' ? verdict.why : ''}`),
    ...of('failed').flatMap(renderFailed),
    `${count}: ${passed ? 'this bank may be connected.' : 'this bank may not be connected yet.'}`,
  ]
}

function renderFailed({ id, title, rule, verdict }: Report['cases'][number]): string[] {
  if (verdict.kind !== 'failed') return []
  const { expected, got, remedy } = verdict
  return [
    `FAILED   ${id}  ${title}`,
    `           rule      ${rule}`,
    `           expected  ${expected}`,
    `           got       ${got}`,
    `           remedy    ${remedy}`,
  ]
}
