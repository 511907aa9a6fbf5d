import { collection, defineContract, definePlugin, z } from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'

const train = z.strictObject({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  minutes: z.number(),
  places: z.number(),
})

export type Train = z.infer<typeof train>

/** A plugin with goods: trains that can be found, and whose places can be held. */
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
      trains: collection(train, {
        key: 'id',
        indexes: { route: ['from', 'to', 'minutes'], all: ['minutes'] },
        counters: { places: { capacity: 'places' } },
      }),
      notes: collection(z.strictObject({ id: z.string(), words: z.string() }), { key: 'id' }),
    },
  }),
  { flows: [] },
)

export const trainOf = (id: string, change: Partial<Train> = {}): Train => ({
  id,
  from: 'chengdu',
  to: 'beijing',
  minutes: 466,
  places: 5,
  ...change,
})
