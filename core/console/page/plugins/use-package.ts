import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { AdminApi } from '@inthread/client'
import type { Package } from '../flows/flow.ts'
import { useMay, useSession } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { pickWording } from '../words/pick-wording.ts'
import { useLanguage } from '../words/use-words.ts'

export type Installation = Awaited<ReturnType<AdminApi['installations']['list']['query']>>[number]
export type Version = Awaited<ReturnType<AdminApi['plugins']['catalogue']['query']>>[number]
export type Grant = Awaited<ReturnType<AdminApi['grants']['list']['query']>>[number]

/** What is done to an installed one, and what it is called meanwhile. */
export interface ActionProps {
  readonly installation: Installation
  readonly title: string
}

/** What a version says of itself: it never says anything else. */
export function usePackage(plugin: string, version: string | undefined): UseQueryResult<Package> {
  const { client } = useSession()
  const may = useMay()('plugin.read')
  return useQuery({
    queryKey: ['package', plugin, version],
    queryFn: () => client.plugins.get.query({ plugin, version: version ?? '' }),
    enabled: may && version !== undefined,
    staleTime: Infinity,
  })
}

/** Its title in the language of the page; its id until that is known. */
export function useTitle(plugin: string, version: string | undefined): string {
  const language = useLanguage()
  const { data } = usePackage(plugin, version)
  return (data && pickWording(data.title, language)) ?? plugin
}

export function useCatalogue(): UseQueryResult<readonly Version[]> {
  return useAsk({
    key: ['catalogue'],
    ask: (client) => client.plugins.catalogue.query({}),
    enabled: useMay()('plugin.read'),
  })
}

export function useInstallations(tenant: string): UseQueryResult<readonly Installation[]> {
  return useAsk({
    key: ['installations', tenant],
    ask: (client) => client.installations.list.query({ tenant }),
    enabled: useMay()('installation.read'),
  })
}

export function useGrants(tenant: string): UseQueryResult<readonly Grant[]> {
  return useAsk({
    key: ['grants', tenant],
    ask: (client) => client.grants.list.query({ tenant }),
    enabled: useMay()('grant.read'),
  })
}

/** The newest version that may be installed. */
export function findNewest(catalogue: readonly Version[], plugin: string): Version | undefined {
  const listed = catalogue.filter((each) => each.plugin === plugin && each.state === 'listed')
  return listed.toSorted((left, right) => compareVersions(right.version, left.version))[0]
}

function compareVersions(left: string, right: string): number {
  const collator = new Intl.Collator('en', { numeric: true })
  return collator.compare(left, right)
}

/** A dialogue that comes with a bank stands at the bank's place. */
export function bankOf(bot: string): string | undefined {
  return bot.startsWith('bank:') ? bot.slice('bank:'.length) : undefined
}

export const isGone = ({ state }: Pick<Installation, 'state'>): boolean => state === 'erased' || state === 'removed'
