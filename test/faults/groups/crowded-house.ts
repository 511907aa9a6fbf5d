import { setTimeout as pause } from 'node:timers/promises'
import type { PortWrapper } from '@inthread/runtime'
import type { BankConnection, BankOutcome, PaymentRequest, PaymentView } from '@inthread/sdk/bank'
import { Keyring, Sealer } from '@inthread/store'
import type { TestDatabase } from '../../kit/databases.ts'
import type { Definition } from '../../kit/definition.ts'
import { openSandbox, type Sandbox } from '../../kit/sandbox.ts'
import { Crowd } from './crowd.ts'
import { describeHouse, type Description } from './describe-house.ts'
import { isAtRest } from './house-rows.store.ts'

const callbackToken = 'crowdCallback001'
const restLimitMs = 60_000
const lookMs = 10

/** A house whose business time is the test's, whose messages go to a crowd, and whose turns are counted by commits. */
export class CrowdedHouse {
  /** Stands still while people act, so no row tells how quick the house was. */
  nowMs: number
  turnCommits = 0
  #sandbox: Sandbox | undefined
  #crowd: Crowd | undefined

  private constructor(nowMs: number) {
    this.nowMs = nowMs
  }

  static async open(database: TestDatabase, groupSize: number, nowMs: number): Promise<CrowdedHouse> {
    const house = new CrowdedHouse(nowMs)
    const now = (): number => house.nowMs
    const sandbox = await openSandbox({
      database,
      house: { groupSize, wrapper: house.#wrapPorts() },
      change: changeOperators,
      street: { bank: { surroundings: { now }, terms: { settleDelayMs: 0 } } },
    })
    house.#sandbox = sandbox
    const door = `${sandbox.house.url}/in/northern-rail.ct`
    const findCode = (number: string): Promise<string> => sandbox.phone(number).code()
    house.#crowd = await Crowd.open({ door, callbackToken, now: () => house.nowMs * 1000, findCode })
    return house
  }

  get crowd(): Crowd {
    if (!this.#crowd) throw new Error('the crowd comes when the house is open')
    return this.#crowd
  }

  async untilRest(): Promise<void> {
    const { store } = this.#open
    const giveUpAtMs = performance.now() + restLimitMs
    while (!(await isAtRest(store))) {
      if (performance.now() > giveUpAtMs) throw new Error('the house did not come to rest')
      await pause(lookMs)
    }
  }

  describe(): Promise<Description> {
    const { store, home } = this.#open
    return describeHouse(store, new Sealer(new Keyring(home.keys)))
  }

  /** May be called again. */
  async close(): Promise<void> {
    const [crowd, sandbox] = [this.#crowd, this.#sandbox]
    this.#crowd = this.#sandbox = undefined
    await crowd?.close()
    await sandbox?.stop()
  }

  get #open(): Sandbox['house'] {
    if (!this.#sandbox) throw new Error('the house is not open')
    return this.#sandbox.house
  }

  #wrapPorts(): PortWrapper {
    return {
      store: {
        observe: ({ label, call, phase }) => {
          if (label === 'turn.commit' && call === 'commit' && phase === 'after') this.turnCommits += 1
        },
      },
      clock: () => ({ now: () => this.nowMs * 1000 }),
      bank: (connection) => ({ ...connection, submit: (request) => submitAndWait(connection, request) }),
      channel: (account) => ({
        ...account,
        publishMenu: () => Promise.resolve({ kind: 'unsupported' }),
        send: (message) => {
          this.#crowd?.hear(message)
          return Promise.resolve({ kind: 'sent', providerRef: message.id })
        },
      }),
    }
  }
}

/** The rate that a tenant agrees on with its operator would make a crowd wait. */
function changeOperators({ operators }: Definition): void {
  for (const operator of operators) {
    delete operator['rate']
    operator['callbackToken'] = { secret: `plain:${callbackToken}` }
  }
}

/** A bank that decides before it answers: otherwise it is chance whether we ask once more before its notice comes. */
async function submitAndWait(bank: BankConnection, request: PaymentRequest): Promise<BankOutcome<PaymentView>> {
  let answer = await bank.submit(request)
  while (isUndecided(answer)) {
    await pause(lookMs)
    const asked = await bank.query(request.clientRef)
    if (asked.kind !== 'not_found') answer = asked
  }
  return answer
}

function isUndecided(answer: BankOutcome<PaymentView>): boolean {
  return (answer.kind === 'done' || answer.kind === 'pending') && answer.value.state === 'processing'
}
