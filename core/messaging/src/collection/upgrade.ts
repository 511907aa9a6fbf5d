import type { CollectionDeclaration, Slots } from '@inthread/sdk/engine'

/**
 * Brings a document of an earlier version up to the declaration's. For a plugin whose code does not run in this process
 * the host puts a call of the guest here.
 */
export type UpgradeDocument = (document: Slots, fromVersion: number) => Slots | Promise<Slots>

/** One function per version, one after the other. */
function runUpgrades({ version, upgrades }: CollectionDeclaration, document: Slots, fromVersion: number): Slots {
  let upgraded = document
  for (let from = fromVersion; from < version; from += 1) {
    const upgrade = upgrades[from]
    if (!upgrade) throw new RangeError(`there is no upgrade from version ${from}`)
    upgraded = upgrade(upgraded)
  }
  return upgraded
}

export interface Stored {
  readonly document: Slots
  readonly version: number
}

/**
 * The document as the declaration wants it, or why it cannot be had: a plugin's mistake in an upgrade must never cost
 * the user the turn. A document of a later version is read when it happens to fit, which is what runs of an earlier
 * plugin version meet after an upgrade.
 */
export async function readStored(
  declaration: CollectionDeclaration,
  stored: Stored,
  upgrade: UpgradeDocument | undefined,
): Promise<Slots | 'not_upgraded' | 'too_new'> {
  const { document, version } = stored
  if (version === declaration.version) return document
  const bring = upgrade ?? ((each: Slots, from: number) => runUpgrades(declaration, each, from))
  try {
    const brought = version < declaration.version ? await bring(document, version) : document
    const parsed = declaration.schema.safeParse(brought)
    if (parsed.success) return parsed.data as Slots
  } catch {
    // Said below: which document it was is nobody's business but the operator's, who sees the count.
  }
  return version < declaration.version ? 'not_upgraded' : 'too_new'
}
