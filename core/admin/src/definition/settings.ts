import type { z } from 'zod'
import type { AdminPorts } from '../ports.ts'
import { listIssues, pathOf, type Problem } from './problem.ts'
import { secretSchema, type BankEntry, type OperatorDefinition } from './schema.ts'

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
        : [{ path: pathOf(...at, 'bot'), message: `there is no bot "${operator.bot}"` }]
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
  return { path: pathOf(...at, field), message: `there is none by this name: ${known.join(', ')}` }
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
    if ('problem' in secret) problems.push({ path: pathOf(...part.at, field), message: secret.problem })
    // The schema still judges the other fields; a secret that cannot be read is reported once.
    resolved[field] = 'value' in secret ? secret.value : undefined
  }
  for (const [field, value] of Object.entries(part.settings)) {
    if (typeof value !== 'string' || !value.startsWith('sandbox:')) continue
    if (!ports.sandbox)
      problems.push({ path: pathOf(...part.at, field), message: 'sandbox addresses are taken only in a sandbox' })
    resolved[field] = 'http://127.0.0.1:1'
  }
  const parsed = part.schema.safeParse(resolved)
  const reported = new Set(problems.map(({ path }) => path))
  const issues = parsed.success ? [] : listIssues(parsed.error, ...part.at)
  return [...problems, ...issues.filter(({ path }) => !reported.has(path))]
}

export function readSecret(
  value: unknown,
  ports: AdminPorts,
): { readonly value: string } | { readonly problem: string } {
  const parsed = secretSchema.safeParse(value)
  if (!parsed.success)
    return { problem: 'a secret is written as { "secret": "env:NAME" } or { "secret": "file:path" }' }
  const { secret } = parsed.data
  if (secret.startsWith('plain:'))
    return ports.sandbox
      ? { value: secret.slice('plain:'.length) }
      : { problem: 'plain: is taken only in a sandbox: use env: or file:' }
  if (secret.startsWith('kept:'))
    return { problem: `no secret is kept here: write env:${secret.slice('kept:'.length)} or file:path in its place` }
  return ports.secrets.read(secret)
}
