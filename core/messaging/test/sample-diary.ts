import { collection, defineContract, definePlugin, z } from '@inthread/sdk'
import type { Plugin, Slots } from '@inthread/sdk/engine'

const first = z.strictObject({ id: z.string(), words: z.string() })
const second = z.strictObject({ id: z.string(), words: z.string(), mood: z.string(), size: z.number() })

export interface DiaryOptions {
  readonly dataClass?: 'public' | 'personal'
  readonly ttlMs?: number
  /** What brings a page from version 1 to 2. */
  readonly upgrade?: (page: Slots) => Slots
  readonly pluginVersion?: string
}

export const measure = (page: Slots): Slots => ({ ...page, mood: 'calm', size: String(page['words']).length })

/** A plugin that keeps pages, in its first version and in the one that came after. */
export function diaryOf(version: 1 | 2, options: DiaryOptions = {}): Plugin {
  const { dataClass = 'public', ttlMs, upgrade = measure, pluginVersion = `${version}.0.0` } = options
  const life = ttlMs === undefined ? {} : { ttlMs }
  const upgrades = { version: 2, upgrades: { 1: upgrade } }
  return definePlugin(
    defineContract({
      id: 'diary',
      publisher: 'somebody',
      version: pluginVersion,
      host: '^0.1',
      locales: ['en'],
      title: { en: 'Diary' },
      config: z.strictObject({}),
      needs: {},
      texts: {},
      collections: {
        pages:
          version === 1
            ? dataClass === 'personal'
              ? collection(first, { key: 'id', dataClass, ...life })
              : collection(first, { key: 'id', indexes: { words: ['words'] }, ...life })
            : dataClass === 'personal'
              ? collection(second, { key: 'id', dataClass, ...life, ...upgrades })
              : collection(second, { key: 'id', indexes: { mood: ['mood', 'size'] }, ...life, ...upgrades }),
      },
    }),
    { flows: [] },
  )
}
