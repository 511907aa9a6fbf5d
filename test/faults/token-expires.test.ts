import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { createAdminClient } from '@inthread/client'
import { openHome } from '@inthread/runtime'
import { applyTenant } from '../kit/definition.ts'
import { OtherOperator } from '../kit/outside/other-operator.ts'
import { railBot } from '../kit/phone.ts'
import { findFreePorts } from '../kit/ports.ts'
import { drawPart } from '../kit/chance/draw.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { PlatformProcess } from './kill/process-pool.ts'
import { readAftermath } from './kit/aftermath.ts'
import { listStuck } from './kit/rows.store.ts'
import { prepareWorlds, type World } from './kit/world.ts'

const account = {
  chatbotId: railBot,
  appId: 'northern-rail',
  appKey: 'k3y-of-the-short-one',
  callbackToken: 'railCallback0001',
}
const tokenLivesMs = 1000
/** Slow enough that several messages of each platform are under way whenever a token dies. */
const answerMs = 50
/** On a busy machine a token may die twice under the same message, which then waits for a minute. */
const patienceMs = 150_000
const people = 40
const messagesEach = 25

/** The receiving side of an operator whose tokens die after a second, or sooner when the next one is given. */
class ForgetfulOperator {
  /** The id of every message that was taken. */
  readonly arrived: string[] = []
  readonly tokensGivenAtMs: number[] = []
  readonly #promisedSec: number
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  /** `promisedSec` is what it says of a token's life. */
  private constructor(promisedSec: number) {
    this.#promisedSec = promisedSec
  }

  static async open(promisedSec: number): Promise<ForgetfulOperator> {
    const operator = new ForgetfulOperator(promisedSec)
    await new Promise<void>((resolve) => operator.#server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      operator.#server.close()
      operator.#server.closeAllConnections()
    })
    return operator
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await json(request)) as Record<string, unknown>
    const answer = this.#answer(request, body)
    await pause(answerMs)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  #answer({ url = '', headers }: IncomingMessage, { messageId, appKey }: Record<string, unknown>): object {
    if (url.endsWith('/accessToken')) return appKey === account.appKey ? this.#giveToken() : { errorCode: 40001 }
    if (headers.authorization !== `accessToken ${this.#findToken()}`) return { errorCode: 42001 }
    if (url.endsWith('/messages')) this.arrived.push(String(messageId))
    return { messageId, errorCode: 0 }
  }

  #giveToken(): object {
    this.tokensGivenAtMs.push(performance.now())
    return { accessToken: `T${this.tokensGivenAtMs.length}`, expires: this.#promisedSec, errorCode: 0 }
  }

  #findToken(): string | undefined {
    const ageMs = performance.now() - (this.tokensGivenAtMs.at(-1) ?? 0)
    return ageMs > tokenLivesMs ? undefined : `T${this.tokensGivenAtMs.length}`
  }
}

/** One more process of the platform, at a port of its own, on the world's database. */
async function openPlatform(world: World, port: string): Promise<{ readonly url: string }> {
  const process = new PlatformProcess(join(world.database.folder, 'processes.log'))
  onTestFinished(async () => {
    await process.order({ kind: 'close' })
    await process.kill()
  })
  const environment = { ...world.environment, INTHREAD_PORT: port }
  const manner = { logFile: logFileOf(world), httpDeadlineMs: 10_000, fatal: undefined, careless: undefined }
  expect(await process.order({ kind: 'open', environment, ...manner })).toBeDefined()
  return { url: `http://127.0.0.1:${port}` }
}

function logFileOf({ database }: World): string {
  return join(database.folder, 'platform.log')
}

/** The tenant has this operator and no other, and no rate that would keep the messages apart. */
async function attachOperator(world: World, url: string, { root }: ForgetfulOperator): Promise<void> {
  const api = createAdminClient({ url, apiKey: openHome(world.home).adminKey })
  const { appKey, callbackToken, ...plain } = account
  const secrets = { appKey: { secret: `plain:${appKey}` }, callbackToken: { secret: `plain:${callbackToken}` } }
  const manner = { channel: 'csp-json', serverRoot: root, callbackAlgorithm: 'hmac-sha256' }
  await applyTenant(api, 'northern-rail', (definition) => {
    definition.operators = [{ id: 'ct', bot: 'rail', ...manner, ...plain, ...secrets }]
  })
}

async function openTwoPlatforms(world: World, operator: ForgetfulOperator): Promise<readonly string[]> {
  const first = await openPlatform(world, world.environment['INTHREAD_PORT'] ?? '')
  await attachOperator(world, first.url, operator)
  const [port] = await findFreePorts(1)
  const second = await openPlatform(world, String(port))
  return [first, second].map(({ url }) => `${url}/in/northern-rail.ct`)
}

/** Everybody asks for help again and again, at either platform in turn: a thousand answers are due. */
async function askForHelp(notifyUrls: readonly string[]): Promise<void> {
  const pushes = await OtherOperator.open(account)
  onTestFinished(() => pushes.close())
  const ask = async (person: number): Promise<void> => {
    for (let nth = 0; nth < messagesEach; nth += 1) {
      const notifyUrl = notifyUrls[(person + nth) % notifyUrls.length] ?? ''
      expect(await pushes.pushText(notifyUrl, `+8613810${String(person).padStart(6, '0')}`, '帮助')).toBe(200)
    }
  }
  await Promise.all(Array.from({ length: people }, (_person, index) => ask(index)))
}

/** What went wrong in turns: of two processes that take up the same item, the database refuses one, which says so. */
function listTurnTroubles(world: World): readonly string[] {
  const lines = readFileSync(logFileOf(world), 'utf8').split('\n')
  return lines.filter((line) => /"event":"turn\./.test(line))
}

const promises = [
  // What is promised for so short is used for half of it, so that it does not die on the way.
  { how: 'as the operator promises', promisedSec: 1, usedMs: 500 },
  { how: 'although it promises two hours', promisedSec: 7200, usedMs: tokenLivesMs },
]

describeOnDrawnDatabase(
  '1,000 messages of two platforms through one account whose token dies every second',
  (open, kind) => {
    const openWorld = prepareWorlds(open)

    it.each(drawPart(promises, 1, kind))(
      'arrive once each, with one sign-in for each time it dies, $how',
      async ({ promisedSec, usedMs }) => {
        const world = await openWorld()
        const operator = await ForgetfulOperator.open(promisedSec)
        await askForHelp(await openTwoPlatforms(world, operator))
        await expect.poll(() => new Set(operator.arrived).size, { timeout: patienceMs }).toBe(people * messagesEach)
        const { rows } = await readAftermath(world)
        expect(operator.arrived).toHaveLength(people * messagesEach)
        expect(new Set(operator.arrived)).toEqual(new Set(rows.outbox.map(({ id }) => id)))
        expect(listStuck(rows)).toEqual([])
        expect(listTurnTroubles(world)).toEqual([])

        // None was given before the one before it was used up: there are as many as times that one died, and the first.
        const givenAtMs = operator.tokensGivenAtMs
        const livesMs = givenAtMs.slice(1).map((atMs, index) => atMs - (givenAtMs[index] ?? 0))
        expect(livesMs.length).toBeGreaterThanOrEqual(2)
        expect(Math.min(...livesMs)).toBeGreaterThan(usedMs - 10)
      },
      180_000,
    )
  },
)
