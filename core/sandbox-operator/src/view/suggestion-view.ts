import type { SuggestionKind, SuggestionView } from '../views.ts'

type Fields = Readonly<Record<string, unknown>>

/** A suggestion as it came over the wire, after the schema has held. */
export interface WireSuggestion {
  readonly reply?: WireLabel
  readonly action?: WireLabel & Fields
}

export interface WireLabel {
  readonly displayText: string
  readonly postback?: { readonly data: string }
}

export type Placed = Pick<SuggestionView, 'index' | 'place' | 'used'> & { readonly card?: number }

export function buildSuggestion(wire: WireSuggestion, placed: Placed): SuggestionView {
  const { reply, action } = wire
  if (!action) return { ...placed, label: reply?.displayText ?? '', kind: 'reply' }
  return { ...placed, label: action.displayText, ...describeAction(action) }
}

/** What the phone tells the chatbot when this is tapped: the label and the postback, nothing else. */
export function buildTapAnswer({ reply, action }: WireSuggestion): object {
  const source = reply ?? action
  if (!source) throw new Error('a suggestion is neither reply nor action')
  const { displayText, postback } = source
  const answer = { displayText, ...(postback === undefined ? {} : { postback }) }
  return { response: reply ? { reply: answer } : { action: answer } }
}

type Action = { readonly kind: SuggestionKind; readonly target?: string; readonly detail?: string }

function describeAction(action: Fields): Action {
  const [group = '', variants = {}] = Object.entries(action).find(([name]) => name.endsWith('Action')) ?? []
  const [variant = '', raw = {}] = Object.entries(variants as Fields)[0] ?? []
  const fields = raw as Fields
  switch (group) {
    case 'urlAction':
      return { kind: 'open', ...pick('target', fields['url']) }
    case 'dialerAction':
      return { kind: 'dial', ...pick('target', fields['phoneNumber']), ...pick('detail', fields['subject']) }
    case 'mapAction':
      return { kind: 'map', ...pick('target', describePlace(fields['location'] as Fields | undefined)) }
    case 'calendarAction':
      return { kind: 'calendar', ...pick('target', fields['title']), ...pick('detail', describeEvent(fields)) }
    case 'composeAction':
      return { kind: 'compose', ...pick('target', fields['phoneNumber']), ...pick('detail', fields['text']) }
    default:
      return { kind: group === 'settingsAction' ? 'settings' : 'device', ...pick('detail', variant) }
  }
}

function pick(name: 'target' | 'detail', value: unknown): { target?: string; detail?: string } {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {}
}

function describePlace(location: Fields | undefined): string | undefined {
  if (!location) return undefined
  const { label, query, latitude, longitude } = location
  if (typeof label === 'string') return label
  return typeof query === 'string' ? query : `${String(latitude)}, ${String(longitude)}`
}

function describeEvent({ startTime, endTime }: Fields): string {
  return `${String(startTime)} – ${String(endTime)}`
}
