import { buildStoryJsonSchema } from '../story.ts'
import { CommandError, exits, type Output } from './output.ts'

export const environmentHelp = `
Settings come from the environment:

  INTHREAD_PORT, INTHREAD_HOST    where the platform listens (7070, 127.0.0.1)
  INTHREAD_PUBLIC_URL             what operators and banks are told (http://127.0.0.1:<port>)
  INTHREAD_HOME                   the data folder: database, keys (./.inthread)
  DATABASE_URL                    mysql://user:password@host:port/database; without it SQLite in the data folder
  INTHREAD_SANDBOX                on, off, bank or operator: whether sandbox addresses are taken (off)
  INTHREAD_BANK_PORT, INTHREAD_OPERATOR_PORT    where those listen (port + 1, port + 2)
  INTHREAD_TRUSTED_PROXIES        proxies before the platform, like 10.0.0.0/8: their X-Forwarded-For is believed
  INTHREAD_BREACHED_PASSWORDS_URL a list of leaked passwords, like https://api.pwnedpasswords.com/range
  INTHREAD_OIDC_ISSUER, INTHREAD_OIDC_CLIENT_ID, INTHREAD_OIDC_CLIENT_SECRET, INTHREAD_OIDC_NAME
                                  the bank's identity provider, for its own staff
  INTHREAD_LOG                    json, pretty or silent
`

/** Loaded here and by nothing else of the command: whoever writes a plugin installs the command without it. */
async function loadRuntime() {
  try {
    return await import('@inthread/runtime')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    if (!error.message.includes("'@inthread/runtime'")) throw error
    throw new CommandError('The platform is not part of this package: run it from its repository.', exits.environment)
  }
}

/** Runs the platform until it is told to stop. */
export async function runServe(output: Output): Promise<number> {
  const { startFromEnvironment } = await loadRuntime()
  const started = await startFromEnvironment()
  if ('problem' in started) throw new CommandError(started.problem, exits.environment)
  output.line(`The platform listens at ${started.house.url}`)
  output.result({ platform: started.house.url })
  await started.stopped
  return exits.ok
}

export async function runMigrate(output: Output): Promise<number> {
  const { migrateFromEnvironment } = await loadRuntime()
  const migrated = await migrateFromEnvironment()
  if ('problem' in migrated) throw new CommandError(migrated.problem, exits.environment)
  output.result({ applied: migrated.applied })
  output.line(migrated.applied.length === 0 ? 'The database is up to date.' : `Applied: ${migrated.applied.join(', ')}`)
  return exits.ok
}

export async function runSchema(subject: string, write: (text: string) => void): Promise<number> {
  const schema = await findSchema(subject)
  if (schema === undefined)
    throw new CommandError(`There is no schema of "${subject}": there are "tenant" and "story".`, exits.badInput)
  write(`${JSON.stringify(schema, null, 2)}\n`)
  return exits.ok
}

async function findSchema(subject: string): Promise<unknown> {
  if (subject === 'story') return buildStoryJsonSchema()
  if (subject !== 'tenant') return undefined
  const { buildTenantJsonSchema } = await loadRuntime()
  return buildTenantJsonSchema()
}

export async function runDoctor(output: Output): Promise<number> {
  const { examineFromEnvironment } = await loadRuntime()
  const findings = await examineFromEnvironment()
  output.result({ findings })
  for (const { check, state, detail, remedy } of findings) {
    output.line(`${marks[state]} ${check}: ${detail}`)
    if (remedy !== undefined) output.line(`       ${remedy}`)
  }
  return findings.some(({ state }) => state === 'wrong') ? exits.failed : exits.ok
}

const marks = { fine: 'ok    ', wrong: 'WRONG ', unknown: '?     ' } as const
