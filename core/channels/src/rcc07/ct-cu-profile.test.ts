import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listCtCuMenuProblems, listCtCuMessageProblems, listCtCuTextProblems } from './ct-cu-profile.ts'

const pointersOf = (problems: readonly { pointer: string }[]) => problems.map(({ pointer }) => pointer)
const open = (url: string) => ({
  suggestions: [{ action: { displayText: 'a', urlAction: { openUrl: { url, application: 'browser' } } } }],
})
const reply = (displayText: string) => ({ reply: { displayText } })
const menu = (displayText: string, entries: readonly unknown[]) => ({ menu: { displayText, entries } })

describe('listCtCuMessageProblems', () => {
  const harmless = ['https://b.example.com/1?a=b#c', 'http://127.0.0.1:7070/x', 'HTTPS://例子.example/路']

  it.each(harmless)('lets %s pass', (url) => {
    expect(listCtCuMessageProblems(open(url))).toEqual([])
  })

  it.each([
    'www.example.com',
    'javascript:alert(1)',
    'JavaScript://x/%0aalert(1)',
    'java\nscript:alert(1)',
    ' https://x',
    'https:x.example',
    'https://',
    'https://x example',
    'https://x\u0000',
    'data:text/html,x',
    'intent://x',
    '',
    'https://bank.example@evil.example/',
  ])('refuses %j as a link', (url) => {
    expect(pointersOf(listCtCuMessageProblems(open(url)))).toEqual(['/suggestions/0/action/urlAction/openUrl/url'])
  })

  it('judges every link of a card, wherever it stands', () => {
    const dial = { dialPhoneNumber: { phoneNumber: '95500', fallbackUrl: 'x' } }
    const content = {
      media: { mediaUrl: 'javascript:1', thumbnailUrl: 'x' },
      suggestions: [{ action: { displayText: 'a', dialerAction: dial } }],
    }
    const place = '/message/generalPurposeCard/content'
    expect(pointersOf(listCtCuMessageProblems({ message: { generalPurposeCard: { content } } }))).toEqual([
      `${place}/media/mediaUrl`,
      `${place}/media/thumbnailUrl`,
      `${place}/suggestions/0/action/dialerAction/dialPhoneNumber/fallbackUrl`,
    ])
  })

  it('wants numbers that can be dialled and times that are times', () => {
    const dial = (phoneNumber: string) => listCtCuMessageProblems({ dialPhoneNumber: { phoneNumber } })
    expect(['+8695500', '95500'].flatMap(dial)).toEqual([])
    expect(['*#06#', '955 00', 'tel:95500', ''].map((number) => dial(number).length)).toEqual([1, 1, 1, 1])
    const event = { createCalendarEvent: { startTime: '2026-03-27T09:00:00Z', endTime: '2026-03-27 09:30' } }
    expect(pointersOf(listCtCuMessageProblems(event))).toEqual(['/createCalendarEvent/endTime'])
  })

  it('wants labels that differ within a list, whatever their kind', () => {
    const action = { action: { displayText: '确认', settingsAction: {} } }
    expect(pointersOf(listCtCuMessageProblems({ suggestions: [reply('确认'), reply('取消'), action] }))).toEqual([
      '/suggestions/2',
    ])
    const list = { suggestions: [reply('x')] }
    expect(listCtCuMessageProblems({ message: { a: list, b: list } })).toEqual([])
  })
})

describe('listCtCuMenuProblems', () => {
  const labels = (count: number) => Array.from({ length: count }, (_, index) => reply(`r${index}`))

  it('takes three entries with five below each', () => {
    const entries = [menu('a', labels(5)), menu('b', labels(5)), reply('c')]
    expect(listCtCuMenuProblems({ menu: { entries } })).toEqual([])
  })

  it('points at what is too many, too deep or told twice', () => {
    expect(pointersOf(listCtCuMenuProblems({ menu: { entries: labels(4) } }))).toEqual(['/menu/entries'])
    expect(pointersOf(listCtCuMenuProblems({ menu: { entries: [menu('a', [menu('b', labels(1))])] } }))).toEqual([
      '/menu/entries/0/menu/entries/0/menu',
    ])
    const twice = { menu: { entries: [menu('a', [reply('x'), reply('x')]), reply('a')] } }
    expect(pointersOf(listCtCuMenuProblems(twice))).toEqual(['/menu/entries/1', '/menu/entries/0/menu/entries/1'])
  })
})

describe('listCtCuTextProblems', () => {
  it('takes 1 to 2000 code points', () => {
    expect(listCtCuTextProblems('😀'.repeat(2000))).toEqual([])
    expect(listCtCuTextProblems('😀'.repeat(2001))).toHaveLength(1)
    expect(listCtCuTextProblems('')).toHaveLength(1)
  })
})

describe('arbitrary input', () => {
  it('never makes the profile throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Array.isArray([...listCtCuMessageProblems(value), ...listCtCuMenuProblems(value)])).toBe(true)
      }),
    )
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`)
    expect(listCtCuMessageProblems(deep)).toEqual([])
  })
})
