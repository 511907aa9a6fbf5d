import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listMessageProblems } from './list-message-problems.ts'

const pointersOf = (body: unknown) => listMessageProblems(body).map(({ pointer }) => pointer)
const chips = (...suggestions: readonly unknown[]) => ({ suggestions })
const action = (group: object) => chips({ action: { displayText: 'a', ...group } })
const card = (content: unknown, layout: object = { cardOrientation: 'VERTICAL' }) => ({
  message: { generalPurposeCard: { layout, content } },
})
const media = { mediaUrl: 'https://m', mediaContentType: 'image/png', mediaFileSize: 1, height: 'SHORT_HEIGHT' }

describe('listMessageProblems: lengths', () => {
  const reply = (displayText: string, data?: string) =>
    chips({ reply: { displayText, ...(data === undefined ? {} : { postback: { data } }) } })

  it('counts code points, not UTF-16 units', () => {
    expect(pointersOf(reply('😀'.repeat(25)))).toEqual([])
    expect(pointersOf(reply('😀'.repeat(26)))).toEqual(['/suggestions/0/reply/displayText'])
  })

  it('takes both ends of each bound', () => {
    expect(pointersOf(reply('x', ''))).toEqual([])
    expect(pointersOf(reply('x', 'd'.repeat(2048)))).toEqual([])
    expect(pointersOf(reply('x', 'd'.repeat(2049)))).toEqual(['/suggestions/0/reply/postback/data'])
    expect(pointersOf(card({ title: 't'.repeat(200), description: 'd'.repeat(2000) }))).toEqual([])
    expect(pointersOf(card({ title: 't'.repeat(201), description: 'd'.repeat(2001) }))).toEqual([
      '/message/generalPurposeCard/content/title',
      '/message/generalPurposeCard/content/description',
    ])
  })

  it('counts the entries of lists', () => {
    const labels = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ reply: { displayText: `${index}` } }))
    expect(pointersOf(chips(...labels(11)))).toEqual([])
    expect(pointersOf(chips(...labels(12)))).toEqual(['/suggestions'])
    expect(pointersOf(card({ title: 't', suggestions: labels(5) }))).toEqual([
      '/message/generalPurposeCard/content/suggestions',
    ])
  })
})

describe('listMessageProblems: cards', () => {
  it('lists every problem of a body', () => {
    const content = { title: '', media: { ...media, height: 'HUGE', mediaFileSize: '9' } }
    expect(listMessageProblems(card(content, {}))).toEqual([
      { pointer: '/message/generalPurposeCard/layout/cardOrientation', message: 'is missing' },
      {
        pointer: '/message/generalPurposeCard/content/media/mediaFileSize',
        message: 'must be a whole number from 0, without quotes',
      },
      {
        pointer: '/message/generalPurposeCard/content/media/height',
        message: 'must be one of SHORT_HEIGHT, MEDIUM_HEIGHT, TALL_HEIGHT',
      },
      { pointer: '/message/generalPurposeCard/content/title', message: 'must have 1 to 200 characters' },
    ])
  })

  it('wants a thumbnail with its type and size', () => {
    const thumbnail = { thumbnailUrl: 'https://t', thumbnailContentType: 'image/png', thumbnailFileSize: 0 }
    expect(pointersOf(card({ media: { ...media, ...thumbnail } }))).toEqual([])
    expect(pointersOf(card({ media: { ...media, thumbnailUrl: 'https://t' } }))).toEqual([
      '/message/generalPurposeCard/content/media/thumbnailContentType',
      '/message/generalPurposeCard/content/media/thumbnailFileSize',
    ])
  })

  it('asks for the alignment of horizontal cards and judges it wherever it stands', () => {
    const layout = '/message/generalPurposeCard/layout/imageAlignment'
    expect(pointersOf(card({ title: 't' }, { cardOrientation: 'HORIZONTAL', imageAlignment: 'RIGHT' }))).toEqual([])
    expect(pointersOf(card({ title: 't' }, { cardOrientation: 'HORIZONTAL' }))).toEqual([layout])
    expect(pointersOf(card({ title: 't' }, { cardOrientation: 'VERTICAL', imageAlignment: 'TOP' }))).toEqual([layout])
  })

  it('allows fields that it does not know', () => {
    expect(pointersOf({ ...card({ title: 't', newField: 1 }), another: {} })).toEqual([])
  })
})

describe('listMessageProblems: actions', () => {
  it('judges what belongs to a web view only there', () => {
    const openUrl = (more: object) => action({ urlAction: { openUrl: { url: 'https://u', ...more } } })
    expect(pointersOf(openUrl({ application: 'webview', viewMode: 'tall', parameters: 'p' }))).toEqual([])
    expect(pointersOf(openUrl({ application: 'webview', viewMode: 'huge', parameters: '' }))).toEqual([
      '/suggestions/0/action/urlAction/openUrl/viewMode',
      '/suggestions/0/action/urlAction/openUrl/parameters',
    ])
  })

  it('wants coordinates or a query', () => {
    const place = '/suggestions/0/action/mapAction/showLocation/location'
    const show = (location: object) => pointersOf(action({ mapAction: { showLocation: { location } } }))
    expect(show({ latitude: 0, longitude: 0 })).toEqual([])
    expect(show({ query: '网点' })).toEqual([])
    expect(show({ latitude: 0 })).toEqual([`${place}/longitude`])
    expect(show({ latitude: 0, longitude: 0, query: 'q' })).toEqual([place])
    expect(show({ latitude: '0', longitude: Number.NaN })).toEqual([`${place}/latitude`, `${place}/longitude`])
  })

  it('wants exactly one kind within exactly one group', () => {
    expect(pointersOf(action({}))).toEqual(['/suggestions/0/action'])
    expect(pointersOf(action({ settingsAction: {} }))).toEqual(['/suggestions/0/action/settingsAction'])
    const two = { disableAnonymization: {}, enableDisplayedNotifications: {} }
    expect(pointersOf(action({ settingsAction: two }))).toEqual(['/suggestions/0/action/settingsAction'])
  })
})

describe('listMessageProblems: arbitrary input', () => {
  it('never throws, and never quotes', () => {
    const names = ['message', 'suggestions', 'response', 'sharedData', 'generalPurposeCard', 'content', 'reply']
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constant('SECRET-MARK'),
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...names), tie('node')),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    })).node
    fc.assert(
      fc.property(tree, (body) => {
        expect(JSON.stringify(listMessageProblems(body))).not.toContain('SECRET-MARK')
      }),
    )
  })
})
