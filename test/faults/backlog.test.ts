import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSqliteDatabase } from '../kit/databases.ts'
import type { Definition } from '../kit/definition.ts'
import { OtherOperator } from '../kit/outside/other-operator.ts'
import { railBot } from '../kit/phone.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const account = {
  chatbotId: railBot,
  appId: 'northern-rail',
  appKey: 'd6S8yhDguJBWQUJK',
  callbackToken: 'railCallback0001',
}

interface Receiver {
  readonly root: string
  /** The id of every message that it was asked to send, in the order in which they came. */
  readonly asked: readonly string[]
}

/** The receiving side of an operator that answers every message with this code. */
async function openReceiver(errorCode: number): Promise<Receiver> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const { messageId } = body as { messageId?: string }
      const signsIn = request.url?.endsWith('/accessToken') === true
      if (request.url?.endsWith('/messages')) asked.push(messageId ?? '')
      response.end(
        JSON.stringify(signsIn ? { accessToken: 'T', expires: 7200, errorCode: 0 } : { messageId, errorCode }),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

async function openOperator(given: typeof account): Promise<OtherOperator> {
  const operator = await OtherOperator.open(given)
  onTestFinished(() => operator.close())
  return operator
}

/** Everybody asks for help once. */
async function askForHelp(sandbox: Sandbox, operator: OtherOperator, people: number): Promise<void> {
  const url = `${sandbox.house.url}/in/northern-rail.ct`
  const numbers = Array.from({ length: people }, (_person, index) => `+86138100${String(index).padStart(5, '0')}`)
  const answers = await Promise.all(numbers.map((number) => operator.pushText(url, number, '帮助')))
  expect(new Set(answers)).toEqual(new Set([200]))
}

describe('more messages than an operator takes before their leases end', () => {
  it('go out once each, in their time', async () => {
    const [database, receiver] = [await createSqliteDatabase(), await openReceiver(0)]
    const change = ({ operators }: Definition): void => {
      Object.assign(operators[0] ?? {}, { serverRoot: receiver.root, callbackAlgorithm: 'hmac-sha256' })
    }
    const sandbox = await openSandbox({ database, change })
    onTestFinished(async () => {
      await sandbox.stop()
      await database.drop()
    })
    // At the sample tenant's 20 messages a second this is a queue of half a minute.
    const people = 560
    await askForHelp(sandbox, await openOperator(account), people)
    await expect.poll(() => new Set(receiver.asked).size, { timeout: 80_000, interval: 500 }).toBe(people)
    expect(receiver.asked).toHaveLength(people)
  }, 110_000)
})

describeOnDrawnDatabase('an operator that takes nothing', (open) => {
  it('keeps nobody waiting but its own users', async () => {
    const away = await openReceiver(-2)
    const other = { ...account, chatbotId: 'sip:106900000002@botplatform.rcs.vnet.cn' }
    const good = await openOperator(other)
    const change = ({ operators }: Definition): void => {
      const [first = {}] = operators
      const { rate: _none, ...unlimited } = first
      const manner = { callbackAlgorithm: 'hmac-sha256' }
      operators.splice(0, 1, { ...unlimited, ...manner, serverRoot: away.root })
      operators.push({ ...unlimited, ...manner, ...good.definition, id: 'cu', bot: 'rail' })
    }
    const sandbox = await openSandbox({ database: await open(), change })
    onTestFinished(() => sandbox.stop())
    await askForHelp(sandbox, await openOperator(account), 300)
    await expect.poll(() => new Set(away.asked).size, { timeout: 20_000 }).toBeGreaterThan(200)
    await good.pushText(`${sandbox.house.url}/in/northern-rail.cu`, '+8613810099999', '帮助')
    await good.waitFor('随时可说')
  }, 60_000)
})
