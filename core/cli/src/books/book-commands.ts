import type { Command } from 'commander'
import type { CommandParts } from '../commands/plugin-commands.ts'
import { breaksHelp, runBreaks, type BreakOptions } from './breaks.ts'
import { runPayouts, type PayoutOptions } from './payouts.ts'
import { refundsHelp, runRefunds, type RefundOptions } from './refunds.ts'
import { runStatements, statementsHelp, type StatementOptions } from './statements.ts'

type Flags = { readonly json: boolean }

/** `inthread refunds|breaks|statements|payouts …`: what a tenant's money came to, and what does not agree. */
export function addBookCommands(program: Command, parts: CommandParts): void {
  const start = (name: string, description: string): Command =>
    parts.addJson(
      parts.addPlatform(program.command(name).description(description).requiredOption('--tenant <id>', 'whose')),
    )
  addMoneyCommands(start, parts)
  start('breaks', 'look at what the bank and the book do not agree on')
    .argument('<action>', 'list, take, give-back or resolve')
    .argument('[id]', 'of the break')
    .option('--all', 'those that were decided too', false)
    .option('--decision <how>', 'paid, unpaid, correct or explained')
    .option('--note <words>', 'why, for whoever approves it')
    .addHelpText('after', breaksHelp)
    .action((action: string, id: string | undefined, options: Flags & BreakOptions) =>
      parts.finish(options, (output) => runBreaks({ action, id }, options, output)),
    )
  start('statements', 'compare the bank’s statements with the book')
    .argument('<action>', 'list or import')
    .argument('[day]', 'like 2026-03-05, in the bank’s zone')
    .option('--bank <id>', 'whose statement')
    .addHelpText('after', statementsHelp)
    .action((action: string, day: string | undefined, options: Flags & StatementOptions) =>
      parts.finish(options, (output) => runStatements({ action, day }, options, output)),
    )
}

type Start = (name: string, description: string) => Command

function addMoneyCommands(start: Start, { finish }: CommandParts): void {
  start('refunds', 'give money back, and see what became of it')
    .argument('<action>', 'list or give')
    .argument('[order]', 'its number or id')
    .option('--amount <amount>', 'like 50.00, in the order’s currency; all that is left without it')
    .option('--reason <words>', 'the bank and the user may see it')
    .option('--ref <name>', 'your own name of this refund: given twice under it, it is one')
    .addHelpText('after', refundsHelp)
    .action((action: string, order: string | undefined, options: Flags & RefundOptions) =>
      finish(options, (output) => runRefunds({ action, order }, options, output)),
    )
  start('payouts', 'what a tenant has earned, day by day')
    .requiredOption('--from <day>', 'like 2026-03-01')
    .requiredOption('--until <day>', 'likewise; the last one')
    .option('--file <file>', 'every booking: a .csv, or any other name for lines of JSON in camt.053 words')
    .action((options: Flags & PayoutOptions) => finish(options, (output) => runPayouts(options, output)))
}
