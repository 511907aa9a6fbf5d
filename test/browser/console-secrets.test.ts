import { afterAll, beforeAll, expect, it } from 'vitest'
import { settle, passwordOf } from '../kit/people/settle.ts'
import { showCode } from '../kit/people/show-code.ts'
import { describeOnSqlite, describeWithBrowser } from '../kit/requirements.ts'
import { openConsoleStage, type ConsoleStage } from './console-stage.ts'
import { drawLooks } from './draw-looks.ts'

const tenant = 'northern-rail'
const place = { tenant, bot: 'rail', plugin: 'webhook-scene' } as const

describeWithBrowser('what the console lets nobody read', (program) => {
  describeOnSqlite('of a tenant', (openDatabase) => {
    let stage: ConsoleStage
    beforeAll(async () => {
      stage = await openConsoleStage({ program, database: await openDatabase(), album: 'console-secrets' })
      const config = { tenant: { host: 'shop.example.com' } }
      await stage.sandbox.api.installations.install.mutate({ ...place, config })
    }, 180_000)
    afterAll(() => stage.close())

    const from = async () => (await stage.sandbox.api.installations.secrets.query(place))[0]?.from

    it.each(drawLooks())(
      'is entered, made anew and cleared, and says only that it is there (%s)',
      async (look) => {
        const zh = look === 'zh'
        const screen = await stage.enter(look, `/t/${tenant}/plugins/rail/webhook-scene`)
        const { page } = screen
        const part = page.getByRole('region', { name: zh ? '密钥' : 'Secrets', exact: true })
        await part.getByText(zh ? '未填写' : 'Not entered').waitFor()
        expect(await screen.look('missing')).toEqual([])
        await part.getByRole('button', { name: zh ? '填写: signing' : 'Enter: signing' }).click()
        const dialog = page.getByRole('dialog')
        const value = dialog.getByLabel(zh ? '密钥' : 'Secret', { exact: true })
        await value.fill('no webhook secret')
        await dialog.getByRole('button', { name: zh ? '保存' : 'Save' }).click()
        await dialog.getByText(zh ? '密钥格式不对' : 'this secret has another form').waitFor()
        expect(await screen.look('wrong')).toEqual([])
        await dialog.getByRole('button', { name: zh ? '生成一个' : 'Make one' }).click()
        const made = await dialog.locator('.copied code').innerText()
        expect(made).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
        expect(await value.inputValue()).toBe(made)
        expect(await screen.look('made')).toEqual([])
        await dialog.getByRole('button', { name: zh ? '保存' : 'Save' }).click()
        await part.getByText(zh ? '已填写' : 'Entered', { exact: true }).waitFor()
        expect(await from()).toBe('entered')
        await dialog.waitFor({ state: 'detached' })
        expect(await page.content()).not.toContain(made)
        expect(await screen.look('entered')).toEqual([])
        await page.reload()
        await part.getByRole('button', { name: zh ? '清除: signing' : 'Clear: signing' }).click()
        await dialog.getByRole('button', { name: zh ? '清除' : 'Clear' }).click()
        await part.getByText(zh ? '未填写' : 'Not entered').waitFor()
        expect(await from()).toBe('nowhere')
        // What the platform refuses, a browser notes as an error of the network.
        expect(screen.complaints.filter((line) => !line.includes('400'))).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it('is named before its maker leaves: their keys end, unless one is ticked', async () => {
      const { api, house } = stage.sandbox
      const email = 'olga@bank.example'
      const olga = await settle(house.url, api, { place: '*', email, role: 'operator' })
      const { body } = await olga.act('factor-start', { password: passwordOf(email) })
      await olga.act('factor-confirm', { code: showCode(String(body['uri'])) })
      for (const name of ['night-desk', 'morning-desk'])
        await olga.change('keys.create', { name, role: `agent:${tenant}` })
      const screen = await stage.enter('en', `/t/${tenant}`)
      const { page } = screen
      await page.getByTitle('Account and appearance').click()
      await page.getByRole('button', { name: 'People and invitations' }).click()
      await page.getByRole('button', { name: 'Remove: Somebody' }).click()
      const dialog = page.getByRole('dialog', { name: 'Remove somebody' })
      await dialog.getByLabel(/^night-desk/).check()
      await dialog.getByText('morning-desk').waitFor()
      expect(await screen.look('leaving')).toEqual([])
      await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
      await page.getByText('Revoked keys').waitFor()
      const keys = (await api.keys.list.query()).filter(({ name }) => name.endsWith('-desk'))
      expect(keys.map(({ name, revokedAt, makerGone }) => [name, revokedAt !== null, makerGone]).toSorted()).toEqual([
        ['morning-desk', true, true],
        ['night-desk', false, true],
      ])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)
  })
})
