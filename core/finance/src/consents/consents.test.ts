import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertAll } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, scope } from '../../test/books.ts'
import { done, scriptBank, unknown, type Asked } from '../../test/scripted-bank.ts'
import { digestOfLink } from '../desk/link.store.ts'
import { commitNotices } from '../notices/notice.store.ts'
import {
  answerConsent,
  askConsent,
  lapseConsents,
  reverifyConsents,
  suspendConsents,
  withdrawConsent,
  type NewConsent,
} from './consent.store.ts'
import { digestOfText, findBlocking } from './consent-text.ts'
import { hasConsent, listConsents } from './consent.view.store.ts'
import { forwardConsents } from './forward-consents.ts'

const text = 'May the school send your child’s name to 示例银行 for the loan? You can take it back at any time.'

describeOnEachDatabase('consents', (open) => {
  let books: Books
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())

  const write = <T>(work: Parameters<typeof books.ground.store.write<T>>[1]) =>
    books.ground.store.write('consent', work)

  async function ask(change: Partial<NewConsent> = {}) {
    const consentId = books.ground.ids.next()
    const subscriberId = books.ground.ids.next()
    const wanted: NewConsent = {
      scope,
      consentId,
      subscriberId,
      bankId: undefined,
      purpose: 'loan.identity',
      dataClasses: ['name'],
      receiver: 'main',
      marketing: false,
      shown: { version: '3', text },
      expiresAt: undefined,
      evidence: { conversationId: books.ground.ids.next(), visitId: 'vis_1' },
      now: books.now,
      ...change,
    }
    await write((tx) => askConsent(tx, wanted, books.ports))
    return wanted
  }
  const answer = (asked: NewConsent, granted = true, shown = text) =>
    write((tx) =>
      answerConsent(
        tx,
        { scope, consentId: asked.consentId, granted, textSha256: digestOfText(shown), now: books.now },
        books.ports,
      ),
    )
  const has = (asked: NewConsent, more: object = {}) =>
    books.ground.store.read('has', (reader) =>
      hasConsent(reader, scope, {
        subscriberId: asked.subscriberId,
        purpose: asked.purpose,
        now: books.now,
        ...more,
      }),
    )
  const viewOf = async ({ subscriberId }: NewConsent) => {
    const [view] = await books.ground.store.read('list', (reader) =>
      listConsents(reader, scope, { subscriberId, limit: 1 }),
    )
    return view
  }

  it('hold for the purpose and the receiver they were given for, with the text that was shown', async () => {
    const asked = await ask()
    expect(await has(asked)).toBe(false)
    expect(await answer(asked)).toBe('granted')
    expect(await has(asked, { receiver: 'main' })).toBe(true)
    expect(await has(asked, { receiver: 'other' })).toBe(false)
    expect(await has(asked, { purpose: 'marketing' })).toBe(false)
    expect(await viewOf(asked)).toMatchObject({
      state: 'granted',
      textVersion: '3',
      textSha256: digestOfText(text),
      dataClasses: ['name'],
      evidence: { conversation: asked.evidence.conversationId, visit: 'vis_1' },
    })
  })

  it('are none when another text was on the screen, or the answer came a day later', async () => {
    const asked = await ask()
    expect(await answer(asked, true, `${text} `)).toBe('lapsed')
    const late = await ask()
    books.ground.clock.advance(24 * 3_600_000)
    expect(await answer(late)).toBe('lapsed')
    expect(await has(late)).toBe(false)
  })

  it('that were refused stay refused, whatever is tapped afterwards', async () => {
    const asked = await ask()
    expect(await answer(asked, false)).toBe('refused')
    expect(await answer(asked, true)).toBe('refused')
    expect(await has(asked)).toBe(false)
  })

  it('are taken back in one step, once', async () => {
    const asked = await ask()
    await answer(asked)
    const withdraw = () =>
      write((tx) => withdrawConsent(tx, { scope, consentId: asked.consentId, now: books.now }, books.ports))
    expect(await withdraw()).toBe('withdrawn')
    expect(await withdraw()).toBe('withdrawn')
    expect(await answer(asked)).toBe('withdrawn')
    expect(await has(asked)).toBe(false)
  })

  it('do not count while it is in doubt who holds the number, and count again when it is known', async () => {
    const asked = await ask()
    await answer(asked)
    const holder = { scope, subscriberId: asked.subscriberId, now: books.now }
    expect(await write((tx) => suspendConsents(tx, holder, books.ports))).toBe(1)
    expect(await has(asked)).toBe(false)
    expect(await write((tx) => suspendConsents(tx, holder, books.ports))).toBe(0)
    expect(await write((tx) => reverifyConsents(tx, holder, books.ports))).toBe(1)
    expect(await has(asked)).toBe(true)
  })

  it('end with their time, suspended or not, and unanswered questions with theirs', async () => {
    const granted = await ask({ expiresAt: books.now + 60_000_000 })
    await answer(granted)
    const open = await ask()
    books.ground.clock.advance(60_000)
    expect(await has(granted)).toBe(false)
    await write((tx) => lapseConsents(tx, books.now, books.ports))
    expect(await viewOf(granted)).toMatchObject({ state: 'expired' })
    expect(await viewOf(open)).toMatchObject({ state: 'asked' })
    books.ground.clock.advance(24 * 3_600_000)
    await write((tx) => lapseConsents(tx, books.now, books.ports))
    expect(await viewOf(open)).toMatchObject({ state: 'lapsed' })
  })

  describe('that a bank has to know of', () => {
    async function linked(change: Partial<NewConsent> = {}) {
      const asked = await ask({ bankId: 'main', ...change })
      const place = { tenant: 'rail', table: 'bank_link', column: 'link', row: `main/${asked.subscriberId}` }
      const row = {
        tenant_id: 'rail',
        bank_id: 'main',
        subscriber_id: asked.subscriberId,
        link: books.ports.sealer.seal(place, 'lnk_7'),
        link_digest: digestOfLink('lnk_7'),
        updated_at: books.now,
      }
      await write((tx) => insertAll(tx, 'bank_link', [row]))
      await answer(asked)
      return asked
    }
    const view = { bankRef: 'cns_1', state: 'granted', version: 1 }

    it('are told once with their digest, and their end too', async () => {
      const asked = await linked()
      const calls: Asked[] = []
      books.connect(scriptBank({ consent: () => done(view), withdrawConsent: () => done(view) }, calls))
      await forwardConsents(books.ports)
      await forwardConsents(books.ports)
      await write((tx) => withdrawConsent(tx, { scope, consentId: asked.consentId, now: books.now }, books.ports))
      await forwardConsents(books.ports)
      await forwardConsents(books.ports)
      expect(calls.map(({ call }) => call)).toEqual(['consent', 'withdrawConsent'])
      expect(calls[0]?.request).toMatchObject({
        clientRef: asked.consentId,
        link: 'lnk_7',
        textSha256: digestOfText(text),
      })
      expect(JSON.stringify(calls[0]?.request)).not.toContain('school')
      expect(await viewOf(asked)).toMatchObject({ evidence: { bankRef: 'cns_1' } })
    })

    it('end here too when the bank says so, and only that bank', async () => {
      const asked = await linked()
      const calls: Asked[] = []
      books.connect(scriptBank({ consent: () => done(view) }, calls))
      await forwardConsents(books.ports)
      const told = (bankId: string) => {
        const notice = { id: books.ground.ids.next(), type: 'consent.withdrawn', clientRef: asked.consentId }
        const notices = [{ ...notice, version: 2, state: 'withdrawn' }]
        return write((tx) => commitNotices(tx, scope, { bankId, notices, now: books.now, ports: books.ports }))
      }
      await told('other')
      expect(await has(asked)).toBe(true)
      await told('main')
      await told('main')
      expect(await viewOf(asked)).toMatchObject({ state: 'withdrawn' })
      await forwardConsents(books.ports)
      expect(calls).toHaveLength(1)
    })

    it('are told until the bank has heard; one taken back meanwhile is taken back there', async () => {
      const asked = await linked()
      const calls: Asked[] = []
      const answers = [unknown]
      books.connect(
        scriptBank({ consent: () => answers.shift()?.() ?? done(view), withdrawConsent: () => done(view) }, calls),
      )
      await forwardConsents(books.ports)
      await write((tx) => withdrawConsent(tx, { scope, consentId: asked.consentId, now: books.now }, books.ports))
      await forwardConsents(books.ports)
      expect(calls.map(({ call }) => call)).toEqual(['consent', 'consent', 'withdrawConsent'])
      expect(calls[2]?.request).toMatchObject({ consent: 'cns_1' })
    })
  })
})

describe('what keeps a purpose from going on', () => {
  it('is a need that was not granted, and never advertising', () => {
    const of = (purpose: string, marketing: boolean, state: string) => ({ purpose, marketing, state })
    expect(findBlocking([of('identity', false, 'granted'), of('news', true, 'refused')])).toEqual([])
    expect(findBlocking([of('identity', false, 'refused'), of('news', true, 'granted')])).toEqual(['identity'])
    expect(findBlocking([of('identity', false, 'suspended'), of('news', true, 'asked')])).toEqual(['identity'])
  })
})
