import type { Outbound, RenderedContent, RenderedSuggestion } from '@inthread/sdk/channel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { profile } from '../profile.ts'
import { buildMessage } from './build-message.ts'
import { listBodyProblems } from './list-body-problems.ts'

const content: RenderedContent = { kind: 'text', text: '您好', chips: [] }
const message: Outbound = {
  id: '6a1e0d54-3f0e-4d0f-8d7a-5b6c2d9e1f01',
  to: '+8613800000001',
  voice: 'merchant',
  conversationRef: 'conv-1',
  contributionRef: 'contrib-1',
  inReplyTo: undefined,
  content,
}
const build = (change: Partial<Outbound>) => buildMessage({ ...message, ...change }, 'sip:1@x')
const reply: RenderedSuggestion = { kind: 'reply', label: '好', postback: 'p=1' }
const pointersOf = (change: Partial<Outbound>) => listBodyProblems(build(change)).map(({ pointer }) => pointer)

describe('buildMessage', () => {
  it('sends the bank as payment, everybody else as premium, and never as SMS', () => {
    expect(build({ voice: 'bank' })).toMatchObject({ trafficType: 'payment', smsSupported: false })
    expect(build({ voice: 'platform' })).toMatchObject({ trafficType: 'premium', smsSupported: false })
    expect(build({ voice: 'merchant' })).toMatchObject({ trafficType: 'premium', smsSupported: false })
  })

  it('names what it answers only when it answers something', () => {
    expect(build({ inReplyTo: 'contrib-0' })).toMatchObject({ inReplyTo: 'contrib-0' })
    expect(build({})).not.toHaveProperty('inReplyTo')
  })

  it('writes every suggestion in its RCC.07 form', () => {
    const chips: RenderedSuggestion[] = [
      reply,
      { kind: 'open', label: '官网', url: 'https://b.example.com' },
      { kind: 'dial', label: '客服', number: '+8695500' },
      { kind: 'place', label: '网点', latitude: 31.2304, longitude: 121.4737 },
      {
        kind: 'event',
        label: '日程',
        title: '还款日',
        startsAt: '2026-03-27T09:00:00Z',
        endsAt: '2026-03-27T09:30:00Z',
      },
    ]
    const openUrl = { url: 'https://b.example.com', application: 'browser' }
    expect(build({ content: { kind: 'text', text: 't', chips } }).messageList[1]).toEqual({
      contentType: 'application/vnd.gsma.botsuggestion.v1.0+json',
      contentEncoding: 'utf8',
      contentText: {
        suggestions: [
          { reply: { displayText: '好', postback: { data: 'p=1' } } },
          { action: { displayText: '官网', urlAction: { openUrl } } },
          { action: { displayText: '客服', dialerAction: { dialPhoneNumber: { phoneNumber: '+8695500' } } } },
          {
            action: {
              displayText: '网点',
              mapAction: { showLocation: { location: { latitude: 31.2304, longitude: 121.4737 } } },
            },
          },
          {
            action: {
              displayText: '日程',
              calendarAction: {
                createCalendarEvent: {
                  startTime: '2026-03-27T09:00:00Z',
                  endTime: '2026-03-27T09:30:00Z',
                  title: '还款日',
                },
              },
            },
          },
        ],
      },
    })
  })

  it('makes a carousel of several cards and leaves empty fields out', () => {
    const cards = [
      { title: '三期', description: '每期 333.34 元', suggestions: [reply] },
      { title: '六期', description: '', suggestions: [] },
    ]
    const body = build({ content: { kind: 'cards', cards, chips: [] } })
    expect(body.messageList).toHaveLength(1)
    expect(body).not.toHaveProperty('imFormat')
    expect(body.messageList[0]?.contentText).toEqual({
      message: {
        generalPurposeCardCarousel: {
          layout: { cardWidth: 'MEDIUM_WIDTH' },
          content: [
            {
              title: '三期',
              description: '每期 333.34 元',
              suggestions: [{ reply: { displayText: '好', postback: { data: 'p=1' } } }],
            },
            { title: '六期' },
          ],
        },
      },
    })
  })
})

