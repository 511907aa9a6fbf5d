import type { Command } from 'commander'
import type { PlatformOptions } from '../commands/platform.ts'
import type { CommandParts } from '../commands/plugin-commands.ts'
import type { ListOptions } from './list-options.ts'
import { auditHelp, runAudit, type AuditOptions } from './audit.ts'
import { exportHelp, runExportTenant } from './export.ts'
import { ordersHelp, runOrders, type OrderOptions } from './orders.ts'
import { peopleHelp, runPeople, type PeopleOptions } from './people.ts'
import { runTenants, tenantsHelp } from './tenants.ts'

type Flags = { readonly json: boolean }

/** `inthread tenants|audit|orders …`: what there is on a platform. */
export function addOfficeCommands(program: Command, { addJson, addPlatform, finish }: CommandParts): void {
  const start = (name: string, description: string): Command =>
    addJson(
      addPlatform(program.command(name).description(description))
        .option('--limit <count>', 'how many lines, at most 200')
        .option('--cursor <cursor>', 'where the page before has ended'),
    )
  start('tenants', 'see which tenants there are')
    .argument('<action>', 'list')
    .addHelpText('after', tenantsHelp)
    .action((action: string, options: Flags & ListOptions) =>
      finish(options, (output) => runTenants(action, options, output)),
    )
  addJson(addPlatform(program.command('people').description('invite people who sign in with a password, and see them')))
    .argument('<action>', 'invite, list, renew, withdraw or remove')
    .argument('[whom]', 'an e-mail address, an invitation or a person')
    .option('--tenant <id>', 'whom they work for; the platform and the bank when left out', '*')
    .option('--role <role>', 'what they may do, like operator or owner')
    .option('--days <days>', 'how long the link opens anything, at most 30; 7 when left out')
    .option('--keep <names>', 'keys of somebody who is removed that go on, by name; the others end')
    .option('--end-keys', 'all keys of somebody who is removed end with them')
    .addHelpText('after', peopleHelp)
    .action((action: string, whom: string | undefined, options: Flags & PeopleOptions) =>
      finish(options, (output) => runPeople({ action, whom }, options, output)),
    )
  addJson(addPlatform(program.command('export').description('write a tenant into a folder that "apply" takes')))
    .argument('<tenant>', 'its id')
    .argument('<folder>', 'one that is not there yet, or empty')
    .addHelpText('after', exportHelp)
    .action((tenant: string, folder: string, options: Flags & PlatformOptions) =>
      finish(options, (output) => runExportTenant({ tenant, folder }, options, output)),
    )
  start('audit', 'see who did what, and check that it stands as it was written')
    .argument('<action>', 'list or verify')
    .option('--tenant <id>', 'whose')
    .option('--actor <id>', 'only what this one did')
    .option('--action <action>', 'only this, like grant.changed')
    .option('--object <id>', 'only what was done to this')
    .option('--from <moment>', 'written then or later, like 2026-03-05 or 2026-03-05T08:00:00Z')
    .option('--until <moment>', 'written before then')
    .addHelpText('after', auditHelp)
    .action((action: string, options: Flags & AuditOptions) =>
      finish(options, (output) => runAudit(action, options, output)),
    )
  start('orders', 'look at what was ordered of the banks')
    .argument('<action>', 'list or show')
    .argument('[order]', 'its number or id')
    .requiredOption('--tenant <id>', 'whose')
    .option('--state <state>', 'only those in this state, like succeeded')
    .option('--bank <id>', 'only those of this bank connection')
    .option('--capability <id>', 'only those of this capability, like payment')
    .option('--conversation <id>', 'only those of this conversation')
    .option('--number <number>', 'only the one with this number')
    .option('--from <moment>', 'opened then or later, like 2026-03-05 or 2026-03-05T08:00:00Z')
    .option('--until <moment>', 'opened before then')
    .addHelpText('after', ordersHelp)
    .action((action: string, order: string | undefined, options: Flags & OrderOptions) =>
      finish(options, (output) => runOrders({ action, order }, options, output)),
    )
}
