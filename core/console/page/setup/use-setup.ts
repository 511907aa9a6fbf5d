import { useAsk, useDo } from '../session/use-ask.ts'
import type { Definition } from './definition.ts'

/** The definition in force; secrets that the platform has stand in it as `kept:`. */
export function useDefinition(tenant: string) {
  return useAsk({ key: ['definition', tenant], ask: (client) => client.tenants.export.query({ tenant }) })
}

export function useKinds() {
  return useAsk({ key: ['connection-kinds'], ask: (client) => client.connections.kinds.query({}) })
}

/** Everything that is wrong is an answer; on a dry run what would change is another. */
export function useApply(dryRun: boolean) {
  return useDo({
    act: (client, definition: Definition) => client.tenants.apply.mutate({ definition, dryRun }),
    touches: dryRun ? [] : ['definition', 'tenant', 'tenants', 'installations', 'grants', 'menus', 'health'],
  })
}
