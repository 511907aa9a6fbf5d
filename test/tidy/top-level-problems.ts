import type { Problem } from './problem.ts'
import { isTest, type Project } from './source/project.ts'

const names = [
  'package.json',
  'tsconfig.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'core',
  'plugins',
  'tenants',
  'scripts',
  'test',
  'README.md',
  'LICENSE',
  '.ci',
  '.gitignore',
  '.npmrc',
  '.editorconfig',
  '.gitattributes',
]

const required = [
  'README.md',
  'LICENSE',
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.json',
  '.ci/run',
]

export function findTopLevelProblems(project: Project): Problem[] {
  const present = new Set(project.paths.map((path) => path.split('/')[0] ?? ''))
  const strangers = [...present].filter((name) => !names.includes(name))
  const missing = required.filter((path) => !project.has(path))
  return [
    ...strangers.map((path) => ({
      rule: 'top/name',
      path,
      text: "stands at the top level, where only the house's own names do: find its room",
    })),
    ...missing.map((path) => ({ rule: 'top/missing', path, text: 'is missing' })),
    ...project.paths.filter((path) => !mayHoldKeys(path)).flatMap((path) => findSecrets(path, project.readText(path))),
  ]
}

/** The sandbox's invented keys stand in tenant definitions; tests bring their own. */
const mayHoldKeys = (path: string): boolean => path.startsWith('tenants/') || path.startsWith('test/') || isTest(path)

/** The markers are put together from pieces, so that this file is none of the files it looks for. */
const secrets: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a private key', pattern: new RegExp(['-----BEGIN [A-Z ]*PRIV', 'ATE KEY-----'].join('')) },
  { what: 'a private JSON web key', pattern: /"d"\s*:\s*"[A-Za-z0-9_-]{40,}"/ },
  { what: 'an access key of a cloud', pattern: new RegExp(['\\bAK', 'IA[0-9A-Z]{16}\\b'].join('')) },
  { what: 'a token of a code host', pattern: new RegExp(['\\bgh', '[pousr]_[A-Za-z0-9]{36}\\b'].join('')) },
]

function findSecrets(path: string, text: string): Problem[] {
  return secrets
    .filter(({ pattern }) => pattern.test(text))
    .map(({ what }) => ({
      rule: 'top/secret',
      path,
      text: `looks like ${what}: keep it out of the repository and refer to it by env: or file:`,
    }))
}
