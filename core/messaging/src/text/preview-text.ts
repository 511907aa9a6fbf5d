import type { ChannelProfile, RenderedContent } from '@inthread/sdk/channel'
import { cleanWords, type Plugin, type TextRef } from '@inthread/sdk/engine'
import { fitContent } from '../outbox/fit.ts'
import { TextRenderer, type Reading } from './renderer.ts'

/** Where in a message a text stands. */
export type TextPlace = 'text' | 'title' | 'description' | 'label'

export interface TextPreview {
  readonly plugin: Plugin
  readonly text: TextRef
  readonly place: TextPlace
  readonly reading: Reading
}

/** What a phone that only takes SMS shows: no cards and no buttons. */
export const smsProfile: ChannelProfile = {
  textLength: 500,
  titleLength: 200,
  descriptionLength: 500,
  labelLength: 25,
  postbackLength: 0,
  cardSuggestions: 0,
  chips: 0,
  cards: undefined,
  menu: undefined,
}

/** A text as a phone shows it, by the same writing and fitting as when it is sent. */
export function previewText(preview: TextPreview, profile: ChannelProfile): readonly RenderedContent[] {
  const { plugin, text, reading } = preview
  const written = cleanWords(new TextRenderer().render(plugin, text, reading))
  return fitContent(place(written, preview), profile)
}

/** What stands around it is the plugin's title: a card has one, and buttons stand below something. */
function place(written: string, { plugin, place: at, reading }: TextPreview): RenderedContent {
  const { title: titles } = plugin.contract.declaration
  const around = titles[reading.locale] ?? Object.values(titles)[0] ?? ''
  const card = (title: string, description?: string): RenderedContent => ({
    kind: 'cards',
    cards: [{ title, description, suggestions: [] }],
    chips: [],
  })
  switch (at) {
    case 'text':
      return { kind: 'text', text: written, chips: [] }
    case 'title':
      return card(written)
    case 'description':
      return card(around, written)
    case 'label':
      return { kind: 'text', text: around, chips: [{ kind: 'reply', label: written, postback: '' }] }
  }
}

/** How many SMS a text takes: 70 characters outside of the Latin alphabet, 67 each where it takes several. */
export function countSms(text: string): number {
  const short = /^[\u0020-\u007e\n]*$/.test(text) ? { one: 160, each: 153 } : { one: 70, each: 67 }
  return text.length <= short.one ? 1 : Math.ceil(text.length / short.each)
}
