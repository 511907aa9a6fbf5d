import { CommandError, exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

export interface KeysOptions extends PlatformOptions {
  readonly role: string
}

interface KeysCall {
  readonly action: string
  readonly name: string | undefined
}

export const keysHelp = `
create <name> --role <role>   makes a key and shows it, once: platform, bank or tenant:<id>
list                          shows who has keys, never the keys themselves
revoke <name>                 from now on nobody comes in with it
`

/** Keys of the admin API. */
export async function runKeys({ action, name }: KeysCall, options: KeysOptions, output: Output): Promise<number> {
  const { api } = openPlatform(options)
  const call = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw toCommandError(error)
    })
  switch (action) {
    case 'list': {
      const keys = await call(api.keys.list.query())
      output.result(keys)
      for (const { name: known, role, revokedAt } of keys)
        output.line(`${known.padEnd(24)} ${role.padEnd(24)} ${revokedAt === null ? '' : 'revoked'}`.trimEnd())
      return exits.ok
    }
    case 'create': {
      const made = await call(api.keys.create.mutate({ name: need(name), role: options.role }))
      output.result(made)
      output.line(`${made.name} (${made.role}): ${made.key}`)
      output.line('Keep it: it is shown this once and can be read nowhere.')
      return exits.ok
    }
    case 'revoke': {
      const revoked = await call(api.keys.revoke.mutate({ name: need(name) }))
      output.result(revoked)
      output.line(`${revoked.name} is revoked.`)
      return exits.ok
    }
    default:
      throw new CommandError(`There is no "keys ${action}": use create, list or revoke.`, exits.badInput)
  }
}

function need(name: string | undefined): string {
  if (name === undefined) throw new CommandError('Name the key, like "inthread keys create reviewer".', exits.badInput)
  return name
}
