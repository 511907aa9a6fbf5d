import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { SecretReader } from '@inthread/admin/ports'
import { defineSentences } from '@inthread/sdk/fault'

const say = defineSentences({
  'secret.reference': 'a secret is env:NAME or file:path',
  'secret.no_variable': 'the environment has no {name}',
  'secret.empty_file': 'the file {path} is empty',
  'secret.no_file': 'the file {path} cannot be read',
})

/** Reads `env:NAME` and `file:path`; a relative path is looked for in the data folder. */
export function createSecretReader(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): SecretReader {
  return {
    read: (reference) => {
      if (reference.startsWith('env:')) return readVariable(environment, reference.slice('env:'.length))
      if (reference.startsWith('file:')) return readSecretFile(home, reference.slice('file:'.length))
      return { problem: say('secret.reference') }
    },
  }
}

function readVariable(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): ReturnType<SecretReader['read']> {
  const value = environment[name]
  return value === undefined || value === '' ? { problem: say('secret.no_variable', { name }) } : { value }
}

function readSecretFile(home: string, path: string): ReturnType<SecretReader['read']> {
  try {
    const value = readFileSync(isAbsolute(path) ? path : join(home, path), 'utf8').trim()
    return value === '' ? { problem: say('secret.empty_file', { path }) } : { value }
  } catch {
    return { problem: say('secret.no_file', { path }) }
  }
}
