import { readFileSync } from 'node:fs'
import { z } from '@inthread/sdk'
import { describe, expect, it } from 'vitest'
import { readTable } from './build-documents.ts'
import { collections } from './collections.ts'

const tenant = new URL('../../../tenants/northern-rail/', import.meta.url)
const [train = {}] = readTable(readFileSync(new URL('trains.csv', tenant), 'utf8'))
const [seat = {}] = readTable(readFileSync(new URL('seats.csv', tenant), 'utf8'))

function problems(schema: z.ZodObject, row: object): string[] {
  const result = schema.safeParse(row)
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

describe('the collections', () => {
  it('take rows as a table gives them, and once more as documents', () => {
    const document = collections.trains.schema.parse(train)
    expect(document.minutes).toBe(466)
    expect(collections.trains.schema.parse(document)).toEqual(document)
    expect(collections.seats.schema.parse(seat)).toMatchObject({ places: 60, fare: '553.50', coach: 5 })
  })

  it.each([
    [{ toCity: 'chengdu' }, 'toCity: name another city than fromCity'],
    [{ minutes: 465 }, 'minutes: write the minutes that lie between departs and arrives'],
    [{ departs: '8:00' }, 'departs: write the time like 08:05'],
    [{ number: '308' }, 'number: write the number like G308'],
  ])('say what is wrong with a train: %j', (change, problem) => {
    expect(problems(collections.trains.schema, { ...train, ...change })).toEqual([problem])
  })

  it.each([
    [{ id: 'G308/first' }, 'id: write train/seatClass, like G308/second'],
    [{ fare: '553.5' }, 'fare: write the fare like 553.50, with two decimals'],
    [{ currency: 'JPY' }, 'currency: name a currency of the platform that has two decimals, like CNY'],
    [{ currency: 'XYZ' }, 'currency: name a currency of the platform that has two decimals, like CNY'],
    [{ letters: 'ABBDF' }, 'letters: write each letter once'],
  ])('say what is wrong with seats: %j', (change, problem) => {
    expect(problems(collections.seats.schema, { ...seat, ...change })).toEqual([problem])
  })

  it.each(['', '12', 0, -1, 1.5, 2001])('refuse %j as a number of places', (places) => {
    expect(problems(collections.seats.schema, { ...seat, places })).toHaveLength(1)
  })

  it('refuse columns that they do not know, and missing ones', () => {
    expect(problems(collections.seats.schema, { ...seat, colour: 'red' })).toHaveLength(1)
    const { fare: _, ...rest } = seat
    expect(problems(collections.seats.schema, rest)).toHaveLength(1)
  })

  it('have a JSON schema, for forms and checks', () => {
    expect(z.toJSONSchema(collections.trains.schema, { io: 'output' })).toMatchObject({ type: 'object' })
    expect(z.toJSONSchema(collections.seats.schema, { io: 'output' })).toMatchObject({ type: 'object' })
  })
})
