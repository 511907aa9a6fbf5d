import { mkdirSync, readdirSync, writeFileSync, existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { compareManifests, drawFlow, type Verdict } from '@inthread/sdk/manifest'
import { buildPackage, listProblems, readManifestAt, writePackage } from '../plugin/build-package.ts'
import { checkPackage } from '../plugin/check-package.ts'
import { writePublisherKey } from '../plugin/publisher-key.ts'
import { buildScaffold } from '../plugin/build-scaffold.ts'
import { CommandError, exits, type Output } from './output.ts'

/** The version of the sdk that belongs to this command. */
const sdkRange = '^0.1.0'

/** Writes a new plugin into a folder of its own, or into the empty one it is called in (`.`). */
export async function runNew(name: string, output: Output): Promise<number> {
  const folder = resolve(name)
  const id = basename(folder)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new CommandError(`"${id}" cannot be the name of a plugin: write it like "tea-house".`, exits.badInput)
  const there = existsSync(folder) ? readdirSync(folder).filter((entry) => !isHarmless(entry)) : []
  if (there.length > 0)
    throw new CommandError(
      `${folder} is not empty (${there.slice(0, 3).join(', ')}): choose another name.`,
      exits.badInput,
    )
  const files = buildScaffold(id, sdkRange)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  output.result({ folder, files: Object.keys(files) })
  output.line(`A plugin with one conversation stands in ${folder}.`)
  const install = hasSdk(folder) ? '' : 'npm install, '
  output.line(`Next: cd ${name}, ${install}npm test, npx inthread plugin check .`)
  return exits.ok
}

/** Whether the sdk is at hand in this folder or in one above it. */
function hasSdk(folder: string): boolean {
  if (existsSync(join(folder, 'node_modules/@inthread/sdk'))) return true
  return dirname(folder) !== folder && hasSdk(dirname(folder))
}

/** What npm and git leave behind before there is anything. */
function isHarmless(entry: string): boolean {
  return ['.git', 'node_modules', 'package-lock.json'].includes(entry)
}

export interface BuildOptions {
  readonly key?: string
}

/** Writes the package into `dist`. A plugin with problems is not built. */
export async function runBuild(path: string, { key }: BuildOptions, output: Output): Promise<number> {
  const built = await buildPackage(path)
  const problems = [
    ...built.problems,
    ...listProblems(built).map(({ path: place, problem, remedy }) => `${place}: ${problem}: ${remedy}`),
  ]
  if (problems.length > 0) {
    output.result({ problems })
    for (const problem of problems) output.line(problem)
    output.line(`${problems.length} problem${problems.length === 1 ? '' : 's'}; nothing was written.`)
    return exits.badInput
  }
  const { folder, digest, signedBy } = writePackage(path, built, key)
  output.result({ folder, digest, signedBy: signedBy ?? null, bytes: Buffer.byteLength(built.bundle), problems: [] })
  output.line(`${folder}: ${Math.ceil(Buffer.byteLength(built.bundle) / 1024)} kB, digest ${digest}`)
  output.line(
    signedBy === undefined ? 'Not signed: make a key with "inthread plugin keygen".' : `Signed by ${signedBy}`,
  )
  return exits.ok
}

export async function runCheck(path: string, output: Output): Promise<number> {
  const findings = await checkPackage(path)
  output.result({ findings })
  for (const { check, problems } of findings) {
    output.line(`${problems.length === 0 ? 'ok    ' : 'WRONG '} ${check}`)
    for (const problem of problems) output.line(`       ${problem}`)
  }
  return findings.some(({ problems }) => problems.length > 0) ? exits.failed : exits.ok
}

const meanings: Readonly<Record<Verdict, string>> = {
  silent: 'installations get it without a word',
  notify: 'installations get it, and their tenants are told',
  consent: 'each tenant has to agree again',
  review: 'the bank has to review it again',
  refused: 'installations cannot get it',
}

/** Exit 1 where the new version would be refused. */
export async function runDiff(before: string, after: string, output: Output): Promise<number> {
  const comparison = compareManifests(await readManifestAt(before), await readManifestAt(after))
  output.result({
    ...comparison,
    differences: comparison.differences.map(({ reason, ...each }) => ({ ...each, ...reason })),
  })
  for (const { verdict, path, reason } of comparison.differences)
    output.line(`${verdict.padEnd(7)} ${path}: ${reason.message}`)
  output.line(`Verdict: ${comparison.verdict}: ${meanings[comparison.verdict]}.`)
  return comparison.verdict === 'refused' ? exits.failed : exits.ok
}

export async function runDraw(path: string, output: Output): Promise<number> {
  const manifest = await readManifestAt(path)
  const drawings = Object.keys(manifest.flows).map((flow) => ({ flow, mermaid: drawFlow(manifest, flow) }))
  output.result({ drawings })
  for (const { mermaid } of drawings) output.line(mermaid.trimEnd())
  return exits.ok
}

export async function runKeygen(path: string, output: Output): Promise<number> {
  const { publicKey } = writePublisherKey(path)
  output.result({ file: resolve(path), publicKey })
  output.line(`The key is in ${resolve(path)}: keep it to yourself, and keep a copy.`)
  output.line(`Tell the platform your public key: ${publicKey}`)
  return exits.ok
}
