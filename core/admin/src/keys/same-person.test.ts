import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Office, payGrant } from '../../test/office.ts'
import { findKeyHolder } from './admin-key.store.ts'
import type { KeyHolder } from './key-holder.ts'

describeOnEachDatabase('a human', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
    await office.apply('shop', { plugin: { pay: { perCall: '10.00' } } })
  })
  afterAll(() => office.ground.close())

  const person = (id: string, secondFactor: KeyHolder['secondFactor'] = 'fresh'): KeyHolder => ({
    ...{ actor: { kind: 'person', id }, name: id, role: 'operator', madeAt: 0, person: id },
    ...(secondFactor === undefined ? {} : { secondFactor }),
  })
  const withKeyOf = async (maker: KeyHolder, name: string): Promise<KeyHolder> => {
    const { key } = await office.api(maker).keys.create({ name, role: 'operator' })
    const holder = await findKeyHolder(office.ports.store, key, office.ports.clock.now())
    if (!holder) throw new Error('the key is not known')
    return holder
  }
  const proposeAs = async (holder: KeyHolder, perCall: string) => {
    const { waiting } = await office.api(holder).grants.change({ tenant: 'shop', grant: payGrant, terms: { perCall } })
    return { tenant: 'shop', id: waiting?.proposal ?? '', digest: waiting?.digest ?? '' }
  }

  it('is one with every key that was made by them, and with keys made with those', async () => {
    const key = await withKeyOf(person('ann'), 'of-ann')
    const further = await withKeyOf(key, 'of-her-key')
    expect([key.person, further.person]).toEqual(['ann', 'ann'])
    expect((await office.api(person('ann')).keys.list()).map((each) => each.person)).toEqual(['ann', 'ann'])
    const hands = [person('ann'), key, further]
    for (const [at, maker] of hands.entries()) {
      const decision = await proposeAs(maker, `${20 + at}.00`)
      for (const checker of hands)
        await expect(office.api(checker).proposals.approve(decision)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    const decision = await proposeAs(further, '30.00')
    expect(await office.api(person('bob')).proposals.approve(decision)).toMatchObject({ state: 'approved' })
  })

  it('is one where the same call is made twice, too', async () => {
    const { id } = await office.api(person('ann')).plugins.kill({ level: 'runs', plugin: 'shop', reason: 'a test' })
    const { approval } = await office.api(person('ann')).plugins.unkill({ id })
    const again = { id, approval: approval ?? { proposal: '', digest: '' } }
    const key = await withKeyOf(person('ann'), 'of-ann-again')
    await expect(office.api(key).plugins.unkill(again)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('another person'),
    })
    expect(await office.api(person('bob')).plugins.unkill(again)).toMatchObject({ lifted: true })
  })

  describe('who is signed in', () => {
    const grave = (holder: KeyHolder) => office.api(holder).grants.block({ tenant: 'shop', grant: payGrant })

    it('shows the second factor before what moves money or rights', async () => {
      await expect(grave(person('ann', 'stale'))).rejects.toMatchObject({
        code: 'FORBIDDEN',
        cause: { code: 'auth.step_up_required' },
      })
      await expect(grave(person('ann', 'missing'))).rejects.toMatchObject({
        cause: { code: 'auth.second_factor_missing' },
      })
      expect(await grave(person('ann', 'fresh'))).toBeDefined()
    })

    it('reads, and throws switches, without', async () => {
      const stale = office.api(person('ann', 'stale'))
      expect(await stale.grants.list({ tenant: 'shop' })).not.toEqual([])
      const thrown = await stale.plugins.kill({ level: 'runs', plugin: 'shop', reason: 'at once' })
      await expect(stale.plugins.unkill({ id: thrown.id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })
  })
})
