import { readdirSync, readFileSync } from 'node:fs'
import {
  listCtCuMenuProblems,
  listCtCuMessageProblems,
  listMenuProblems,
  listMessageProblems,
} from '@inthread/channels/rcc07'
import { describe, expect, it } from 'vitest'

interface Entry {
  readonly file: string
  readonly schema: 'chatbot_message_schema' | 'chatbot_menu_schema'
  readonly schemaValid: boolean
  readonly reason: string
}

const folder = new URL('./rcc07/', import.meta.url)
const readText = (path: string): string => readFileSync(new URL(path, folder), 'utf8')
const entries: readonly Entry[] = JSON.parse(readText('manifest.json')).vectors

const rules = {
  chatbot_message_schema: { all: listMessageProblems, profile: listCtCuMessageProblems },
  chatbot_menu_schema: { all: listMenuProblems, profile: listCtCuMenuProblems },
}
const pointersOf = (problems: readonly { pointer: string }[]) => problems.map(({ pointer }) => pointer)

/** Where the one broken rule of each invalid body lies. */
const broken: Readonly<Record<string, string>> = {
  'i01-empty-object': '',
  'i02-two-roots': '',
  'i04-card-no-content': '/message/generalPurposeCard/content',
  'i05-content-empty': '/message/generalPurposeCard/content',
  'i07-horizontal-no-alignment': '/message/generalPurposeCard/layout/imageAlignment',
  'i08-bad-orientation': '/message/generalPurposeCard/layout/cardOrientation',
  'i10-description-2001': '/message/generalPurposeCard/content/description',
  'i11-title-empty': '/message/generalPurposeCard/content/title',
  'i13-twelve-chips': '/suggestions',
  'i14-zero-chips': '/suggestions',
  'i16-displaytext-empty': '/suggestions/0/reply/displayText',
  'i17-postback-2049': '/suggestions/0/reply/postback/data',
  'i19-filesize-string': '/message/generalPurposeCard/content/media/mediaFileSize',
  'i20-media-no-height': '/message/generalPurposeCard/content/media/height',
  'i22-media-bad-height': '/message/generalPurposeCard/content/media/height',
  'i23-carousel-one': '/message/generalPurposeCardCarousel/content',
  'i25-carousel-no-width': '/message/generalPurposeCardCarousel/layout/cardWidth',
  'i26-font-calibri': '/message/generalPurposeCard/layout/descriptionFontStyle/0',
  'i28-openurl-no-application': '/suggestions/0/action/urlAction/openUrl/application',
  'i29-openurl-bad-application': '/suggestions/0/action/urlAction/openUrl/application',
  'i31-webview-parameters-201': '/suggestions/0/action/urlAction/openUrl/parameters',
  'i32-both-reply-and-action': '/suggestions/0',
  'i34-action-two-kinds': '/suggestions/0/action',
  'i35-location-both-forms': '/suggestions/0/action/mapAction/showLocation/location',
  'i37-compose-text-101': '/suggestions/0/action/composeAction/composeTextMessage/text',
  'i38-compose-recording-photo': '/suggestions/0/action/composeAction/composeRecordingMessage/type',
  'i40-response-both': '/response',
  'i41-device-model-13': '/sharedData/deviceSpecifics/deviceModel',
  'i43-card-and-carousel': '/message',
  'i44-suggestions-object': '/suggestions',
  'i46-menu-four-levels': '/menu/entries/0/menu/entries/0/menu/entries/0',
  'i47-menu-submenu-no-label': '/menu/entries/0/menu/displayText',
}

/** What the operators' profile says about bodies that the GSMA rules allow; no place means that it allows them too. */
const profileSays: Readonly<Record<string, readonly string[]>> = {
  'v13-menu-three-levels': ['/menu/entries/1/menu/entries/1/menu'],
  'p01-carousel-eleven': [],
  'p02-small-width-tall-media': [
    '/message/generalPurposeCardCarousel/content/0/media/height',
    '/message/generalPurposeCardCarousel/content/1/media/height',
  ],
  'p03-menu-four-top-entries': ['/menu/entries'],
  'p04-url-without-scheme': ['/suggestions/0/action/urlAction/openUrl/url'],
  'p05-javascript-url': ['/suggestions/0/action/urlAction/openUrl/url'],
  'p06-duplicate-displaytext': ['/suggestions/1'],
}

const nameOf = (file: string): string => file.replace(/^.*\//, '').replace('.json', '')
const bodyOf = (file: string): unknown => JSON.parse(readText(file))
const valid = entries.filter(({ schemaValid }) => schemaValid).map(({ file, schema }) => [file, schema] as const)
const invalid = entries.filter(({ schemaValid }) => !schemaValid).map(({ file, schema }) => [file, schema] as const)

describe('the RCC.07 bodies', () => {
  it('are all in the manifest', () => {
    const files = ['valid', 'invalid', 'profile'].flatMap((name) =>
      readdirSync(new URL(name, folder)).map((file) => `${name}/${file}`),
    )
    expect(entries.map(({ file }) => file).sort()).toEqual(files.sort())
  })

  it.each(valid)('%s is lawful', (file, schema) => {
    expect(rules[schema].all(bodyOf(file))).toEqual([])
  })

  it.each(invalid)('%s breaks one rule, in the right place', (file, schema) => {
    expect(pointersOf(rules[schema].all(bodyOf(file)))).toEqual([broken[nameOf(file)]])
  })

  it.each(valid)('%s gets its verdict from the profile', (file, schema) => {
    expect(pointersOf(rules[schema].profile(bodyOf(file)))).toEqual(profileSays[nameOf(file)] ?? [])
  })

  it.each(['multipart-card-and-chips', 'multipart-text-and-chips'])('%s has lawful parts', (name) => {
    const file = `other/${name}.txt`
    const lines = readText(file)
      .split('\n')
      .filter((line) => line.startsWith('{'))
    const parts = lines.map((line): unknown => JSON.parse(line))
    expect(parts.length).toBeGreaterThan(0)
    expect(parts.flatMap((part) => [...listMessageProblems(part), ...listCtCuMessageProblems(part)])).toEqual([])
  })
})
