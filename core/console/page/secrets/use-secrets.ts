import type { UseQueryResult } from '@tanstack/react-query'
import type { AdminApi } from '@inthread/client'
import { useMay } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'

export type SecretState = Awaited<ReturnType<AdminApi['installations']['secrets']['query']>>[number]

export function useSecrets(bot: string, plugin: string, enabled = true): UseQueryResult<readonly SecretState[]> {
  const tenant = useTenantId()
  return useAsk({
    key: ['plugin-secrets', tenant, bot, plugin],
    ask: (client) => client.installations.secrets.query({ tenant, bot, plugin }),
    enabled: useMay()('installation.read') && enabled,
  })
}
