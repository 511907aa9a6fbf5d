import { describe, expect, it } from 'vitest'
import { defineContract, definePlugin, money, text, z } from '@inthread/sdk'
import type { Plugin, TextDeclaration, TextRef } from '@inthread/sdk/engine'
import { TextRenderer } from './renderer.ts'

const declaration = {
  id: 'sample',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { en: 'Sample' },
  config: z.strictObject({}),
  needs: {},
  collections: {},
} as const

const texts = {
  all: text(
    { who: 'text', seats: 'count', fare: 'money', day: 'date', at: 'time', until: 'dateTime' },
    {
      'zh-CN': '{{who}}，{{seats}} 张 {{fare}}，{{day}} {{at}}，{{until}}',
      en: '{{who}}: {{seats}} × {{fare}}, {{until}}',
    },
  ),
  maybe: text(
    { who: 'text', seats: 'count' },
    { en: '{{#if who}}{{who}}{{else}}nobody{{/if}}{{#unless seats}}, no seat{{/unless}}' },
  ),
  bare: text({ who: 'text' }, { en: '{{who}}' }),
  twice: text({ who: 'text' }, { en: '{{who}}{{who}}{{who}}{{who}}{{who}}' }),
}

const pluginOf = (declared: Readonly<Record<string, TextDeclaration>>): Plugin =>
  definePlugin(defineContract({ ...declaration, texts: declared }), { flows: [] })
const plugin = pluginOf(texts)
const reading = { locale: 'en', timeZone: 'Asia/Shanghai' }
const at = Date.parse('2026-03-06T08:05:00+08:00') * 1000
const vars = { who: 'Li Lei', seats: 2, fare: money('553.50', 'CNY'), day: at, at, until: at }
const render = (template: string, given: Readonly<Record<string, unknown>>, locale = 'en'): string =>
  new TextRenderer().render(plugin, { template, vars: given as TextRef['vars'] }, { ...reading, locale })

describe('a text', () => {
  it('is written with amounts, dates and times as its reader writes them', () => {
    expect(render('all', vars)).toBe('Li Lei: 2 × ¥553.50, 6 Mar 08:05')
    expect(render('all', vars, 'zh-CN')).toBe('Li Lei，2 张 ¥553.50，3月6日 08:05，3月6日 08:05')
  })

  it.each([
    ['zh-CN', 'Li Lei，'],
    ['zh-TW', 'Li Lei，'],
    ['en-GB', 'Li Lei: '],
    ['fr', 'Li Lei: '],
  ])('is worded for %s', (locale, beginning) => {
    expect(render('all', vars, locale).startsWith(beginning)).toBe(true)
  })

  it('says one thing or the other', () => {
    expect(render('maybe', { who: 'Li Lei', seats: 1 })).toBe('Li Lei')
    expect(render('maybe', { who: '', seats: 0 })).toBe('nobody, no seat')
  })

  it('takes a value as it is: no markup, no template, no signature, one line', () => {
    const who = '<b>&amp;</b> "{{fare}}" {{{x}}} 【银行】\n\u202eevil'
    expect(render('bare', { who })).toBe('<b>&amp;</b> "{{fare}}" {{{x}}} [银行] evil')
  })

  it('is written anew for every reader, from one template', () => {
    const renderer = new TextRenderer()
    const read = (who: string): string => renderer.render(plugin, { template: 'bare', vars: { who } }, reading)
    expect([read('one'), read('two')]).toEqual(['one', 'two'])
  })

  it('of one plugin is not that of another with the same name', () => {
    const other = definePlugin(
      defineContract({ ...declaration, id: 'other', texts: { bare: text({ who: 'text' }, { en: 'other {{who}}' }) } }),
      { flows: [] },
    )
    const renderer = new TextRenderer()
    const ref = { template: 'bare', vars: { who: 'x' } }
    expect([plugin, other].map((each) => renderer.render(each, ref, reading))).toEqual(['x', 'other x'])
  })
})

describe('a text that cannot be written', () => {
  it.each(['nothing', 'constructor', '__proto__', 'toString'])(
    'is a fault when there is none called %s',
    (template) => {
      expect(() => render(template, {})).toThrow(
        expect.objectContaining({ code: 'text.unknown', data: { plugin: 'sample', text: template } }),
      )
    },
  )

  it.each<[string, unknown]>([
    ['who', 5],
    ['who', undefined],
    ['who', { toString: () => 'x' }],
    ['seats', '2'],
    ['seats', 1.5],
    ['seats', Number.NaN],
    ['fare', 553.5],
    ['fare', '553.50'],
    ['fare', { amountMinor: 55350, currency: 'CNY' }],
    ['fare', undefined],
    ['day', '2026-03-06'],
    ['until', new Date(0)],
  ])('is a fault when %s is %s, without the value', (name, value) => {
    expect(() => render('all', { ...vars, [name]: value })).toThrow(
      expect.objectContaining({ code: 'text.broken', data: { kind: texts.all.vars[name as 'who'] } }),
    )
  })

  it('is a fault when it becomes longer than 8,000 characters', () => {
    expect(render('twice', { who: 'x'.repeat(1600) })).toHaveLength(8000)
    expect(() => render('twice', { who: 'x'.repeat(1601) })).toThrow(expect.objectContaining({ code: 'text.too_long' }))
  })

  it.each(['{{{who}}}', '{{#each who}}x{{/each}}', '{{secret}}', 'who?'])('is a fault when it says %s', (wording) => {
    const broken = pluginOf({ bad: text({ who: 'text' }, { en: wording }, { keep: ['who'] }) })
    const rendering = (): string => new TextRenderer().render(broken, { template: 'bad', vars: { who: 'x' } }, reading)
    expect(rendering).toThrow(expect.objectContaining({ code: 'text.refused' }))
  })

  it('is a fault in an amount of a currency that nobody knows', () => {
    const given = { ...vars, fare: { amountMinor: 1n, currency: 'ZZZ' } }
    expect(() => render('all', given)).toThrow(expect.objectContaining({ code: 'text.broken' }))
  })
})
