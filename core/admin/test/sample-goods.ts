import { collection, defineContract, definePlugin, moneySchema, z } from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'

/** A plugin with goods whose fields are of every kind that a file can hold. */
export const goods: Plugin = definePlugin(
  defineContract({
    id: 'goods',
    publisher: 'somebody',
    version: '1.0.0',
    host: '^0.1',
    locales: ['en'],
    title: { en: 'Goods' },
    config: z.strictObject({}),
    needs: {},
    texts: {},
    collections: {
      items: collection(
        z.strictObject({
          id: z.string().min(1),
          name: z.string(),
          fare: moneySchema,
          day: z.iso.date(),
          leaves: z.number().int(),
          stock: z.bigint(),
          open: z.boolean(),
          note: z.string().optional(),
          until: z.string().nullable(),
          tags: z.array(z.string()),
        }),
        { key: 'id', indexes: { day: ['day', 'leaves'] } },
      ),
    },
  }),
  { flows: [] },
)
