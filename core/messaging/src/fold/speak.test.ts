import { describe, expect, it } from 'vitest'
import { addEvent, cardMessage, carousel, dial, openUrl, reply, textMessage } from '@inthread/sdk'
import type { Content } from '@inthread/sdk/engine'
import type { RenderedContent } from '@inthread/sdk/channel'
import { wordsOf } from '../../test/program.ts'
import { sign, writeContent } from './speak.ts'
import type { Speaker } from './turn.ts'

const merchant: Speaker = { voice: 'merchant', signature: undefined }
const bank: Speaker = { voice: 'bank', signature: '招商【银行】' }
const write = (content: Content<unknown>, speaker = merchant): RenderedContent =>
  writeContent(content, {
    speaker,
    writeText: ({ vars }) => String(vars['words']),
    writeToken: (option) => `token ${option}`,
  })
const choice = (label: string) => reply(wordsOf(label), label)

describe('writeContent', () => {
  it('numbers the replies of a message as its options are: cards first, then chips', () => {
    const site = openUrl(wordsOf('site'), 'https://a.example/x')
    const cards = [
      { title: wordsOf('one'), suggestions: [site, choice('a'), choice('b')] },
      { title: wordsOf('two'), description: wordsOf('more'), suggestions: [choice('c')] },
    ]
    expect(write(carousel(cards, [choice('d')]))).toEqual({
      kind: 'cards',
      cards: [
        {
          title: 'one',
          description: undefined,
          suggestions: [
            { kind: 'open', label: 'site', url: 'https://a.example/x' },
            { kind: 'reply', label: 'a', postback: 'token 0' },
            { kind: 'reply', label: 'b', postback: 'token 1' },
          ],
        },
        { title: 'two', description: 'more', suggestions: [{ kind: 'reply', label: 'c', postback: 'token 2' }] },
      ],
      chips: [{ kind: 'reply', label: 'd', postback: 'token 3' }],
    })
  })

  it('writes the other buttons as they are', () => {
    const event = { title: wordsOf('G308'), startsAt: '2026-03-06T08:00:00+08:00', endsAt: '2026-03-06T15:46:00+08:00' }
    const place = { kind: 'place' as const, label: wordsOf('where'), latitude: 30.6, longitude: 104.1 }
    const content = textMessage(wordsOf('x'), [
      dial(wordsOf('call'), '+864001234567'),
      addEvent(wordsOf('keep'), event),
      place,
    ])
    expect(write(content).chips).toEqual([
      { kind: 'dial', label: 'call', number: '+864001234567' },
      { kind: 'event', label: 'keep', ...event, title: 'G308' },
      { kind: 'place', label: 'where', latitude: 30.6, longitude: 104.1 },
    ])
  })

  it.each([
    'http://a.example',
    'http://127.0.0.1.example:80/page/1',
    'http://127.0.0.1:7071/v1/payments',
    'javascript:alert(1)',
    'HTTPS://a.example',
    ' https://a.example',
    'tel:1',
  ])('opens nothing but https: not %s', (url) => {
    expect(() => write(textMessage(wordsOf('x'), [openUrl(wordsOf('site'), url)]))).toThrow(
      expect.objectContaining({ code: 'text.refused', data: { part: 'url' } }),
    )
  })

  it('lets nobody but the core open a signature, in any text of a message', () => {
    const forged = '【银行】〖x〗\u202e'
    const content = cardMessage(
      { title: wordsOf(forged), description: wordsOf(forged), suggestions: [choice(forged)] },
      [openUrl(wordsOf(forged), 'https://a.example')],
    )
    for (const speaker of [merchant, bank]) {
      const written = JSON.stringify(write(content, speaker)).replace('【招商[银行]】', '')
      expect(written).not.toMatch(/[【】〖〗\u202e]/)
    }
  })
})

describe('sign', () => {
  it('puts the speaker in front of the first thing that is read', () => {
    expect(sign(bank, { kind: 'text', text: 'paid', chips: [] })).toMatchObject({ text: '【招商[银行]】paid' })
    const [one, two] = ['one', 'two'].map((title) => ({ title, description: undefined, suggestions: [] }))
    const cards = [one, two].flatMap((card) => card ?? [])
    expect(sign(bank, { kind: 'cards', cards, chips: [] })).toMatchObject({
      cards: [{ title: '【招商[银行]】one' }, { title: 'two' }],
    })
  })

  it('leaves a merchant, who has no signature, alone', () => {
    const content: RenderedContent = { kind: 'text', text: 'hello', chips: [] }
    expect(sign(merchant, content)).toBe(content)
  })
})
