import { actions } from '@inthread/admin'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { places, type Place } from '../../kit/doors/places.ts'
import { actionSamples, noticeSamples, pushSamples, tapType } from '../../kit/doors/samples.ts'
import { openDoorWorld, type Answer, type DoorWorld, type Knock } from '../../kit/doors/world.ts'
import { digestAll, nobody, other, own, ownAccount, theirNumber, untilStill } from '../../kit/isolation/neighbours.ts'
import { openPageCache } from '../../browser/results-folder.ts'
import { nearMiss } from '../../kit/isolation/near-miss.ts'
import { describeOnDrawnDatabase } from '../../kit/requirements.ts'
import { Phone } from '../../kit/phone.ts'

const together = 16
/** Of what takes long, each place has an eighth of the names, and the next one others. */
const dearEvery = 8

describeOnDrawnDatabase('at the doors, what is another tenant’s', (open) => {
  let world: DoorWorld
  let before: Awaited<ReturnType<typeof digestAll>>
  let loggedBefore = 0
  beforeAll(async () => {
    world = await openDoorWorld(await open(), openPageCache())
    before = await digestTheirs()
    loggedBefore = world.neighbours.sandbox.log.length
  }, 240_000)
  afterAll(() => world.stop())

  const digestTheirs = () => digestAll(world.neighbours.sandbox.house.store, other)

  it('can be asked for at these routes and no others', () => {
    expect(Object.keys(places).toSorted()).toEqual(world.routes)
    expect(Object.keys(actionSamples).toSorted()).toEqual(Object.keys(actions).toSorted())
  })

  it.each(Object.entries(places))(
    'is at %s as if it were nobody’s',
    async (_route, listed) => {
      if (typeof listed !== 'function') return
      for (const [nth, place] of listed(world).entries()) {
        const all = world.neighbours.names.filter(({ name }) => place.tells === undefined || name !== other)
        const names = all.filter((_, at) => !place.dear || (at + nth) % dearEvery === 0)
        const answers = await askEach(place, names)
        const unknown = await askEach(
          place,
          names.map(({ name }) => ({ name: nearMiss(name) })),
        )
        for (const [at, { what, name }] of names.entries()) {
          const { raw, text } = answers[at] ?? { raw: '', text: '' }
          const told = all.filter((each) => !name.includes(each.name) && raw.includes(each.name))
          expect([place.at, what, told, text]).toEqual([place.at, what, [], unknown[at]?.text])
        }
      }
    },
    240_000,
  )

  async function askEach(place: Place, names: readonly { readonly name: string }[]): Promise<readonly Blurred[]> {
    const answers: Blurred[] = []
    const step = place.alone ? 1 : together
    for (let at = 0; at < names.length; at += step) {
      const part = names.slice(at, at + step)
      if (place.alone) await world.forgetAttempts()
      answers.push(
        ...(await Promise.all(part.map(async ({ name }) => blur(await world.knock(place.build(name)), name)))),
      )
    }
    return answers
  }

  it('lies behind doors that the own signature does not open', async () => {
    const [[path, push] = ['', {}]] = pushSamples
    const body = JSON.stringify(push)
    const notice = JSON.stringify(noticeSamples[0])
    const knocks: readonly Knock[] = [
      { path: `/in/${other}.ct/${path}`, headers: world.signPush(), body },
      { path: `/in/${other}.ct/notifyPath`, method: 'GET', headers: world.signPush() },
      { path: `/bank/${other}.main/events`, headers: world.signNotice(notice), body: notice },
    ]
    for (const knock of knocks) expect(await world.knock(knock)).toMatchObject({ status: 403, body: '' })
    for (const door of ['/in/%.ct/x', '/bank/%.main/events'])
      for (const name of [nobody, '%25', '..%2f'])
        expect(await world.knock({ path: door.replace('%', name), headers: world.signPush(), body })).toMatchObject({
          status: 404,
        })
  })

  it('is no thread that their customer’s phone opens at the own bot, nor a button that works there', async () => {
    const { street, phone } = world.neighbours.sandbox
    const theirs = await phone(theirNumber).heard()
    const asked = theirs.findLast(({ suggestions }) => suggestions.some(({ kind }) => kind === 'reply'))
    const wire = await (await fetch(`${street.operatorUrl}/sandbox/wire?messageId=${asked?.id ?? ''}`)).text()
    const data = /"postback":\{"data":"([^"]+)"/.exec(wire.replaceAll('\\', ''))?.[1]
    expect(data).toMatch(/.{10}/)
    const [[path, push] = ['', {}]] = pushSamples
    const tap = { contentType: tapType, contentText: { response: { reply: { displayText: '', postback: { data } } } } }
    for (const more of [{}, { messageList: [tap], messageId: 'message-of-a-button' }]) {
      const body = JSON.stringify({ ...push, senderAddress: `tel:${theirNumber}`, ...more })
      const headers = { ...world.signPush(), 'content-type': 'application/json' }
      expect(await world.knock({ path: `/in/${own}.ct/${path}`, headers, body })).toMatchObject({ status: 200 })
    }
    const { operatorUrl, bankUrl } = street
    const ownThread = new Phone({ operatorUrl, bankUrl, number: theirNumber, bot: ownAccount.chatbotId })
    await ownThread.waitFor('这个按钮')
    expect(await phone(theirNumber).heard()).toHaveLength(theirs.length)
  })

  it('has not changed, and stands in no line of the log', async () => {
    const { sandbox, names } = world.neighbours
    await untilStill(sandbox)
    expect(await digestTheirs()).toEqual(before)
    const lines = sandbox.log.slice(loggedBefore)
    expect(lines.filter((line) => names.some(({ name }) => line.includes(name)))).toEqual([])
    expect(lines.filter((line) => line.includes('failed'))).toEqual([])
  }, 120_000)
})

interface Blurred {
  readonly raw: string
  readonly text: string
}

/** Without the name that was asked for, and what is new each time by itself. */
function blur({ status, body, told }: Answer, name: string): Blurred {
  const raw = `${body} ${told}`
  const spellings = [name, encodeURIComponent(name), JSON.stringify(name).slice(1, -1)]
  const plain = spellings
    .reduce((text, each) => text.replaceAll(each, '<name>'), raw)
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/[0-9]{13,}/g, '<instant>')
  return { raw, text: `${status} ${plain}` }
}
