import { CommandError, exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

export interface KeysOptions extends PlatformOptions {
  readonly role: string
  readonly scopes?: string
  readonly days?: string
}

interface KeysCall {
  readonly action: string
  readonly name: string | undefined
}

export const keysHelp = `
create <name> --role <role>   makes a key and shows it, once
list                          shows who has keys, never the keys themselves
revoke <name>                 from now on nobody comes in with it

roles of the platform and the bank: operator (or platform), bank, product-owner, risk, auditor
roles of a tenant: owner:<tenant> (or tenant:<tenant>), editor:<tenant>, agent:<tenant>, developer:<tenant>
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
      for (const { name: known, role, scopes, expiresAt, revokedAt, usedAt, makerGone } of keys) {
        const words = [
          ...(scopes === null ? [] : [`only ${scopes.join(' ')}`]),
          ...(expiresAt === null ? [] : [`until ${new Date(Math.floor(expiresAt / 1000)).toISOString()}`]),
          ...(usedAt === null ? ['never used'] : []),
          ...(revokedAt === null ? [] : ['revoked']),
          ...(makerGone && revokedAt === null ? ['its maker has left'] : []),
        ]
        output.line(`${known.padEnd(24)} ${role.padEnd(24)} ${words.join(', ')}`.trimEnd())
      }
      return exits.ok
    }
    case 'create': {
      const made = await call(api.keys.create.mutate({ name: need(name), ...boundsOf(options) }))
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

function boundsOf({ role, scopes, days }: KeysOptions) {
  if (days !== undefined && !/^[1-9][0-9]{0,2}$|^[1-3][0-9]{3}$/.test(days))
    throw new CommandError('--days takes a whole number from 1 to 3999.', exits.badInput)
  return {
    role,
    ...(scopes === undefined ? {} : { scopes: scopes.split(',').map((each) => each.trim()) }),
    ...(days === undefined ? {} : { days: Number(days) }),
  }
}

function need(name: string | undefined): string {
  if (name === undefined) throw new CommandError('Name the key, like "inthread keys create reviewer".', exits.badInput)
  return name
}
