import { StartError } from './start-error.ts'

/** What the environment says; see the README for the list of variables and their defaults. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly home: string
  readonly platformUrl: string
  readonly operatorUrl: string
  readonly sandbox: boolean
  readonly logFormat: 'pretty' | 'json'
  readonly seed?: string
}

export type Environment = Readonly<Record<string, string | undefined>>

export function buildSettings(environment: Environment, terminal: boolean): Settings {
  const platformPort = readPort(environment, 'INTHREAD_PORT') ?? 7070
  const port = readPort(environment, 'INTHREAD_BANK_PORT') ?? nextPort(platformPort, 1)
  const operatorPort = readPort(environment, 'INTHREAD_OPERATOR_PORT') ?? nextPort(platformPort, 2)
  const sandbox = readChoice(environment, 'INTHREAD_SANDBOX', ['on', 'bank', 'off', 'operator']) ?? 'on'
  const seed = read(environment, 'INTHREAD_SEED')
  return {
    host: read(environment, 'INTHREAD_HOST') ?? '127.0.0.1',
    port,
    home: read(environment, 'INTHREAD_HOME') ?? './.inthread',
    platformUrl: readUrl(environment, 'INTHREAD_PUBLIC_URL') ?? `http://127.0.0.1:${platformPort}`,
    operatorUrl: `http://127.0.0.1:${operatorPort}`,
    sandbox: sandbox === 'on' || sandbox === 'bank',
    logFormat: readChoice(environment, 'INTHREAD_LOG', ['pretty', 'json']) ?? (terminal ? 'pretty' : 'json'),
    ...(seed === undefined ? {} : { seed }),
  }
}

/** An empty variable counts as not set: that is what `NAME= command` means to most people. */
function read(environment: Environment, name: string): string | undefined {
  return environment[name] || undefined
}

function readPort(environment: Environment, name: string): number | undefined {
  const text = read(environment, name)
  if (text === undefined) return undefined
  if (!/^[0-9]{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new StartError(`${name} must be a port number from 0 to 65535: correct it or leave it out.`)
  }
  return Number(text)
}

/** Port 0 lets the system choose, so its neighbours are chosen by the system too. */
function nextPort(platformPort: number, distance: number): number {
  return platformPort === 0 ? 0 : platformPort + distance
}

function readUrl(environment: Environment, name: string): string | undefined {
  const text = read(environment, name)
  if (text === undefined) return undefined
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) {
    throw new StartError(
      `${name} must be an http or https address such as https://chat.example: correct it or leave it out.`,
    )
  }
  return text.replace(/\/+$/, '')
}

function readChoice<T extends string>(environment: Environment, name: string, choices: readonly T[]): T | undefined {
  const text = read(environment, name)
  if (text === undefined) return undefined
  const choice = choices.find((candidate) => candidate === text)
  if (choice === undefined)
    throw new StartError(`${name} must be one of ${choices.join(', ')}: correct it or leave it out.`)
  return choice
}
