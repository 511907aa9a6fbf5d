import { resolve } from 'node:path'
import { z } from 'zod'
import type { BankProvider } from '@inthread/admin'
import { readTraceSettings, type TraceSettings } from '../traces/trace-settings.ts'

/** Everything the environment decides, read once. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly bankPort: number
  /** Where metrics are; undefined for nowhere. */
  readonly internalPort: number | undefined
  readonly operatorPort: number
  readonly home: string
  /** What operators and banks are told; signatures use it. */
  readonly publicUrl: string
  /** `mysql://…`, or undefined for SQLite in the data folder. */
  readonly databaseUrl: string | undefined
  readonly sandbox: { readonly bank: boolean; readonly operator: boolean }
  /** Names that stand for ports of this machine in place of hosts outside; only in a sandbox. */
  readonly egressLoopback: ReadonlyMap<string, number>
  /** Where signed heads of audit chains are written; undefined for the data folder. */
  readonly auditAnchors: string | undefined
  /** Of a list of known passwords, asked with the first five digits of a SHA-1; undefined for nobody. */
  readonly breachedPasswordsUrl: string | undefined
  /** Where the bank's own staff signs in; undefined for nowhere. */
  readonly oidc: BankProvider | undefined
  /** Whose word about who calls is believed. */
  readonly trustedProxies: readonly string[]
  /** Which traces are sent; undefined for none. */
  readonly traces: TraceSettings | undefined
  readonly seed: string | undefined
  readonly locale: string
  readonly log: 'json' | 'pretty' | 'silent'
}

/** A setting that cannot be used: which one, and what it should look like. */
export class SettingsError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'SettingsError'
    this.problems = problems
  }
}

const notAPort = 'must be a port from 1 to 65535'
const port = z.coerce.number({ error: notAPort }).int(notAPort).min(1, notAPort).max(65_535, notAPort)

const schema = z.object({
  INTHREAD_PORT: port.default(7070),
  INTHREAD_HOST: z.string().min(1).default('127.0.0.1'),
  INTHREAD_INTERNAL_PORT: port.optional(),
  INTHREAD_BANK_PORT: port.optional(),
  INTHREAD_OPERATOR_PORT: port.optional(),
  INTHREAD_HOME: z.string().min(1).default('./.inthread'),
  INTHREAD_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must look like https://chat.example.com' }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^mysql:\/\/[^/]+\/[^/]+$/, 'must look like mysql://user:password@host:3306/database')
    .optional(),
  INTHREAD_SANDBOX: z
    .enum(['on', 'off', 'bank', 'operator'], { error: 'must be on, off, bank or operator' })
    .default('off'),
  INTHREAD_EGRESS_LOOPBACK: z
    .string()
    .regex(/^[a-z0-9.-]+=\d{1,5}(,[a-z0-9.-]+=\d{1,5})*$/, 'must look like shop.example.com=9000,api.example.com=9001')
    .optional(),
  INTHREAD_AUDIT_ANCHORS: z.string().optional(),
  INTHREAD_BREACHED_PASSWORDS_URL: z
    .url({ protocol: /^https?$/, error: 'must look like https://api.pwnedpasswords.com/range' })
    .optional(),
  INTHREAD_OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must look like https://login.bank.example' }).optional(),
  INTHREAD_OIDC_CLIENT_ID: z.string().optional(),
  INTHREAD_OIDC_CLIENT_SECRET: z.string().optional(),
  INTHREAD_OIDC_NAME: z.string().max(60).default('OpenID Connect'),
  INTHREAD_TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9a-f.:]+(\/\d+)?(,[0-9a-f.:]+(\/\d+)?)*$/i, 'must look like 10.0.0.0/8,127.0.0.1')
    .optional(),
  INTHREAD_SEED: z.string().optional(),
  INTHREAD_LOCALE: z.string().default('zh-CN'),
  INTHREAD_LOG: z.enum(['json', 'pretty', 'silent'], { error: 'must be json, pretty or silent' }).optional(),
})

/** Reads the environment; every unusable setting is named, not just the first. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, terminal: boolean): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(given)
  const { traces, problems } = readTraceSettings(given)
  if (!parsed.success) {
    const own = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new SettingsError([...own, ...problems])
  }
  if (problems.length > 0) throw new SettingsError(problems)
  const values = parsed.data
  if (values.INTHREAD_EGRESS_LOOPBACK !== undefined && values.INTHREAD_SANDBOX === 'off')
    throw new SettingsError(['INTHREAD_EGRESS_LOOPBACK: is taken only in a sandbox'])
  const { INTHREAD_PORT: platformPort, INTHREAD_SANDBOX: sandbox } = values
  return {
    host: values.INTHREAD_HOST,
    port: platformPort,
    internalPort: values.INTHREAD_INTERNAL_PORT,
    bankPort: values.INTHREAD_BANK_PORT ?? platformPort + 1,
    operatorPort: values.INTHREAD_OPERATOR_PORT ?? platformPort + 2,
    home: resolve(values.INTHREAD_HOME),
    publicUrl: (values.INTHREAD_PUBLIC_URL ?? `http://127.0.0.1:${platformPort}`).replace(/\/+$/, ''),
    databaseUrl: values.DATABASE_URL,
    sandbox: { bank: sandbox === 'on' || sandbox === 'bank', operator: sandbox === 'on' || sandbox === 'operator' },
    egressLoopback: readLoopback(values.INTHREAD_EGRESS_LOOPBACK ?? ''),
    auditAnchors: values.INTHREAD_AUDIT_ANCHORS === undefined ? undefined : resolve(values.INTHREAD_AUDIT_ANCHORS),
    breachedPasswordsUrl: values.INTHREAD_BREACHED_PASSWORDS_URL?.replace(/\/+$/, ''),
    oidc: readProvider(values),
    trustedProxies: values.INTHREAD_TRUSTED_PROXIES?.split(',') ?? [],
    traces,
    seed: values.INTHREAD_SEED,
    locale: values.INTHREAD_LOCALE,
    log: values.INTHREAD_LOG ?? (terminal ? 'pretty' : 'json'),
  }
}

function readLoopback(text: string): ReadonlyMap<string, number> {
  const pairs = text.split(',').filter((pair) => pair !== '')
  return new Map(
    pairs.map((pair) => {
      const [name = '', portText = ''] = pair.split('=')
      return [name, Number(portText)]
    }),
  )
}

interface ProviderValues {
  readonly INTHREAD_OIDC_ISSUER?: string | undefined
  readonly INTHREAD_OIDC_CLIENT_ID?: string | undefined
  readonly INTHREAD_OIDC_CLIENT_SECRET?: string | undefined
  readonly INTHREAD_OIDC_NAME: string
}

/** All three, or none. */
function readProvider(values: ProviderValues): BankProvider | undefined {
  const { INTHREAD_OIDC_ISSUER: issuer, INTHREAD_OIDC_CLIENT_ID: clientId } = values
  const { INTHREAD_OIDC_CLIENT_SECRET: clientSecret, INTHREAD_OIDC_NAME: name } = values
  if (issuer !== undefined && clientId !== undefined && clientSecret !== undefined)
    return { name, issuer: issuer.replace(/\/+$/, ''), clientId, clientSecret }
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  throw new SettingsError([
    'INTHREAD_OIDC_ISSUER: needs INTHREAD_OIDC_CLIENT_ID and INTHREAD_OIDC_CLIENT_SECRET beside it',
  ])
}
