import {
  buildManifest,
  isSameCapability,
  listManifestProblems,
  parseManifest,
  type Manifest,
} from '@inthread/sdk/manifest'
import { isFault, type Said } from '@inthread/sdk/fault'
import { appendAudit, openScope, type Actor, type Transaction } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'
import {
  findPackage,
  findPublisher,
  listPackages,
  listProviding,
  movePackage,
  saveNewPackage,
  savePublisher,
  type ProvidingRow,
} from './package.store.ts'
import { assertMoves, findMoveProblem, packageMachine, type PackageState } from '../lifecycle/states.ts'
import type { PackageRow, PublisherRow } from '../lifecycle/tables.ts'
import { digestPackage, isSignedBy, packageLimits, type PackageUpload } from './verify-package.ts'
import { sayChange } from '../saying/say-change.ts'

/** What concerns the whole platform and no tenant is written down under this name. */
export const platformScope = openScope('platform')

export interface UploadResult {
  /** Everything that is wrong, each in a sentence; then nothing was stored. */
  readonly problems: readonly string[]
  readonly digest: string
  readonly package: Pick<PackageRow, 'id' | 'version' | 'state'> | undefined
}

/** Takes a package in: scanned and verified, it waits for a review. Uploading the very same again changes nothing. */
export async function uploadPackage(upload: PackageUpload, actor: Actor, ports: AdminPorts): Promise<UploadResult> {
  const digest = digestPackage(upload)
  const read = readManifest(upload)
  if ('problems' in read) return { problems: read.problems, digest, package: undefined }
  const { manifest } = read
  const problems = await listPackageProblems({ manifest, upload, digest }, ports)
  if (problems.length > 0) return { problems, digest, package: undefined }
  const now = ports.clock.now()
  const { id, version, publisher } = manifest
  const row: PackageRow = {
    id,
    version,
    publisher,
    digest,
    manifest: upload.manifest,
    bundle: upload.bundle,
    signature: upload.signature,
    state: assertMoves(packageMachine, 'uploaded', ['scanned', 'verified']),
    provides: manifest.provides?.capability ?? null,
    created_at: now,
    updated_at: now,
  }
  const kept = await ports.store.write('package.upload', async (tx) => {
    await saveNewPackage(tx, row)
    await audit(tx, { actor, action: 'package.uploaded', name: row, data: { digest } }, ports)
    return findPackage(tx, id, version)
  })
  return { problems: [], digest, package: kept && { id, version, state: kept.state } }
}

function readManifest({ manifest, bundle }: PackageUpload): { manifest: Manifest } | { problems: readonly string[] } {
  const sizes = [
    ...(Buffer.byteLength(manifest) > packageLimits.manifestBytes
      ? [`the manifest is larger than ${packageLimits.manifestBytes} bytes`]
      : []),
    ...(Buffer.byteLength(bundle) > packageLimits.bundleBytes
      ? [`the bundle is larger than ${packageLimits.bundleBytes} bytes: leave out what the plugin does not need`]
      : []),
  ]
  if (sizes.length > 0) return { problems: sizes }
  try {
    const parsed = parseManifest(manifest)
    const problems = listManifestProblems(parsed).map(({ path, problem, remedy }) => `${path}: ${problem}: ${remedy}`)
    return problems.length > 0 ? { problems } : { manifest: parsed }
  } catch (error) {
    const why = isFault(error) ? JSON.stringify(error.data) : error instanceof Error ? error.message : ''
    return { problems: [`the manifest cannot be read: build it with "inthread plugin build" ${why}`.trim()] }
  }
}

interface Uploaded {
  readonly manifest: Manifest
  readonly upload: PackageUpload
  readonly digest: string
}

