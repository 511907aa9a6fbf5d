import type { z } from 'zod'
import type { AdminPorts } from '../ports.ts'
import { listIssues, pathOf, type Problem } from './problem.ts'
import { secretSchema, type BankEntry, type OperatorDefinition } from './schema.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'

interface Sections {
  /** What the bots are called, also those with something wrong about them. */
  readonly named: ReadonlySet<unknown>
  readonly operators: readonly (OperatorDefinition | undefined)[]
  readonly banks: readonly (BankEntry | undefined)[]
}

/** Operator accounts and bank connections, each checked by the channel or connector it names. */
export function listSettingsProblems({ named, operators, banks }: Sections, ports: AdminPorts): Problem[] {
  const { catalogue } = ports
  return [
    ...operators.flatMap((operator, index) => {
      if (!operator) return []
      const at = ['operators', index] as const
      const problems = named.has(operator.bot)
        ? []
        : [{ path: pathOf(...at, 'bot'), ...say('definition.no_bot', { bot: operator.bot }) }]
      const channel = catalogue.findChannel(operator.channel)
      if (!channel) return [...problems, unknownPart(at, 'channel', catalogue.listNames('channel'))]
      const { id: _id, bot: _bot, channel: _channel, rate: _rate, ...settings } = operator
      return [
        ...problems,
        ...listPartProblems({ settings, schema: channel.settings, secrets: channel.secrets, at }, ports),
      ]
    }),
    ...banks.flatMap((bank, index) => {
      if (!bank) return []
      const at = ['banks', index] as const
      const connector = catalogue.findBank(bank.connector)
      if (!connector) return [unknownPart(at, 'connector', catalogue.listNames('bank'))]
      const { id: _id, connector: _connector, grants: _grants, publishers: _publishers, ...settings } = bank
      return listPartProblems({ settings, schema: connector.settings, secrets: connector.secrets, at }, ports)
    }),
  ]
}

function unknownPart(at: readonly PropertyKey[], field: string, known: readonly string[]): Problem {
  return { path: pathOf(...at, field), ...say('definition.unknown_part', { known: known.join(', ') }) }
}

export interface Part {
  readonly settings: Readonly<Record<string, unknown>>
  readonly schema: z.ZodType
  readonly secrets: readonly string[]
  readonly at: readonly PropertyKey[]
}

function listPartProblems(part: Part, ports: AdminPorts): Problem[] {
  const resolved: Record<string, unknown> = { ...part.settings }
  const problems: Problem[] = []
  for (const field of part.secrets) {
    const value = part.settings[field]
    if (value === undefined) continue
    const secret = readSecret(value, ports)
    if ('problem' in secret) problems.push({ path: pathOf(...part.at, field), ...secret.problem })
    // The schema still judges the other fields; a secret that cannot be read is reported once.
    resolved[field] = 'value' in secret ? secret.value : undefined
  }
  for (const [field, value] of Object.entries(part.settings)) {
    if (typeof value !== 'string' || !value.startsWith('sandbox:')) continue
    if (!ports.sandbox) problems.push({ path: pathOf(...part.at, field), ...say('definition.sandbox_address') })
    resolved[field] = 'http://127.0.0.1:1'
  }
  const parsed = part.schema.safeParse(resolved)
  const reported = new Set(problems.map(({ path }) => path))
  const issues = parsed.success ? [] : listIssues(parsed.error, ...part.at)
  return [...problems, ...issues.filter(({ path }) => !reported.has(path))]
}

export function readSecret(value: unknown, ports: AdminPorts): { readonly value: string } | { readonly problem: Said } {
  const parsed = secretSchema.safeParse(value)
  if (!parsed.success)
    return { problem: say('secret.form', { first: '{ "secret": "env:NAME" }', second: '{ "secret": "file:path" }' }) }
  const { secret } = parsed.data
  if (secret.startsWith('plain:'))
    return ports.sandbox ? { value: secret.slice('plain:'.length) } : { problem: say('secret.plain') }
  if (secret.startsWith('kept:')) return { problem: say('secret.kept', { name: secret.slice('kept:'.length) }) }
  return ports.secrets.read(secret)
}
