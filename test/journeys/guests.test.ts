import { noWrapper } from '@inthread/runtime'
import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { buyTicket, orderNumberOf, readBank } from '../kit/purchase.ts'
import { textOf } from '../kit/phone.ts'
import { openSandbox } from '../kit/sandbox.ts'

describeOnEachDatabase('a ticket bought from guests', (open) => {
  it('is the same ticket: scene and dialogue are walled in, and nothing of the code goes along', async () => {
    const told: string[] = []
    const sandbox = await openSandbox({
      database: await open(),
      house: { guests: ['travel', 'payment'], wrapper: { ...noWrapper, guest: (text) => void told.push(text) } },
    })
    try {
      const phone = sandbox.phone('+8613800000001')
      const ticket = await buyTicket(phone)
      expect(textOf(ticket)).toContain('05车12A')
      const confirm = (await phone.heard()).find((message) => textOf(message).includes('确认支付'))
      const order = orderNumberOf(confirm ?? ticket)
      expect(await sandbox.api.orders.get.query({ tenant: 'northern-rail', order })).toMatchObject({
        state: 'succeeded',
        amount: { value: '55350', currency: 'CNY' },
      })
      expect((await readBank(sandbox.street.bankUrl)).payments).toHaveLength(1)
      expect(told.length).toBeGreaterThan(10)
      const code = await phone.code()
      expect(code).toMatch(/^[0-9]{4,8}$/)
      expect(told.filter((text) => text.includes(code))).toEqual([])
      expect(sandbox.log.filter((line) => line.includes('guest.failed'))).toEqual([])
    } finally {
      await sandbox.stop()
    }
  }, 60_000)
})
