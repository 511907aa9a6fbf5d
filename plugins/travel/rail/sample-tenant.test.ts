import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from '@inthread/sdk'
import { configSchema, contract } from '../contract.ts'
import plugin from '../plugin.ts'
import type { Seat, Train } from './collections.ts'
import { buildSeatPlace } from './seat-place.ts'
import { buildDocuments } from './build-documents.ts'

const folder = new URL('../../../tenants/northern-rail/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8')
const documents = buildDocuments(read)
const trains = documents.trains as readonly Train[]
const seats = documents.seats as readonly Seat[]

const tenantSchema = z.object({
  bots: z.array(
    z.object({
      logo: z.string(),
      menu: z.array(z.unknown()),
      plugins: z.array(z.object({ use: z.string(), config: z.unknown(), grants: z.record(z.string(), z.unknown()) })),
    }),
  ),
  operators: z.array(z.object({ callbackToken: z.object({ secret: z.string() }) })),
  banks: z.array(z.object({ signingKey: z.object({ secret: z.string() }) })),
  data: z.array(z.object({ plugin: z.string(), collection: z.string(), file: z.string() })),
})
const tenant = tenantSchema.parse(JSON.parse(read('tenant.json')))

describe('the timetable of the sample tenant', () => {
  it('has trains between many cities, and a choice on the morning of the story', () => {
    expect(trains.length).toBeGreaterThanOrEqual(12)
    expect(new Set(trains.map((train) => `${train.fromCity}-${train.toCity}`)).size).toBeGreaterThanOrEqual(6)
    const route = trains.filter((train) => train.fromCity === 'chengdu' && train.toCity === 'beijing')
    const morning = route.filter((train) => train.departs < '12:00')
    expect(morning.map((train) => train.number)).toEqual(['G308', 'G310', 'G312'])
    expect(seats.find((seat) => seat.id === 'G308/second')).toMatchObject({ fare: '553.50', currency: 'CNY' })
  })

  it('names every train and every class of it once', () => {
    expect(new Set(trains.map((train) => train.number)).size).toBe(trains.length)
    expect(new Set(seats.map((seat) => seat.id)).size).toBe(seats.length)
  })

  it('has seats for every train, on its own route', () => {
    const routes = new Map(trains.map((train) => [train.number, `${train.fromCity}-${train.toCity}`]))
    for (const seat of seats) expect(`${seat.fromCity}-${seat.toCity}`).toBe(routes.get(seat.train))
    expect(new Set(seats.map((seat) => seat.train))).toEqual(new Set(routes.keys()))
  })

  it('gives every passenger of a train another seat', () => {
    for (const { number } of trains) {
      const places = seats
        .filter((seat) => seat.train === number)
        .flatMap((seat) => Array.from({ length: seat.places }, (_, index) => buildSeatPlace(index + 1, seat)))
        .map(({ coach, place }) => `${coach}/${place}`)
      expect(new Set(places).size, number).toBe(places.length)
    }
  })
})

describe('the definition of the sample tenant', () => {
  it('configures the plugin as it wants to be', () => {
    const [use] = tenant.bots[0]?.plugins ?? []
    expect(use?.use).toBe(contract.declaration.id)
    expect(configSchema.parse(use?.config).daysAhead).toBe(60)
    expect(Object.keys(use?.grants ?? {})).toEqual(Object.keys(contract.declaration.needs))
  })

  it('offers only intents that the plugin has', () => {
    const entry = z.object({ plugin: z.literal('travel'), intent: z.string() })
    const group = z.object({ entries: z.array(z.unknown()) })
    const listed = (tenant.bots[0]?.menu ?? []).flatMap((item) => [
      item,
      ...(group.safeParse(item).data?.entries ?? []),
    ])
    const offered = listed.flatMap((item) => entry.safeParse(item).data?.intent ?? [])
    expect(offered).toEqual(['search', 'change', 'giveTicketBack'])
    expect(Object.keys(plugin.intents)).toEqual(expect.arrayContaining(offered))
  })

  it('names files that are there, for collections that the plugin has', () => {
    const files = [...tenant.data.map((entry) => entry.file), tenant.bots[0]?.logo ?? '']
    for (const file of files) expect(existsSync(new URL(file, folder)), file).toBe(true)
    const kept = Object.entries(contract.declaration.collections).filter(([, { dataClass }]) => dataClass === 'public')
    expect(tenant.data.map((entry) => entry.collection)).toEqual(kept.map(([name]) => name))
  })

  it('carries sandbox secrets of the right form', () => {
    const secretOf = (holder: { secret: string } | undefined): string => holder?.secret.replace(/^plain:/, '') ?? ''
    expect([...secretOf(tenant.operators[0]?.callbackToken)].length).toBeLessThanOrEqual(16)
    expect(Buffer.from(secretOf(tenant.banks[0]?.signingKey), 'base64url')).toHaveLength(32)
  })
})
