import type { BankConnection } from '@inthread/sdk/bank'
import type { ChannelAccount } from '@inthread/sdk/channel'
import type { Clock } from '@inthread/sdk/time'
import type { StoreObserver } from '@inthread/store'

/**
 * Stands at every port that leaves the engines: for traces, and for tests that stop the process at any of its calls.
 */
export interface PortWrapper {
  readonly store: StoreObserver | undefined
  channel(account: ChannelAccount): ChannelAccount
  bank(connection: BankConnection): BankConnection
  clock(clock: Clock): Clock
  /** Sees every text that goes to a guest. */
  guest?(text: string): void
}

export const noWrapper: PortWrapper = {
  store: undefined,
  channel: (account) => account,
  bank: (connection) => connection,
  clock: (clock) => clock,
}
