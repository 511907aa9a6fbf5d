import type { LogStyle } from './log.ts'
import type { OperatorOptions } from './options.ts'
import { StartError } from './start-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

const defaultPlatformPort = 7070
const operatorPortOffset = 2

/** Reads the settings of the process. Throws StartError for a value that cannot be used. */
export function readEnvironment(env: Environment, terminal: boolean): OperatorOptions {
  const platformPort = readPort(env, 'INTHREAD_PORT', defaultPlatformPort)
  return {
    home: env['INTHREAD_HOME'] || './.inthread',
    host: env['INTHREAD_HOST'] || '127.0.0.1',
    port: readPort(env, 'INTHREAD_OPERATOR_PORT', platformPort + operatorPortOffset),
    locale: readChoice(env, 'INTHREAD_LOCALE', ['zh-CN', 'en']) ?? 'zh-CN',
    log:
      (readChoice(env, 'INTHREAD_LOG', ['pretty', 'json']) as LogStyle | undefined) ?? (terminal ? 'pretty' : 'json'),
    ...(env['INTHREAD_SEED'] ? { seed: env['INTHREAD_SEED'] } : {}),
  }
}

function readPort(env: Environment, name: string, fallback: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new StartError('setting', `${name} is not a port number; set it to a whole number from 0 to 65535.`)
}

/** A language tag counts by its first part: `en-GB` speaks `en`. */
function readChoice(env: Environment, name: string, choices: readonly string[]): string | undefined {
  const text = env[name]
  if (text === undefined || text === '') return undefined
  const chosen = choices.find((choice) => choice.split('-')[0] === text.split('-')[0])
  if (chosen !== undefined) return chosen
  throw new StartError('setting', `${name} has an unknown value; set it to one of ${choices.join(', ')}.`)
}
