import { describe, expect, it } from 'vitest'
import { copyManifest } from '../../../test/sample-plugin.ts'
import { ask, listProblemsAfter, put, type Spoil } from '../../../test/spoil-manifest.ts'
import type { Manifest } from '../manifest-schema.ts'
import { listConflicts } from './find-word-problems.ts'

const anything = {}

it('finds nothing wrong with the sample', () => {
  expect(listProblemsAfter(() => undefined)).toEqual([])
})

describe('a manifest is refused', () => {
  it.each<[string, Spoil, string, string]>([
    [
      'for a text without a wording',
      ({ texts }) => delete texts['which']?.wording['en'],
      '$.texts.which.wording.en',
      'no wording',
    ],
    [
      'for a kept variable that is gone',
      ({ texts }) => reword(texts, 'price', 'It is cheap'),
      '$.texts.price.wording.en',
      '{{price}} has to stay',
    ],
    [
      'for a kept variable under a condition',
      ({ texts }) => reword(texts, 'price', '{{#if price}}{{price}}{{/if}}'),
      '$.texts.price.wording.en',
      '{{price}} has to stay',
    ],
    [
      'for an unknown variable',
      ({ texts }) => reword(texts, 'which', '{{name}}'),
      '$.texts.which.wording.en',
      '{{name}} is not a variable',
    ],
    [
      'for a credit without its annual rate',
      ({ texts }) => reword(texts, 'price', '{{price}} a month'),
      '$.texts.price.wording.en',
      'does not say its annual rate',
    ],
    [
      'for another grammar',
      ({ texts }) => reword(texts, 'which', '{{{x}}}'),
      '$.texts.which.wording.en',
      'is not allowed',
    ],
    [
      'for a kept name that is no variable',
      ({ texts }) => texts['which']?.keep.push('tea'),
      '$.texts.which.keep',
      '{{tea}}',
    ],
    ['for a missing title', ({ title }) => delete title['en'], '$.title.en', 'missing in en'],
    [
      'for a missing purpose of a need',
      ({ needs }) => delete needs['pay']?.purpose['zh-CN'],
      '$.needs.pay.purpose.zh-CN',
      'missing',
    ],
    [
      'for a missing purpose of a host',
      ({ egress }) => delete egress['api']?.purpose['en'],
      '$.egress.api.purpose.en',
      'missing',
    ],
    [
      'for a missing purpose of a secret',
      ({ secrets }) => delete secrets['key']?.purpose['en'],
      '$.secrets.key.purpose.en',
      'missing',
    ],
    [
      'for an intent without a title',
      ({ intents }) => delete intents[0]?.title['en'],
      '$.intents.order.title.en',
      'missing',
    ],
    [
      'for a word of the platform',
      ({ intents }) => intents[0]?.words['en']?.push('Cancel'),
      '$.intents.order',
      '"cancel"',
    ],
    [
      'for a Chinese word of the platform',
      ({ intents }) => intents[0]?.words['zh-CN']?.push('菜单'),
      '$.intents.order',
      '"menu"',
    ],
    [
      'for a title that is a word of the platform',
      ({ intents }) => Object.assign(intents[0]?.title ?? {}, { en: 'Help' }),
      '$.intents.order',
      '"help"',
    ],
    [
      'for words without letters',
      ({ intents }) => intents[0]?.words['en']?.push('?!'),
      '$.intents.order',
      'neither letters',
    ],
    [
      'for words of two intents',
      ({ intents }) =>
        intents.push({ ...structuredClone(intents[0] ?? fail()), name: 'again', title: { en: 'B', 'zh-CN': 'B' } }),
      '$.intents.again.words',
      'starts both',
    ],
    ['for a menu entry that is no intent', ({ menu }) => menu.push('cake'), '$.menu', '"cake"'],
    [
      'for an intent without its flow',
      ({ intents }) => Object.assign(intents[0] ?? {}, { flow: 'cake' }),
      '$.intents.order.flow',
      '"cake"',
    ],
    [
      'for a dialogue without its flow',
      ({ dialogues }) => Object.assign(dialogues, { pay: 'cake' }),
      '$.dialogues.pay',
      '"cake"',
    ],
    [
      'for a dialogue of nothing',
      ({ dialogues }) => Object.assign(dialogues, { pay: 'order' }),
      '$.dialogues',
      'provides no capability',
    ],
    [
      'for a label that is too long',
      ({ texts }) => reword(texts, 'green', 'g'.repeat(26)),
      '$.flows.order.steps.which',
      '26 characters, and room for 25',
    ],
    [
      'for a button that is too long',
      ({ intents }) => Object.assign(intents[0]?.title ?? {}, { en: 't'.repeat(26) }),
      '$.intents.order.title.en',
      '26 characters',
    ],
    [
      'for too many buttons',
      put({ which: { ...ask, shows: shown({ cardSuggestions: 5 }) } }),
      '$.flows.order.steps.which',
      '5 buttons on one card',
    ],
    [
      'for too many cards',
      put({ which: { ...ask, shows: shown({ cards: 13 }) } }),
      '$.flows.order.steps.which',
      '13 cards',
    ],
    [
      'for too many chips',
      put({ which: { ...ask, shows: shown({ chips: 12 }) } }),
      '$.flows.order.steps.which',
      '12 buttons under',
    ],
    [
      'for a text that is not declared',
      put({ which: { ...ask, shows: shown({ titles: ['cake'] }) } }),
      '$.flows.order.steps.which',
      '"cake"',
    ],
    [
      'for an address instead of a host',
      ({ egress }) => Object.assign(egress['api'] ?? {}, { host: '10.0.0.1' }),
      '$.egress.api',
      'no public host',
    ],
    [
      'for an inner host',
      ({ egress }) => Object.assign(egress['api'] ?? {}, { host: 'db.internal' }),
      '$.egress.api',
      'no public host',
    ],
    [
      'for a host in no setting',
      ({ egress }) => Object.assign(egress['api'] ?? {}, { host: { config: 'server' } }),
      '$.egress.api',
      '"server"',
    ],
    [
      'for a secret to a foreign host',
      ({ secrets }) => secrets['key']?.hosts.push('evil.example.com'),
      '$.secrets.key.hosts',
      'no egress names',
    ],
    [
      'for a secret that may not go there',
      ({ secrets }) => secrets['key']?.hosts.splice(0),
      '$.egress.api',
      'may not go to api.example.com',
    ],
    ['for a secret that is not declared', ({ secrets }) => delete secrets['key'], '$.egress.api', 'not declared'],
    [
      'for egress of nobody knows what',
      ({ egress }) => egress['api']?.data.splice(0),
      '$.egress.api.data',
      'does not say what it sends',
    ],
    [
      'for an event without a type',
      ({ listens }) => Object.assign(listens['arrived'] ?? {}, { data: anything }),
      '$.listens.arrived',
      'no type',
    ],
    [
      'for an event without a reaction',
      ({ listens }) => delete listens['arrived']?.flow,
      '$.listens.arrived',
      'no reaction',
    ],
    [
      'for an urgent event that the bank does not tell',
      ({ listens }) => Object.assign(listens['arrived'] ?? {}, { urgent: true }),
      '$.listens.arrived',
      'urgent',
    ],
    [
      'for an emitted event without a type',
      ({ emits }) => Object.assign(emits, { poured: anything }),
      '$.emits.poured',
      'no type',
    ],
    [
      'for limits beyond the ceiling',
      (manifest) => Object.assign(manifest.limits, { stepMs: 60_000 }),
      '$.limits.stepMs',
      'at most 1000',
    ],
    [
      'for limits that are none',
      (manifest) => Object.assign(manifest.limits, { heapBytes: -1 }),
      '$.limits.heapBytes',
      'asks for -1',
    ],
    ['for a region that is none', (manifest) => manifest.residency?.push('Mars'), '$.residency', '"Mars"'],
    ['for being stored nowhere', (manifest) => manifest.residency?.splice(0), '$.residency', 'nowhere'],
    ['for a version that is none', (manifest) => Object.assign(manifest, { version: '1.0' }), '$.version', '"1.0"'],
    ['for a host range that is none', (manifest) => Object.assign(manifest, { host: 'latest' }), '$.host', '"latest"'],
    ['for an id that is none', (manifest) => Object.assign(manifest, { id: 'Tea House' }), '$.id', '"Tea House"'],
    ['for no locale', (manifest) => Object.assign(manifest, { locales: [] }), '$.locales', 'no language'],
    [
      'for a range of a need that is none',
      ({ needs }) => Object.assign(needs['pay'] ?? {}, { range: 'any' }),
      '$.needs.pay.range',
      '"any"',
    ],
    [
      'for ceilings in the wrong order',
      ({ needs }) => Object.assign(needs['pay'] ?? {}, { ceiling: { perCall: yuan('200'), perDay: yuan('100') } }),
      '$.needs.pay.ceiling.perCall',
      'higher than perDay',
    ],
    [
      'for ceilings in two currencies',
      ({ needs }) =>
        Object.assign(needs['pay'] ?? {}, { ceiling: { perCall: yuan('1'), perDay: { value: '9', currency: 'EUR' } } }),
      '$.needs.pay.ceiling.perDay',
      'CNY and in EUR',
    ],
    [
      'for a ceiling of nothing',
      ({ needs }) => Object.assign(needs['pay'] ?? {}, { ceiling: { perCall: yuan('0') } }),
      '$.needs.pay.ceiling.perCall',
      'no amount above nothing',
    ],
    [
      'for a name that every object has',
      ({ collections }) => Object.assign(collections, { constructor: collections['teas'] }),
      '$.collections.constructor',
      'cannot be a name',
    ],
    [
      'for a key that is no field',
      ({ collections }) => Object.assign(collections['teas'] ?? {}, { key: 'number' }),
      '$.collections.teas',
      '"number"',
    ],
    [
      'for an index of no field',
      ({ collections }) => collections['teas']?.indexes['kind']?.push('price'),
      '$.collections.teas',
      '"price"',
    ],
    [
      'for a personal collection with indexes',
      ({ collections }) => Object.assign(collections['teas'] ?? {}, { dataClass: 'personal' }),
      '$.collections.teas',
      'has indexes',
    ],
    [
      'for a missing upgrade',
      ({ collections }) => Object.assign(collections['teas'] ?? {}, { version: 2 }),
      '$.collections.teas',
      'no upgrade from 1',
    ],
    [
      'for a config without its upgrade',
      ({ config }) => Object.assign(config, { version: 2 }),
      '$.config',
      'no upgrade from 1',
    ],
    ['for an upgrade to nowhere', ({ config }) => config.upgrades.push(1), '$.config', 'an upgrade from 1'],
    [
      'for schemas that are code',
      ({ config }) => Object.assign(config.schema, { 'x-code': 'transform' }),
      '$.config.schema',
      'transform',
    ],
    [
      'for schemas that speak of themselves',
      ({ config }) => Object.assign(config.schema, { $ref: '#' }),
      '$.config.schema',
      'speaks of itself',
    ],
    [
      'for patterns that never end',
      ({ config }) => Object.assign(config.schema, { pattern: '^(a+)+$' }),
      '$.config.schema',
      'for ever',
    ],
  ])('%s', (_title, spoil, path, problem) => {
    const found = listProblemsAfter(spoil)
    expect(found.map((each) => each.path)).toContain(path)
    const [first] = found.filter((each) => each.path === path)
    expect(first?.problem).toContain(problem)
    expect(first?.remedy).toMatch(/\w{4}/)
  })
})

function reword(texts: ReturnType<typeof copyManifest>['texts'], name: string, wording: string): void {
  Object.assign(texts[name]?.wording ?? {}, { en: wording })
}

function shown(change: object) {
  return { texts: [], titles: [], labels: [], cards: 0, chips: 0, cardSuggestions: 0, ...change }
}

const yuan = (value: string) => ({ value, currency: 'CNY' })

function fail(): never {
  throw new Error('the sample has changed')
}

describe('plugins of one bot', () => {
  it('may not take the same words, however they are written, nor the same buttons', () => {
    const first: Manifest = copyManifest()
    const second = { ...copyManifest(), id: 'cake-shop' }
    const other = second.intents[0]
    if (other)
      Object.assign(other, { name: 'cake', words: { en: ['T E A!', 'cake'] }, title: { en: 'Cake', 'zh-CN': '点茶' } })
    second.menu = ['cake']
    expect(listConflicts([first, second])).toEqual([
      { word: 'tea', intents: ['cake-shop/cake', 'tea-house/order'] },
      { word: '点茶', intents: ['cake-shop/cake', 'tea-house/order'] },
    ])
    expect(listConflicts([first])).toEqual([])
  })
})
