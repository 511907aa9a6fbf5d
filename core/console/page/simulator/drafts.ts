import type { Draft } from './simulator.ts'

type Text = NonNullable<Draft['texts']>[number]
type Config = NonNullable<Draft['config']>[number]

/** What somebody is about to publish and wants to try before, kept in this tab: by bot. */
interface Tried {
  readonly texts: readonly Text[]
  readonly menu?: readonly unknown[]
}

const placeOf = (tenant: string, bot: string): string => `inthread.try.${tenant}.${bot}`

function read(tenant: string, bot: string): Tried {
  const kept = sessionStorage.getItem(placeOf(tenant, bot))
  return kept === null ? { texts: [] } : (JSON.parse(kept) as Tried)
}

const isSame = (one: Text, other: Text): boolean =>
  one.plugin === other.plugin && one.text === other.text && one.locale === other.locale

export function tryText(tenant: string, bot: string, text: Text): void {
  const tried = read(tenant, bot)
  const texts = [...tried.texts.filter((each) => !isSame(each, text)), text]
  sessionStorage.setItem(placeOf(tenant, bot), JSON.stringify({ ...tried, texts }))
}

/** It is published, or given up: what is in force counts again. */
export function dropText(tenant: string, text: Omit<Text, 'source'>): void {
  const places = Object.keys(sessionStorage).filter((place) => place.startsWith(placeOf(tenant, '')))
  for (const place of places) {
    const tried = JSON.parse(sessionStorage.getItem(place) ?? '{"texts":[]}') as Tried
    const texts = tried.texts.filter((each) => !isSame(each, { ...text, source: '' }))
    sessionStorage.setItem(place, JSON.stringify({ ...tried, texts }))
  }
}

export function dropMenu(tenant: string, bot: string): void {
  const { menu: _, ...rest } = read(tenant, bot)
  sessionStorage.setItem(placeOf(tenant, bot), JSON.stringify(rest))
}

export function tryMenu(tenant: string, bot: string, menu: readonly unknown[]): void {
  sessionStorage.setItem(placeOf(tenant, bot), JSON.stringify({ ...read(tenant, bot), menu }))
}

export function forgetDrafts(tenant: string, bot: string): void {
  sessionStorage.removeItem(placeOf(tenant, bot))
}

/** What is drafted for a bot: settings as their own page keeps them, and what was brought along to be tried. */
export function readDrafts(tenant: string, bot: string): Draft {
  const { texts, menu } = read(tenant, bot)
  const config = readConfigs(`inthread.draft.${tenant}.${bot}.`)
  return { config, texts: [...texts], ...(menu ? { menu: [...menu] } : {}) }
}

function readConfigs(prefix: string): Config[] {
  const places = Object.keys(sessionStorage).filter((place) => place.startsWith(prefix))
  return places.map((place) => {
    const config = JSON.parse(sessionStorage.getItem(place) ?? '{}') as Config['config']
    return { plugin: place.slice(prefix.length), config }
  })
}

export function countDrafts({ config = [], texts = [], menu }: Draft): number {
  return config.length + texts.length + (menu ? 1 : 0)
}
