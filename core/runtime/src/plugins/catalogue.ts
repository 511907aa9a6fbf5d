import { openApi } from '@inthread/banks/open-api'
import { cspJson } from '@inthread/channels/csp-json'
import { pickVersion } from '@inthread/admin'
import type { Catalogue } from '@inthread/admin/ports'
import type { BankDefinition } from '@inthread/sdk/bank'
import type { ChannelDefinition } from '@inthread/sdk/channel'
import type { Plugin } from '@inthread/sdk/engine'
import type { PackageHouse } from './package-house.ts'

/** The one place where channels and connectors are named: what a definition may choose from. */
const channels: readonly ChannelDefinition[] = [cspJson]
const banks: readonly BankDefinition[] = [openApi]

/** What there is to be used: packages by what is listed in the database, channels and connectors by this code. */
export function createCatalogue(house: PackageHouse): Catalogue {
  const find = async (id: string, version: string | undefined): Promise<Plugin | undefined> =>
    version === undefined ? undefined : (await house.find(id, version))?.plugin
  return {
    findPlugin: async (id, range) => {
      const packages = await house.list()
      return find(id, pickVersion(packages, id, range) ?? pickVersion(packages, id))
    },
    findVersion: (id, version) => find(id, version),
    listProviders: (publishers) => house.listProviders(publishers),
    findChannel: (id) => channels.find((channel) => channel.id === id),
    findBank: (id) => banks.find((bank) => bank.id === id),
    listNames: (kind) =>
      kind === 'plugin' ? house.listIds() : (kind === 'channel' ? channels : banks).map(({ id }) => id),
  }
}
