import { useParams } from '@tanstack/react-router'
import { useLanguage } from '../words/use-words.ts'
import { useMay, useSession } from './session.ts'
import { useAsk } from './use-ask.ts'

/** The tenant whose pages are open, by the address. */
export function useTenantId(): string {
  return useParams({ strict: false }).tenant ?? ''
}

export interface TenantLine {
  readonly tenant: string
  readonly name: string
}

/** Those that whoever is signed in may see: all of them, or their own. */
export function useTenants(): { readonly tenants: readonly TenantLine[]; readonly isPending: boolean } {
  const { me } = useSession()
  const may = useMay()('tenant.list')
  const { data, isPending } = useAsk({
    key: ['tenants'],
    ask: (client) => client.tenants.list.query({ limit: 200 }),
    enabled: may,
  })
  if (!may)
    return {
      tenants: me.tenant === null ? [] : [{ tenant: me.tenant, name: me.tenantName ?? me.tenant }],
      isPending: false,
    }
  return { tenants: data?.items ?? [], isPending }
}

interface Settings {
  readonly timeZone: string
  readonly currency: string
  /** Names of the chatbots by their ids. */
  readonly bots: ReadonlyMap<string, string>
  readonly banks: readonly string[]
}

/** What pages have to know of a tenant. Whoever may not read it sees times in the zone of their own machine. */
export function useTenantSettings(): Settings {
  const tenant = useTenantId()
  const enabled = useMay()('tenant.read') && tenant !== ''
  const { data } = useAsk({ key: ['tenant', tenant], ask: (client) => client.tenants.get.query({ tenant }), enabled })
  return readSettings(data?.definition)
}

interface Definition {
  readonly tenant?: { readonly timeZone?: string; readonly currency?: string }
  readonly bots?: readonly { readonly id: string; readonly name: string }[]
  readonly banks?: readonly { readonly id: string }[]
}

function readSettings(definition: unknown): Settings {
  const { tenant = {}, bots = [], banks = [] } = (definition ?? {}) as Definition
  return {
    timeZone: tenant.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: tenant.currency ?? 'CNY',
    bots: new Map(bots.map(({ id, name }) => [id, name])),
    banks: banks.map(({ id }) => id),
  }
}

export function useLocale(): string {
  return useLanguage() === 'zh' ? 'zh-CN' : 'en-GB'
}
