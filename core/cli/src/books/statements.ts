import { CommandError, exits, type Output } from '../commands/output.ts'
import { callPlatform, type BookOptions } from './call-platform.ts'

export interface StatementOptions extends BookOptions {
  readonly bank?: string
}

export interface StatementCall {
  readonly action: string
  readonly day: string | undefined
}

export const statementsHelp = `
list             the statements that were compared with the book, the newest first
import <day>     asks the --bank for a day now, like 2026-03-05`

export async function runStatements(
  { action, day }: StatementCall,
  options: StatementOptions,
  output: Output,
): Promise<number> {
  const { tenant, bank } = options
  if (action === 'list') {
    const found = await callPlatform(options, (api) => api.books.statements.query({ tenant }))
    output.result(found)
    for (const { day: of, bank: from, lines, breaks } of found)
      output.line(`${of}  ${from}  ${lines} lines, ${breaks} differ`)
    return exits.ok
  }
  if (action !== 'import')
    throw new CommandError(`There is no "statements ${action}": use list or import.`, exits.badInput)
  if (day === undefined || bank === undefined)
    throw new CommandError('Name the day and the bank: statements import 2026-03-05 --bank main.', exits.badInput)
  const report = await callPlatform(options, (api) => api.books.importStatement.mutate({ tenant, bank, day }))
  output.result(report)
  output.line(`${report.state} ${JSON.stringify(report.results)}`)
  return report.state === 'unknown' ? exits.failed : exits.ok
}
