import type { ClientKeys } from '../signing/client-keys.ts'
import type { FaultBook } from '../sandbox/fault-book.ts'
import type { Database } from '../store/database.store.ts'
import type { EncryptionKeyPair } from '../vault/key-ring.ts'
import type { SigningKeys } from '../vault/signing-keys.ts'
import type { Vault } from '../vault/vault.ts'
import type { BusinessClock } from './business-clock.ts'
import type { Log } from './log.ts'
import type { Surroundings } from './surroundings.ts'

/** What the bank calls itself and what it sells. */
export interface BankTerms {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly zone: string
  /** The number its messages come from. */
  readonly smsSender: string
  readonly perPaymentMinor: bigint
  /** Borne by the payee. */
  readonly feeRate: string
  readonly settleDelayMs: number
  /** How long money is held for a merchant who captures later. */
  readonly captureLifeMs: number
  readonly codeLifeMs: number
  readonly authorisationLifeMs: number
  readonly tries: number
  readonly blockMs: number
  readonly codesPerMinute: number
  /** Whether every request has to carry an access token besides its signature. */
  readonly tokensRequired: boolean
  /** How long an application is looked at. */
  readonly reviewMs: number
}

export const defaultTerms: BankTerms = {
  id: 'sample-bank',
  name: { zh: '江城银行', en: 'River Bank' },
  zone: 'Asia/Shanghai',
  smsSender: '95530',
  perPaymentMinor: 5_000_000n,
  feeRate: '0.006',
  settleDelayMs: 150,
  captureLifeMs: 7 * 24 * 3_600_000,
  codeLifeMs: 120_000,
  authorisationLifeMs: 300_000,
  tries: 3,
  blockMs: 15 * 60_000,
  codesPerMinute: 5,
  tokensRequired: false,
  reviewMs: 120_000,
}

/** Everything a part of the bank may need, put together once at the start. */
export interface Bank {
  readonly db: Database
  readonly vault: Vault
  readonly signingKeys: SigningKeys
  readonly encryptionKey: EncryptionKeyPair
  readonly clock: BusinessClock
  readonly clientKeys: ClientKeys
  readonly faults: FaultBook
  readonly terms: BankTerms
  readonly log: Log
  readonly surroundings: Surroundings
  /** Where the bank is reached; known only once it listens. */
  readonly place: { publicUrl: string }
  /** Where keys of clients are looked for that nobody registered. */
  readonly platformJwksUrl: string
  /** Where messages to phones are handed over. */
  readonly smsUrl: string
  readonly sandbox: boolean
  /** Fires when the bank closes; whatever waits, stops waiting. */
  readonly stopping: AbortSignal
  /** Wakes the workers: something may be due. */
  readonly poke: () => void
}
