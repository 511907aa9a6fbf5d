import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'
import { actions } from './actions.ts'
import { openEntrance, type DoorCall, type Entrance, type Reply } from './entrance.ts'
import { invite } from './invitations.ts'
import { findPerson } from './sessions.ts'

const email = 'olive@bank.example'
const password = 'a rainy day in spring'

describeOnEachDatabase('an entrance over HTTPS', (open) => {
  let office: Office
  let entrance: Entrance
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: false })
    entrance = openEntrance({ ...office.ports.people, publicUrl: 'https://chat.example.com' })
  })
  afterAll(() => office.ground.close())

  const call = (body: object, cookie?: string): DoorCall => ({ cookie, ip: '127.0.0.1', userAgent: 'test', body })
  const act = (action: string, body: object): Promise<Reply> =>
    actions[action]?.(entrance, call(body)) ?? Promise.reject(new Error(action))

  it('gives cookies that go over nothing else, and that nobody without its secret makes', async () => {
    const by = { kind: 'key', id: 'k' } as const
    const { link } = await invite(entrance, { email, place: '*', role: 'risk', days: 1, by })
    expect(link).toMatch(/^https:\/\/chat\.example\.com\/console\/#invitation=[\w-]{43}$/)
    const { cookies } = await act('accept', { token: link.split('=')[1], name: 'Olive', password })
    const set = cookies.find((each) => each.includes('session_token=')) ?? ''
    expect(set).toMatch(/^__Secure-inthread\.session_token=/)
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(set).toContain(attribute)
    expect(set).not.toContain('Domain')
    const cookie = set.split(';')[0] ?? ''
    expect(await findPerson(entrance, call({}, cookie))).toMatchObject({ role: 'risk', secondFactor: 'missing' })
    const other = openEntrance({ ...entrance, secret: 'o'.repeat(43) })
    expect(await findPerson(other, call({}, cookie))).toBeUndefined()
  })

  it('keeps no password, and no answer of it holds what lies in its tables', async () => {
    const answers = await Promise.all([
      act('sign-in', { email, password }),
      act('sign-in', { email, password: 'a sunny day in spring' }),
      act('sign-in', { email: 'nobody@bank.example', password }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401])
    expect(answers[1]).toEqual(answers[2])
    expect(answers.map(({ body }) => body)).toEqual([{ state: 'in' }, answers[1]?.body, answers[1]?.body])
  })
})
