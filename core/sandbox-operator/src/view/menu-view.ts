import type { MenuKeyView, SuggestionView } from '../views.ts'
import { buildSuggestion } from './suggestion-view.ts'
import type { WireSuggestion } from './suggestion-view.ts'

interface WireMenu {
  readonly entries?: readonly WireEntry[]
}

type WireEntry = WireSuggestion & { readonly menu?: { readonly displayText: string; readonly entries: WireEntry[] } }

/** The leaves of the menu in reading order: what a tap on `menu` counts. */
export function listMenuLeaves(menu: unknown): WireSuggestion[] {
  const flatten = (entry: WireEntry): WireSuggestion[] => (entry.menu ? entry.menu.entries.flatMap(flatten) : [entry])
  return ((menu as WireMenu | undefined)?.entries ?? []).flatMap(flatten)
}

export function buildMenu(menu: unknown): MenuKeyView[] {
  let index = 0
  const leaf = (entry: WireEntry): SuggestionView =>
    buildSuggestion(entry, { index: index++, place: 'menu', used: false })
  return ((menu as WireMenu | undefined)?.entries ?? []).map((entry) => {
    if (entry.menu) return { label: entry.menu.displayText, entries: entry.menu.entries.map(leaf) }
    const suggestion = leaf(entry)
    return { label: suggestion.label, suggestion, entries: [] }
  })
}
