import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildLog } from '../app/log.ts'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, Purchase } from '../kit/purchase.ts'
import type { TestClient } from '../kit/test-client.ts'

const lines: string[] = []
let world: BankUnderTest
let rail: TestClient
const codes: string[] = []
const payee = '+8613900000000'
const description = '座位 07 车 12A 王小明'

beforeAll(async () => {
  const log = buildLog({ format: 'json', now: () => 1_772_703_000_000, write: (line) => lines.push(line) })
  world = await BankUnderTest.open({ log, seed: 'privacy' })
  rail = await world.client('northern-rail')
  for (const phone of [phones.usual, phones.poor, phones.twoAccounts]) await buyWith(phone)
  await sendMoney()
  await rail.post('/v1/links', { phone: phones.unknown, userRef: 'nobody' })
  await rail.post('/v1/links', { phone: phones.recycled, userRef: 'nobody' })
  await rail.post('/v1/links', { phone: `${phones.usual}-`, userRef: 'nobody' })
  await world.control('GET', `/sandbox/codes?phone=${phones.usual}x`)
})
afterAll(() => world.close())

async function buyWith(phone: string): Promise<void> {
  const purchase = await Purchase.prepare(world, rail, { phone, amount: '10000' })
  const asked = (await purchase.confirm()).body
  const code = await purchase.readCode(asked)
  codes.push(code)
  await purchase.answer(asked, String((Number(code) + 1) % 1_000_000).padStart(6, '0'))
  const verified = (await purchase.answer(asked, code)).body
  await rail.post('/v1/payments', { ...purchase.paymentBody(verified), description })
}

/** To somebody whose name the bank shows masked: not even that may be found. */
async function sendMoney(): Promise<void> {
  const link = await linkOf(rail, phones.usual)
  const quote = (await rail.post('/v1/payees/lookups', { link, phone: payee })).body
  expect(quote).toMatchObject({ payee: { name: '*小明' } })
  await (await Agreement.prepare(world, rail, { op: 'transfer', quote, amount: '100' })).commit('/v1/transfers')
}

/** What nobody may find: numbers, names, codes and what was bought, in the forms in which they tend to leak. */
function listSecrets(): string[] {
  const numbers = [...Object.values(phones), payee].flatMap((phone) => [phone, phone.slice(1), phone.slice(3)])
  const names = [
    '林晓雨',
    '陈建国',
    '欧阳明月',
    '赵子涵',
    '孙一诺',
    '1991-04-12',
    description,
    '王小明',
    '*小明',
    '李桂兰',
    '周启明',
  ]
  return [...numbers, ...names, ...codes]
}

function listForms(secret: string): Buffer[] {
  const reversed = [...secret].toReversed().join('')
  // Base64 of a text inside a longer one begins at one of three places; the middle of each form is always the same.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + secret)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  )
  const texts = [secret, reversed, encodeURIComponent(secret), ...base64.filter((text) => text.length >= 8)]
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')]
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

test('the files of the bank hold no number, name or code in any readable form', () => {
  const files = listFiles(world.home)
  expect(files.map((path) => path.split('/').at(-1)).toSorted()).toEqual(['bank.db', 'bank.db-wal', 'key'])
  const bytes = Buffer.concat(files.map((path) => readFileSync(path)))
  expect(bytes.length).toBeGreaterThan(100_000)
  expect(bytes.includes('northern-rail')).toBe(true)
  const found = listSecrets().filter((secret) => listForms(secret).some((form) => bytes.includes(form)))
  expect(found).toEqual([])
})

test('nor does the log', () => {
  const text = Buffer.from(lines.join(''))
  expect(lines.length).toBeGreaterThan(20)
  expect(text.includes('northern-rail')).toBe(true)
  expect(listSecrets().filter((secret) => listForms(secret).some((form) => text.includes(form)))).toEqual([])
})

test('the key is readable by its owner only', () => {
  const mode = (name: string): number => statSync(join(world.home, 'bank', name)).mode & 0o777
  expect(mode('key')).toBe(0o600)
  expect(mode('.')).toBe(0o700)
})