describe('listBodyProblems', () => {
  const card = { title: 't', description: undefined, suggestions: [] }
  const text = (written: string, chips: readonly RenderedSuggestion[] = []): Partial<Outbound> => ({
    content: { kind: 'text', text: written, chips },
  })
  const cards = (count: number): Partial<Outbound> => ({
    content: { kind: 'cards', cards: Array.from({ length: count }, () => card), chips: [] },
  })

  it('points at the place within the body', () => {
    expect(pointersOf({ to: '13800000001' })).toEqual(['/destinationAddress/0'])
    expect(pointersOf(text('x'.repeat(2001)))).toEqual(['/messageList/0/contentText'])
    expect(pointersOf(text('x', [reply, reply]))).toEqual(['/messageList/1/contentText/suggestions/1'])
    expect(pointersOf(text('x', [{ kind: 'open', label: 'a', url: 'javascript:1' }]))).toEqual([
      '/messageList/1/contentText/suggestions/0/action/urlAction/openUrl/url',
    ])
    expect(pointersOf(text('x', [{ kind: 'place', label: 'a', latitude: Number.NaN, longitude: 0 }]))).toEqual([
      '/messageList/1/contentText/suggestions/0/action/mapAction/showLocation/location/latitude',
    ])
  })

  it('takes 1 to 12 cards', () => {
    expect([1, 2, 12].flatMap((count) => pointersOf(cards(count)))).toEqual([])
    const list = '/messageList/0/contentText/message/generalPurposeCardCarousel/content'
    expect(pointersOf(cards(0))).toEqual([list])
    expect(pointersOf(cards(13))).toEqual([list])
  })
})

describe('content within the profile', () => {
  const written = (max: number, min = 1) => fc.string({ unit: 'binary', minLength: min, maxLength: max })
  const label = written(profile.labelLength)
  const days = { noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }
  const time = fc.date(days).map((date) => date.toISOString())
  const suggestion: fc.Arbitrary<RenderedSuggestion> = fc.oneof(
    fc.record({ kind: fc.constant('reply' as const), label, postback: written(profile.postbackLength, 0) }),
    fc.record({ kind: fc.constant('open' as const), label, url: fc.webUrl({ validSchemes: ['http', 'https'] }) }),
    fc.record({ kind: fc.constant('dial' as const), label, number: fc.constantFrom('+8695500', '+864001234567') }),
    fc.record({
      kind: fc.constant('place' as const),
      label,
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('event' as const), label, title: written(100), startsAt: time, endsAt: time }),
  )
  const suggestions = (maxLength: number) => fc.uniqueArray(suggestion, { maxLength, selector: (item) => item.label })
  const chips = suggestions(profile.chips)
  const card = fc.record({
    title: written(profile.titleLength),
    description: fc.option(written(profile.descriptionLength, 0), { nil: undefined }),
    suggestions: suggestions(profile.cardSuggestions),
  })
  const anyContent: fc.Arbitrary<RenderedContent> = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text: written(profile.textLength), chips }),
    fc.record({ kind: fc.constant('cards' as const), cards: fc.array(card, { minLength: 1, maxLength: 12 }), chips }),
  )

  it('always builds a body without problems, and one that survives its own JSON', () => {
    fc.assert(
      fc.property(anyContent, fc.constantFrom('merchant', 'bank', 'platform'), (someContent, voice) => {
        const body = build({ content: someContent, voice })
        expect(listBodyProblems(body)).toEqual([])
        expect(JSON.parse(JSON.stringify(body))).toEqual(withoutNegativeZero(body))
      }),
      { numRuns: 60 },
    )
  })
})

/** JSON has no negative zero, and neither has the map. */
function withoutNegativeZero(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNegativeZero)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutNegativeZero(item)]))
}
