import { createPrivateKey } from 'node:crypto'
import type { BankConnection, HttpClient, HttpRequest } from '@inthread/sdk/bank'
import { openApi } from '../src/open-api.ts'
import { openBooks } from './sample-books.ts'
import { openSigningBank, type SigningBank } from './signing-bank.ts'

/** A published test key: RFC 8032, section 7.1, test 1. */
export const testSeed = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'
export const testPublic = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'

const derHead = Buffer.from('302e020100300506032b657004220420', 'hex')
const testDer = Buffer.concat([derHead, Buffer.from(testSeed, 'base64url')])
const clientKey = createPrivateKey({ key: testDer, format: 'der', type: 'pkcs8' })

/** 2026-03-05T09:30:00Z, in seconds. A test moves it. */
export interface Time {
  sec: number
}

export interface World {
  readonly bank: SigningBank
  readonly connection: BankConnection
  readonly time: Time
  /** Everything that was handed to the HTTP port. */
  readonly sent: HttpRequest[]
}

export interface WorldOptions {
  readonly baseUrl?: string
  /** How bytes travel; without it they are handed over in memory. */
  readonly http?: HttpClient
  readonly settings?: object
}

export function openTestBank(time: Time): SigningBank {
  return openSigningBank({ nowSec: () => Math.floor(time.sec), clientKey, say: openBooks() })
}

export function openWorld(options: WorldOptions = {}, time: Time = { sec: 1_772_703_000 }, own?: SigningBank): World {
  const bank = own ?? openTestBank(time)
  const sent: HttpRequest[] = []
  const wire = options.http ?? handOver(bank)
  const http: HttpClient = {
    send(request) {
      sent.push(request)
      return wire.send(request)
    },
  }
  const settings = openApi.settings.parse({
    baseUrl: options.baseUrl ?? 'https://bank.example',
    clientId: 'northern-rail',
    signingKey: testSeed,
    ...options.settings,
  })
  let count = 0
  const ports = { http, clock: { now: () => time.sec * 1_000_000 }, nonce: () => `nonce-${(count += 1)}` }
  return { bank, connection: openApi.open(settings, ports), time, sent }
}

export function handOver(bank: SigningBank): HttpClient {
  return {
    send({ method, url, headers, body }) {
      const asked = { method, url, headers, body: Buffer.from(body ?? []) }
      return Promise.resolve(bank.respond(asked))
    },
  }
}