async function listPackageProblems({ manifest, upload, digest }: Uploaded, { store }: AdminPorts): Promise<string[]> {
  const { id, version, publisher: publisherId, provides } = manifest
  const { publisher, others, same, providers } = await store.read('package.check', async (reader) => ({
    publisher: await findPublisher(reader, publisherId),
    others: (await listPackages(reader, id)).filter((each) => each.publisher !== publisherId),
    same: await findPackage(reader, id, version),
    providers: await listProviding(reader, provides ? [provides.capability] : []),
  }))
  if (!publisher) return [`there is no publisher "${publisherId}": the platform registers it with its public key first`]
  const problems: string[] = []
  if (publisher.state !== 'active') problems.push(`the publisher "${publisherId}" is suspended`)
  if (!isSignedBy(publisher.public_key, digest, upload.signature))
    problems.push(`the signature is not that of "${publisherId}" over the digest ${digest}: sign it with its own key`)
  if (others.length > 0) problems.push(`the id "${id}" belongs to another publisher: choose another one`)
  if (same && same.digest !== digest) problems.push(`${id} ${version} is there with other contents: raise the version`)
  return [...problems, ...listDefinitionProblems(manifest, providers)]
}

/** One name and version of a capability means one thing, whoever provides it. Which bank takes it is the bank's. */
function listDefinitionProblems({ provides }: Manifest, providers: readonly ProvidingRow[]): string[] {
  const other = providers.find((row) => {
    const told = parseManifest(row.manifest).provides
    return provides?.definition && told?.version === provides.version && !isSameCapability(told, provides)
  })
  if (!provides || !other) return []
  const named = `${provides.capability} ${provides.version}`
  return [`${named} is defined otherwise by ${other.id} ${other.version}: raise the capability's version`]
}

/** A person's decision about a package; a sentence when it cannot be taken. */
export async function decidePackage(
  name: Pick<PackageRow, 'id' | 'version'>,
  { to, actor }: { readonly to: PackageState; readonly actor: Actor },
  ports: AdminPorts,
): Promise<{ readonly state: PackageState } | { readonly problem: Said } | undefined> {
  const now = ports.clock.now()
  return ports.store.write('package.decide', async (tx) => {
    const row = await findPackage(tx, name.id, name.version)
    if (!row) return undefined
    const problem = findMoveProblem(packageMachine, row.state, to)
    if (problem !== undefined) return { problem }
    if (!(await movePackage(tx, row, { state: to, now }))) return { problem: sayChange('installed.changed') }
    await audit(tx, { actor, action: `package.${to}`, name: row, data: { digest: row.digest } }, ports)
    return { state: to }
  })
}

export async function registerPublisher(
  publisher: Pick<PublisherRow, 'id' | 'public_key' | 'tier' | 'state'>,
  actor: Actor,
  ports: AdminPorts,
): Promise<void> {
  const now = ports.clock.now()
  await ports.store.write('publisher.save', async (tx) => {
    await savePublisher(tx, { ...publisher, created_at: now })
    const record = {
      scope: platformScope,
      actor,
      action: 'publisher.registered',
      object: { kind: 'publisher', id: publisher.id },
      data: { tier: publisher.tier, state: publisher.state },
    }
    await appendAudit(tx, [record], { ids: ports.ids, now })
  })
}

/** The manifest of a version: as it was uploaded, or, of a plugin that comes with the platform, as its code says. */
export async function readVersion(id: string, version: string, ports: AdminPorts): Promise<Manifest | undefined> {
  const row = await ports.store.read('package.manifest', (reader) => findPackage(reader, id, version))
  if (row?.bundle != null) return parseManifest(row.manifest)
  const plugin = await ports.catalogue.findVersion(id, version)
  return plugin && buildManifest(plugin)
}

interface PackageRecord {
  readonly actor: Actor
  readonly action: string
  readonly name: Pick<PackageRow, 'id' | 'version'>
  readonly data: Readonly<Record<string, unknown>>
}

function audit(
  tx: Transaction,
  { actor, action, name, data }: PackageRecord,
  { ids, clock }: AdminPorts,
): Promise<void> {
  const record = {
    scope: platformScope,
    actor,
    action,
    object: { kind: 'package', id: `${name.id}@${name.version}` },
    data,
  }
  return appendAudit(tx, [record], { ids, now: clock.now() })
}
