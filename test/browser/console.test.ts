import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buyTicket } from '../kit/purchase.ts'
import { describeOnSqlite, describeWithBrowser } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { ConsoleScreen } from './console-screen.ts'
import { openBrowser } from './open-browser.ts'
import { openPageCache } from './results-folder.ts'

const mostScriptBytes = 300_000
const look = { zh: { language: 'zh-CN', theme: 'light' }, en: { language: 'en-GB', theme: 'dark' } } as const

describeWithBrowser('the console', (program) => {
  describeOnSqlite('of a tenant', (openDatabase) => {
    let sandbox: Sandbox
    let browser: Browser
    beforeAll(async () => {
      const database = await openDatabase()
      ;[sandbox, browser] = await Promise.all([
        openSandbox({ database, house: { pageCache: openPageCache() } }),
        openBrowser(program),
      ])
      // One after the other: what a build takes of a busy machine, the bank's code would not wait for.
      const page = await fetch(`${sandbox.house.url}/console/`)
      expect(page.status).toBe(200)
      await buyTicket(sandbox.phone('+8613800000001'))
    }, 180_000)
    afterAll(async () => {
      await browser.close()
      await sandbox.stop()
    })

    async function open(how: keyof typeof look, width?: number): Promise<ConsoleScreen> {
      const size = width === undefined ? {} : { width }
      const album = `console-${how}${width === undefined ? '' : '-small'}`
      return ConsoleScreen.open({ browser, platformUrl: sandbox.house.url, album, ...look[how], ...size })
    }

    async function enter(how: keyof typeof look, path: string, width?: number): Promise<ConsoleScreen> {
      const screen = await open(how, width)
      await screen.goTo(path)
      await screen.signIn(sandbox.house.adminKey)
      return screen
    }

    it('lets nobody in with a wrong key, and says what to do', async () => {
      const screen = await open('en')
      await screen.goTo('/')
      await screen.chooseKey()
      await screen.page.getByLabel('API key').fill('itk_wrong')
      await screen.page.getByRole('button', { name: 'Sign in' }).click()
      await screen.page.getByText('The platform does not know this key').waitFor()
      expect(await screen.look('sign-in')).toEqual([])
      await screen.close()
    }, 60_000)

    it('loads within its budget, signs in, and shows how things stand', async () => {
      const screen = await enter('zh', '/')
      await screen.heading('概览')
      await screen.page.getByText('¥553.50 CNY').first().waitFor()
      expect(new URL(screen.page.url()).pathname).toBe('/console/t/northern-rail')
      expect(screen.page.url()).not.toContain('itk_')
      const bytes = await screen.measureScripts()
      expect(bytes).toBeGreaterThan(10_000)
      expect(bytes).toBeLessThan(mostScriptBytes)
      const violations = await screen.look('overview')
      expect({ violations, complaints: screen.complaints }).toEqual({ violations: [], complaints: [] })
      await screen.close()
    }, 60_000)

    it('looks the same by night, in English and on a phone', async () => {
      const screen = await enter('en', '/t/northern-rail', 390)
      await screen.heading('Overview')
      await screen.page.getByText('Collected today').waitFor()
      expect(await screen.look('overview')).toEqual([])
      expect(await screen.measureOverhang()).toBeLessThan(1)
      await screen.page.getByRole('button', { name: 'Open menu' }).click()
      await screen.page.getByRole('dialog', { name: 'Menu' }).waitFor()
      expect(await screen.look('menu')).toEqual([])
      await screen.page.getByRole('link', { name: 'Orders', exact: true }).click()
      await screen.page.getByRole('row', { name: 'Succeeded' }).waitFor()
      expect(await screen.look('orders')).toEqual([])
      await screen.close()
    }, 60_000)

    it('answers why the bot said that, and shows what waits for a second person', async () => {
      const tenant = 'northern-rail'
      await sandbox.api.books.changeTerms.mutate({ tenant, terms: { refundLimit: '500.00' } })
      const screen = await enter('zh', `/t/${tenant}/threads`)
      const { page } = screen
      await page.getByRole('row', { name: '北方铁路' }).getByRole('button').press('Enter')
      await page.getByText('请求银行：').first().waitFor()
      await page.getByText('明天上午从成都到北京').waitFor()
      expect(await screen.look('thread')).toEqual([])
      await page.getByRole('link', { name: '复核' }).click()
      await page.getByRole('row', { name: '更改结算条款' }).getByRole('button').press('Enter')
      await page.getByText('这是您提出的').waitFor()
      expect(await page.getByRole('button', { name: '批准' }).count()).toBe(0)
      expect({ violations: await screen.look('proposal'), complaints: screen.complaints }).toEqual({
        violations: [],
        complaints: [],
      })
      await screen.close()
    }, 60_000)

    it('gives a part of an order back, and says what will happen before', async () => {
      const screen = await enter('en', '/t/northern-rail/orders?state=succeeded')
      const { page } = screen
      await page.getByRole('row', { name: 'Succeeded' }).getByRole('button').press('Enter')
      const sheet = page.getByRole('dialog', { name: 'Order' })
      await sheet.getByText('What happened').waitFor()
      expect(await screen.look('order')).toEqual([])
      await sheet.getByRole('button', { name: 'Refund' }).click()
      const asked = page.getByRole('dialog', { name: /^Refund/ })
      await asked.getByLabel('Amount to give back').fill('600')
      await asked.getByText('not more than ¥553.50').waitFor()
      expect(await asked.getByRole('button', { name: /^Refund/ }).isDisabled()).toBe(true)
      await asked.getByLabel('Amount to give back').fill('53.50')
      expect(await screen.look('refund')).toEqual([])
      await asked.getByRole('button', { name: 'Refund ¥53.50 CNY' }).click()
      await sheet.getByText('¥53.50').first().waitFor()
      const { items } = await sandbox.api.orders.refunds.query({ tenant: 'northern-rail' })
      expect(items).toMatchObject([{ amount: { value: '5350', currency: 'CNY' } }])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)
  })
})
