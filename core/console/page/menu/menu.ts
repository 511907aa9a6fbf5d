import type { AdminApi } from '@inthread/client'

export type Menu = Awaited<ReturnType<AdminApi['menus']['get']['query']>>
export type Key = Menu['menu'][number]
export type Entry = NonNullable<Key['entries']>[number]

export const keysAtMost = 3
export const entriesAtMost = 5
export const platformWords = ['help', 'menu', 'human', 'cancel', 'stop'] as const

/** What a tap does, as one text to choose by: `word:help`, `intent:travel/search`, or a submenu. */
export function actionOf({ word, plugin, intent, entries }: Key): string {
  if (entries) return 'entries'
  return word === undefined ? `intent:${plugin ?? ''}/${intent ?? ''}` : `word:${word}`
}

export function withAction({ label, entries = [] }: Key, action: string): Key {
  if (action === 'entries') return { label, entries }
  const [, word] = /^word:(.+)$/.exec(action) ?? []
  if (word !== undefined) return { label, word }
  const [, plugin = '', intent = ''] = /^intent:([^/]*)\/(.*)$/.exec(action) ?? []
  return { label, plugin, intent }
}

/** Without languages that nobody has filled in. */
export function tidyMenu(menu: readonly Key[]): Key[] {
  return menu.map((key) => ({
    ...key,
    label: tidyLabel(key.label),
    ...(key.entries ? { entries: key.entries.map((entry) => ({ ...entry, label: tidyLabel(entry.label) })) } : {}),
  }))
}

function tidyLabel(label: Key['label']): Key['label'] {
  return Object.fromEntries(Object.entries(label).filter(([, text]) => text.trim() !== ''))
}
