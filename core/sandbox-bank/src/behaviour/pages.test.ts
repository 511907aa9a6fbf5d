import { afterAll, beforeAll, expect, test } from 'vitest'
import { Applicant } from '../kit/applicant.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, Purchase, textAt } from '../kit/purchase.ts'
import type { Json, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

/** As a browser would: what is typed into the fields of a form. */
async function fill(url: string, fields?: Record<string, string>): Promise<{ status: number; text: string }> {
  const form = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}
  const response = await fetch(url, form)
  return { status: response.status, text: await response.text() }
}

async function ask(purchase: Purchase, method: string): Promise<Json> {
  return (await rail.post('/v1/confirmations', { ...purchase.confirmationBody(), method })).body
}

test('the identity number is typed on a page that serves once', async () => {
  const applicant = await Applicant.prepare(world, rail, phones.usual)
  const begun = await applicant.apply({ type: 'card', product: 'young-card' })
  const path = `/v1/applications/${textAt(begun.body, 'id')}`
  const url = textAt((await rail.post(`${path}/page`, {})).body, 'page', 'url')
  const shown = await fill(`${url}?lang=en`)
  expect(shown).toMatchObject({ status: 200, text: expect.stringContaining('Identity number') })
  expect(shown.text).not.toMatch(/<script|https?:\/\//)
  const wrong = await fill(url, { name: '<b>林晓雨', idNumber: '110101199104120015' })
  expect(wrong.text).toMatch(/身份证号有误[\s\S]*&lt;b&gt;林晓雨/)
  await fill(url, { name: '林晓雨', idNumber: '110101199104120014' })
  expect((await rail.get(path)).body).toMatchObject({ state: 'credit_authorisation' })
  expect((await fill(url)).status).toBe(410)
})

test('code and PIN are judged as one on the page, which shows again what is agreed to', async () => {
  const purchase = await Purchase.prepare(world, rail, { amount: '12345' })
  const asked = await ask(purchase, 'code+pin')
  const url = textAt(asked, 'page', 'url')
  expect((await fill(url)).text).toMatch(/123\.45[\s\S]*北方铁路[\s\S]*\*\*\*\*1234/)
  const code = await purchase.readCode(asked)
  expect((await purchase.answer(asked, code)).body).toMatchObject({ code: 'state_conflict' })
  expect((await fill(url, { code, pin: '111111' })).text).toContain('还可再试 2 次')
  expect((await fill(url, { code, pin: '246810' })).text).toContain('已确认')
  const { body: verified } = await rail.get(`/v1/confirmations/${textAt(asked, 'id')}`)
  expect(verified).toMatchObject({ state: 'verified', method: 'code+pin' })
  expect((await purchase.pay(verified)).status).toBe(202)
})

test('pictures tapped in their order are as good as a PIN', async () => {
  const asked = await ask(await Purchase.prepare(world, rail), 'code+pin')
  const url = textAt(asked, 'page', 'url')
  expect((await fill(`${url}?by=pictures&lang=en`)).text).toContain('aria-label="anchor"')
  const { body } = await rail.get(`/v1/confirmations/${textAt(asked, 'id')}`)
  const code = (await world.control('GET', `/sandbox/codes?phone=${encodeURIComponent(phones.usual)}`)).body
  const typed = { by: 'pictures', code: textAt(code, 'codes', 0, 'code') }
  expect((await fill(url, { ...typed, picked: '★★★', pick: '★' })).text).toContain('还可再试 2 次')
  expect((await fill(url, { ...typed, picked: '☀♥', pick: '⚓' })).text).toContain('● ● ● ○')
  expect((await fill(url, { ...typed, picked: '☀♥⚓', pick: '✈' })).text).toContain('已确认')
  expect(body['state']).toBe('pending')
})

test('a SIM shield signs or refuses, and no code is sent for it', async () => {
  const [yes, no] = [await Purchase.prepare(world, rail), await Purchase.prepare(world, rail)]
  const before = world.street.messages.length
  const [signed, refused] = [await ask(yes, 'sim-shield'), await ask(no, 'sim-shield')]
  await fill(textAt(signed, 'page', 'url'), { answer: 'yes' })
  await fill(textAt(refused, 'page', 'url'), { answer: 'no' })
  const stateOf = async ({ id }: Json): Promise<unknown> =>
    (await rail.get(`/v1/confirmations/${String(id)}`)).body['state']
  expect([await stateOf(signed), await stateOf(refused)]).toEqual(['verified', 'superseded'])
  expect(world.street.messages.length).toBe(before)
  const { body } = await world.control('GET', '/sandbox/customers')
  expect(member(body, 'customers', 0, 'pin')).toBe('246810')
})
