import { CommandError, exits, type Output } from './output.ts'

/** Runs the platform until it is told to stop. The runtime is loaded here and by nothing else of the command. */
export async function runServe(output: Output): Promise<number> {
  const { startFromEnvironment } = await import('@inthread/runtime')
  const started = await startFromEnvironment()
  if ('problem' in started) throw new CommandError(started.problem, exits.environment)
  output.line(`The platform listens at ${started.house.url}`)
  output.result({ platform: started.house.url })
  await started.stopped
  return exits.ok
}

export async function runMigrate(output: Output): Promise<number> {
  const { migrateFromEnvironment } = await import('@inthread/runtime')
  const migrated = await migrateFromEnvironment()
  if ('problem' in migrated) throw new CommandError(migrated.problem, exits.environment)
  output.result({ applied: migrated.applied })
  output.line(migrated.applied.length === 0 ? 'The database is up to date.' : `Applied: ${migrated.applied.join(', ')}`)
  return exits.ok
}

export async function runSchema(subject: string, write: (text: string) => void): Promise<number> {
  if (subject !== 'tenant')
    throw new CommandError(`There is no schema of "${subject}": the one there is is called "tenant".`, exits.badInput)
  const { buildTenantJsonSchema } = await import('@inthread/runtime')
  write(`${JSON.stringify(buildTenantJsonSchema(), null, 2)}\n`)
  return exits.ok
}

export async function runDoctor(output: Output): Promise<number> {
  const { examineFromEnvironment } = await import('@inthread/runtime')
  const findings = await examineFromEnvironment()
  output.result({ findings })
  for (const { check, state, detail, remedy } of findings) {
    output.line(`${marks[state]} ${check}: ${detail}`)
    if (remedy !== undefined) output.line(`       ${remedy}`)
  }
  return findings.some(({ state }) => state === 'wrong') ? exits.failed : exits.ok
}

const marks = { fine: 'ok    ', wrong: 'WRONG ', unknown: '?     ' } as const
