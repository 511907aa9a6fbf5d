import { openHome, noWrapper } from '@inthread/runtime'
import { Keyring, Sealer } from '@inthread/store'
import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { readAftermath, type Aftermath } from './kit/aftermath.ts'
import { openHouse } from './kit/open-house.ts'
import { prepareWorlds, type World } from './kit/world.ts'

/** A customer with two accounts: the bank asks a question more. */
const number = '+8613800000004'
const mark = (place: string): string => `marker-${place}-7f3a`

/** Buys a ticket, and says something marked at every question of the bank before answering it. */
async function buyWithMarks(world: World): Promise<readonly string[]> {
  const phone = world.phoneOf(number)
  const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
  const trains = await phone.choose(reading, '对', 'G308')
  const check = await phone.choose(trains, 'G308', '座位为您保留')
  await phone.choose(check, '支付', '用哪个账户支付')
  const accounts = await phone.ask(mark('account'), '用哪个账户支付')
  const confirm = await phone.choose(accounts, '储蓄卡', '确认支付 ¥')
  await phone.ask(mark('confirm'), '请点“确认支付”或“取消”')
  await phone.choose(confirm, '确认支付', '验证码已发送')
  await phone.ask(mark('code'), '6')
  const code = await phone.code()
  await phone.ask(code, '出票成功')
  return [mark('account'), mark('confirm'), mark('code'), code]
}

/** All that the scene's own runs were ever told, opened. */
function listSceneEntries(world: World, { rows }: Aftermath): readonly string[] {
  const sealer = new Sealer(new Keyring(openHome(world.home).keys))
  return rows.run
    .filter(({ plugin }) => plugin === 'travel')
    .flatMap(({ id, tenant_id: tenant, snapshot }) => [
      sealer.open({ tenant, table: 'run', column: 'snapshot', row: id }, snapshot),
      ...rows.journal
        .filter(({ run_id }) => run_id === id)
        .map(({ seq, entry }) =>
          sealer.open({ tenant, table: 'journal', column: 'entry', row: `${id}/${seq}` }, entry),
        ),
    ])
}

describeOnEachDatabase('what is said while the bank talks', (open) => {
  const openWorld = prepareWorlds(open)

  it('reaches neither the scene that called it, nor its guest, nor the log', async () => {
    const world = await openWorld()
    const told: string[] = []
    const wrapper = { ...noWrapper, guest: (text: string) => void told.push(text) }
    const { log } = await openHouse(world, { guests: ['travel'], wrapper })
    const said = await buyWithMarks(world)
    const entries = listSceneEntries(world, await readAftermath(world))
    const reached = (texts: readonly string[]): readonly string[] =>
      said.filter((words) => texts.some((text) => text.includes(words)))
    expect(reached(told)).toEqual([])
    expect(reached(entries)).toEqual([])
    expect(reached(log)).toEqual([])
    // The search finds what is there: the scene was told the outcome, and what the customer wrote to it before.
    expect(told.some((text) => text.includes('一张二等座'))).toBe(true)
    expect(entries.some((entry) => entry.includes('"succeeded"'))).toBe(true)
  }, 60_000)
})
