import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmBinding, findBinding, listNumbers, resolveSubscribers } from '@inthread/store'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, scope } from '../../test/books.ts'
import { done, scriptBank, unknown, type Asked } from '../../test/scripted-bank.ts'
import { answerConsent, askConsent } from '../consents/consent.store.ts'
import { digestOfText } from '../consents/consent-text.ts'
import { hasConsent } from '../consents/consent.view.store.ts'
import { UserLinks } from '../desk/user-link.ts'
import { commitNotices } from '../notices/notice.store.ts'
import { checkNumber } from './check-number.ts'

const daysMs = (count: number): number => count * 86_400_000

describeOnEachDatabase('numbers are not identities', (open) => {
  let books: Books
  let numbers = 0
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())

  const nextNumber = (): string => `+86138000${String((numbers += 1)).padStart(5, '0')}`
  /** A message from a number: whose it is. */
  const hear = async (number: string): Promise<string> => {
    const context = { ...books.ground, now: books.now }
    const [id = ''] = await books.ground.store.write('hear', (tx) =>
      resolveSubscribers(tx, [{ scope, number }], context),
    )
    return id
  }
  const bindingOf = (subscriberId: string) =>
    books.ground.store.read('b', (reader) => findBinding(reader, { scope, subscriberId }, books.now))
  const check = (subscriberId: string, result: 'same' | 'reassigned' | 'unknown', calls: Asked[] = []) => {
    const key = books.ground.ids.next()
    const bank = scriptBank({ numberCheck: () => done({ result }) }, calls)
    return checkNumber({ scope, subscriberId, bankId: 'main', key }, bank, books.ports)
  }
  /** Somebody who was silent for so long and now writes again. */
  const silent = async (count: number) => {
    const number = nextNumber()
    const subscriberId = await hear(number)
    books.ground.clock.advance(daysMs(count))
    expect(await hear(number)).toBe(subscriberId)
    return { number, subscriberId }
  }

  it('one that is used is never asked about; one that was silent for 60 days is, with the day since when', async () => {
    const used = await silent(59)
    books.ground.clock.advance(daysMs(59))
    await hear(used.number)
    expect(await check(used.subscriberId, 'reassigned')).toBe('sure')
    const since = books.now
    const { number, subscriberId } = await silent(61)
    const calls: Asked[] = []
    expect(await check(subscriberId, 'same', calls)).toBe('sure')
    expect(calls[0]?.request).toMatchObject({ phone: number, since })
    expect(await check(subscriberId, 'reassigned')).toBe('sure')
  })

  it('writing again and again does not make a silent one surer', async () => {
    const { number, subscriberId } = await silent(61)
    books.ground.clock.advance(daysMs(2))
    await hear(number)
    expect(await bindingOf(subscriberId)).toMatchObject({ state: 'stale' })
    await books.ground.store.write('c', (tx) => confirmBinding(tx, { scope, subscriberId }, books.now))
    expect(await bindingOf(subscriberId)).toMatchObject({ state: 'verified' })
  })

  it('a carrier that cannot tell is no "same", and nothing is closed', async () => {
    const { subscriberId } = await silent(61)
    expect(await check(subscriberId, 'unknown')).toBe('unsure')
    const deaf = scriptBank({ numberCheck: unknown })
    const key = books.ground.ids.next()
    expect(await checkNumber({ scope, subscriberId, bankId: 'main', key }, deaf, books.ports)).toBe('unsure')
    expect(await bindingOf(subscriberId)).toMatchObject({ state: 'stale' })
  })

  /** Somebody with a consent, an order that waits and one that the bank works on. */
  async function live() {
    const { number, subscriberId } = await silent(61)
    const waiting = await books.presented({ subscriberId })
    await books.prove(waiting, { state: 'pending' })
    const created = await books.created({ subscriberId })
    const processing = await books.submitted({ subscriberId })
    const consentId = books.ground.ids.next()
    const text = { version: '1', text: 'May we?' }
    await books.ground.store.write('ask', async (tx) => {
      const more = { receiver: 'main', marketing: false, expiresAt: undefined, evidence: {}, now: books.now }
      const what = { subscriberId, bankId: undefined, purpose: 'p', dataClasses: [], shown: text }
      await askConsent(tx, { scope, consentId, ...what, ...more }, books.ports)
      const answer = { scope, consentId, granted: true, textSha256: digestOfText(text.text), now: books.now }
      await answerConsent(tx, answer, books.ports)
    })
    await books.ground.store.write('link', (tx) =>
      new UserLinks(books.ports).record(tx, { scope, bankId: 'main', subscriberId, key: '' }, `lnk_${subscriberId}`),
    )
    return { number, subscriberId, waiting, created, processing }
  }

  async function expectClosed({
    number,
    subscriberId,
    waiting,
    created,
    processing,
  }: Awaited<ReturnType<typeof live>>) {
    expect(await bindingOf(subscriberId)).toBeUndefined()
    expect((await books.row(waiting)).state).toBe('cancelled')
    expect(await books.rowsOf('confirmation', waiting)).toMatchObject([{ state: 'superseded' }])
    expect((await books.row(created)).state).toBe('cancelled')
    expect((await books.row(processing)).state).toBe('processing')
    const now = books.now
    const has = await books.ground.store.read('has', (reader) =>
      hasConsent(reader, scope, { subscriberId, purpose: 'p', now }),
    )
    expect(has).toBe(false)
    // Nothing that is still to be said to the old holder finds the number; the new one is somebody else.
    const subject = { scope, subscriberId }
    const found = await books.ground.store.read('n', (reader) => listNumbers(reader, [subject], books.ports.sealer))
    expect(found.size).toBe(0)
    const stranger = await hear(number)
    expect(stranger).not.toBe(subscriberId)
    expect(await bindingOf(stranger)).toMatchObject({ state: 'verified' })
  }

  it('a new holder closes everything of the old one, and begins anew', async () => {
    const old = await live()
    expect(await check(old.subscriberId, 'reassigned')).toBe('reassigned')
    await expectClosed(old)
    expect(await books.auditOf({ scope, orderId: old.subscriberId })).toEqual(['bank number.closed'])
  })

  it.each(['link', 'clientRef'] as const)('the bank says so by itself, by its %s', async (name) => {
    const old = await live()
    const about = name === 'link' ? { link: `lnk_${old.subscriberId}` } : { clientRef: old.subscriberId }
    const notice = { id: books.ground.ids.next(), type: 'number.reassigned', clientRef: undefined, version: 1 }
    const notices = [{ ...notice, state: 'reassigned', ...about }]
    const arrived = { bankId: 'main', notices, now: books.now, ports: books.ports }
    await books.ground.store.write('notice', (tx) => commitNotices(tx, scope, { ...arrived, bankId: 'other' }))
    if (name === 'link') expect(await bindingOf(old.subscriberId)).toBeDefined()
    await books.ground.store.write('notice', (tx) => commitNotices(tx, scope, arrived))
    await expectClosed(old)
  })

  it('before money or data: no link is asked for, or used, for a number that is not sure', async () => {
    const links = new UserLinks(books.ports)
    const { subscriberId } = await live()
    const find = (result: 'same' | 'reassigned' | 'unknown') =>
      links.find(
        { scope, bankId: 'main', subscriberId, key: books.ground.ids.next() },
        scriptBank({ numberCheck: () => done({ result }) }),
      )
    expect(await find('unknown')).toEqual({ kind: 'unknown', code: 'number_unsure' })
    expect(await find('reassigned')).toEqual({
      kind: 'refused',
      code: 'number_reassigned',
      reason: 'not_linked',
    })
  })
})
