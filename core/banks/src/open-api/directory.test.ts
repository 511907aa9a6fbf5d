import { describe, expect, it } from 'vitest'
import { linkRequest } from '../../test/purchase.ts'
import { payee } from '../../test/sample-books.ts'
import { openWorld, type World } from '../../test/world.ts'

const malformed = { kind: 'unknown', code: 'answer_malformed' }

function worldThatSays(json: unknown): World {
  const world = openWorld()
  world.bank.say = () => ({ status: 200, json })
  return world
}

describe('the profile', () => {
  const profile = { bank: { name: { en: 'Sample Bank' } }, tenant: 'northern-rail', payee }

  it('is the name of the bank and our own masked account', async () => {
    const value = { name: { en: 'Sample Bank' }, payee }
    expect(await worldThatSays(profile).connection.profile()).toEqual({ kind: 'done', value })
  })

  it('of another client is not ours', async () => {
    const other = { ...profile, tenant: 'southern-rail' }
    const elsewhere = { kind: 'unknown', code: 'answer_of_another_request' }
    expect(await worldThatSays(other).connection.profile()).toEqual(elsewhere)
  })

  it.each([
    ['no bank', { bank: undefined }],
    ['no name', { bank: {} }],
    ['no tenant', { tenant: undefined }],
    ['no payee', { payee: undefined }],
    ['a payee without an account', { payee: { id: 'mch_1', name: 'x' } }],
  ])('with %s is unknown', async (_what, change) => {
    expect(await worldThatSays({ ...profile, ...change }).connection.profile()).toEqual(malformed)
  })
})

describe('a link', () => {
  it.each([
    [
      { id: 'lnk_1', state: 'active' },
      { kind: 'done', value: { state: 'active', id: 'lnk_1' } },
    ],
    [{ state: 'none' }, { kind: 'done', value: { state: 'none' } }],
    [
      { id: 'lnk_3', state: 'none' },
      { kind: 'done', value: { state: 'none', id: 'lnk_3' } },
    ],
    [
      { id: null, state: 'none' },
      { kind: 'done', value: { state: 'none' } },
    ],
    [
      { id: 'lnk_1', state: 'challenged' },
      { kind: 'pending', value: { state: 'none' } },
    ],
    [{ state: 'active' }, malformed],
    [{ id: 'lnk_1' }, malformed],
  ])('%j', async (json, outcome) => {
    expect(await worldThatSays(json).connection.link(linkRequest)).toEqual(outcome)
  })

  it('is asked for by number and by our name of the user', async () => {
    const { bank, connection } = openWorld()
    const stranger = { ...linkRequest, phone: '+8613800000003' }
    expect(await connection.link(stranger)).toEqual({ kind: 'done', value: { state: 'none' } })
    expect(JSON.parse(bank.received[0]?.body.toString() ?? '')).toEqual({ phone: '+8613800000003', userRef: 'sub_1' })
  })
})

describe('the methods', () => {
  const card = { id: 'acc_1', kind: 'debit', label: { en: 'Card' }, mask: '****1234', canPay: true }

  it('are those that may pay', async () => {
    const methods = [card, { ...card, id: 'acc_2', canPay: false }, { ...card, id: 'acc_3', default: true }]
    expect(await worldThatSays({ methods }).connection.methods('lnk_1')).toMatchObject({
      value: [
        { id: 'acc_1', preferred: false },
        { id: 'acc_3', preferred: true },
      ],
    })
  })

  it.each([[{}], [{ methods: {} }], [{ methods: [{ ...card, canPay: 'yes' }] }], [{ methods: [{ ...card, id: '' }] }]])(
    '%j is unknown',
    async (json) => {
      expect(await worldThatSays(json).connection.methods('lnk_1')).toEqual(malformed)
    },
  )
})
