import type { AdminApi } from '@inthread/client'
import { saveFile } from '../form/save-file.ts'
import { useDo } from '../session/use-ask.ts'
import type { Collection } from './collection.ts'

/** All pages of a table in one file, as an import takes it back. */
export function useExport(tenant: string, { plugin, collection }: Collection) {
  return useDo({
    act: async (client: AdminApi, _: undefined) => {
      const lines: string[] = []
      let after: string | null = ''
      while (after !== null) {
        const page: Page = await client.collections.export.query({
          ...{ tenant, plugin, collection, format: 'csv', after, limit: 1000 },
        })
        lines.push(...page.lines)
        after = page.next
      }
      saveFile(`${plugin}-${collection}.csv`, `${lines.join('\r\n')}\r\n`)
    },
    touches: [],
  })
}

type Page = Awaited<ReturnType<AdminApi['collections']['export']['query']>>
