import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql, sqlOf } from '@inthread/store/sql'
import { isoAgo } from '../kit/people/open-people.ts'
import { openBankLogin, type BankLogin } from '../kit/people/open-bank-login.ts'
import { showCode } from '../kit/people/show-code.ts'
import { findFreePorts } from '../kit/ports.ts'
import { describeOnSqlite, describeWithBrowser } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { ConsoleScreen } from './console-screen.ts'
import { openBrowser } from './open-browser.ts'
import { openPageCache } from './results-folder.ts'

const tenant = 'northern-rail'
const email = 'olive@example.com'
const password = 'a rainy day in spring 1998'
const grant = { side: 'plugin', bot: 'rail', plugin: 'travel', need: 'pay' } as const

describeWithBrowser('signing in', (program) => {
  describeOnSqlite('as a person', (openDatabase) => {
    let sandbox: Sandbox
    let browser: Browser
    /** Each works once. */
    let backupCodes: string[] = []
    let login: BankLogin
    beforeAll(async () => {
      const database = await openDatabase()
      const [port = 0] = await findFreePorts(1)
      login = await openBankLogin(`http://127.0.0.1:${port}/auth/callback/bank`)
      const environment = {
        INTHREAD_PORT: String(port),
        INTHREAD_PUBLIC_URL: `http://127.0.0.1:${port}`,
        INTHREAD_OIDC_ISSUER: login.issuer,
        INTHREAD_OIDC_CLIENT_ID: login.clientId,
        INTHREAD_OIDC_CLIENT_SECRET: login.clientSecret,
        INTHREAD_OIDC_NAME: 'Example Bank',
      }
      ;[sandbox, browser] = await Promise.all([
        openSandbox({ database, environment, house: { pageCache: openPageCache() } }),
        openBrowser(program),
      ])
      expect((await fetch(`${sandbox.house.url}/console/`)).status).toBe(200)
    }, 180_000)
    afterAll(async () => {
      await browser.close()
      await sandbox.stop()
      await login.close()
    })

    const looks = {
      zh: { language: 'zh-CN', theme: 'light' },
      en: { language: 'en-GB', theme: 'dark' },
    } as const
    const open = (how: keyof typeof looks) =>
      ConsoleScreen.open({ browser, platformUrl: sandbox.house.url, album: `sign-in-${how}`, ...looks[how] })

    async function openAccount(page: Page, menu: string, button: string): Promise<void> {
      await page.getByTitle(menu).click()
      await page.getByRole('button', { name: button }).click()
    }

    it('begins with a link, and a password that is no common one', async () => {
      const { link } = await sandbox.api.people.invite.mutate({ tenant, email, role: 'owner' })
      const screen = await open('zh')
      const { page } = screen
      await page.goto(link)
      await page.getByText('租户负责人').waitFor()
      expect(await page.getByLabel('邮箱').inputValue()).toBe(email)
      await page.getByLabel('姓名').fill('Olive Owner')
      await page.getByRole('textbox', { name: '设置密码' }).fill('password1234')
      await page.getByRole('button', { name: '接受并登录' }).click()
      await page.getByText('常见或已泄露').waitFor()
      expect(await screen.look('invitation')).toEqual([])
      await page.getByRole('textbox', { name: '设置密码' }).fill(password)
      await page.getByRole('button', { name: '接受并登录' }).click()
      await screen.heading('概览')
      expect(page.url()).not.toContain('invitation')
      await page.getByText('Olive Owner').waitFor()
      // A tab of its own is signed in too: it is the browser that is.
      const other = await page.context().newPage()
      await other.goto(`${sandbox.house.url}/console/`)
      await other.getByText('Olive Owner').waitFor()
      const again = await open('en')
      await again.page.goto(link)
      await again.page.getByText('was used or withdrawn').waitFor()
      expect(await again.look('link-over')).toEqual([])
      await again.close()
      await screen.close()
    }, 60_000)

    it('takes a second factor once there is one, and shows where one is signed in', async () => {
      const screen = await open('en')
      const { page } = screen
      await screen.goTo('/')
      await page.getByLabel('E-mail address').waitFor()
      expect({ violations: await screen.look('sign-in'), complaints: screen.complaints }).toEqual({
        violations: [],
        complaints: [],
      })
      // By keyboard alone: the field has the focus already.
      await page.keyboard.insertText(email)
      await page.keyboard.press('Tab')
      await page.keyboard.insertText('not the right words')
      await page.keyboard.press('Enter')
      await page.getByText('Address and password do not fit').waitFor()
      await page.getByRole('textbox', { name: 'Password' }).fill(password)
      await page.keyboard.press('Enter')
      await screen.heading('Overview')
      await openAccount(page, 'Account and appearance', 'Sign-in and security')
      await page.getByRole('button', { name: 'Second factor: Set up' }).click()
      await page.getByRole('textbox', { name: 'Your password' }).fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('img', { name: 'A QR code' }).waitFor()
      const key = await page.locator('.copied code').first().innerText()
      backupCodes = await page.getByTestId('backup-codes').locator('code').allInnerTexts()
      expect(backupCodes).toHaveLength(10)
      expect(await screen.look('second-factor')).toEqual([])
      await page.getByLabel('The six digits').fill(showCode(`otpauth://totp/x?secret=${key}`))
      await page.getByRole('button', { name: 'Put in force' }).click()
      await page.getByText('In force', { exact: true }).waitFor()
      await page.getByText('Chrome, Linux').first().waitFor()
      await page.getByText('Here', { exact: true }).waitFor()
      expect(await screen.look('account')).toEqual([])
      await page.getByRole('button', { name: 'End all others' }).click()
      await page.getByRole('button', { name: 'End all others' }).waitFor({ state: 'detached' })
      await page.keyboard.press('Escape')
      await page.getByTitle('Account and appearance').click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByLabel('E-mail address').waitFor()
      await page.reload()
      await page.getByLabel('E-mail address').fill(email)
      await page.getByRole('textbox', { name: 'Password' }).fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Second factor' }).waitFor()
      expect(await screen.look('code')).toEqual([])
      await page.keyboard.insertText(backupCodes[0] ?? '')
      await page.keyboard.press('Enter')
      await screen.heading('Overview')
      await screen.close()
    }, 90_000)

    it('asks for the factor once more before a limit is raised', async () => {
      const terms = { perCall: '99999.00' }
      const { waiting } = await sandbox.api.grants.change.mutate({ tenant, grant, terms })
      expect(waiting).not.toBeNull()
      const screen = await open('zh')
      const { page } = screen
      await screen.goTo(`/t/${tenant}/approvals`)
      await page.getByLabel('邮箱').fill(email)
      await page.getByRole('textbox', { name: '密码' }).fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: '第二重验证' }).waitFor()
      await page.keyboard.insertText(backupCodes[1] ?? '')
      await page.keyboard.press('Enter')
      await page.locator('#content').waitFor()
      await sandbox.house.store.write('test', (tx) =>
        sql`update auth_session set ${sql.ref('secondFactorAt')} = ${isoAgo(301_000)}`.execute(sqlOf(tx)),
      )
      await page.getByRole('row').nth(1).getByRole('button').press('Enter')
      await page.getByRole('button', { name: '批准' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '批准' }).last().click()
      await page.getByText('请再次验证').waitFor()
      expect(await screen.look('step-up')).toEqual([])
      await page.getByLabel('验证码').fill(backupCodes[2] ?? '')
      await page.keyboard.press('Enter')
      await page.getByText('请再次验证').waitFor({ state: 'detached' })
      await expect
        .poll(async () => (await sandbox.api.proposals.list.query({ tenant })).items[0])
        .toMatchObject({ state: 'approved', checker: expect.stringMatching(/^person:/) })
      await screen.close()
    }, 60_000)

    it('lets an owner invite others, each by a link that is shown once', async () => {
      const screen = await open('en')
      const { page } = screen
      await screen.goTo('/')
      await page.getByLabel('E-mail address').fill(email)
      await page.getByRole('textbox', { name: 'Password' }).fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Second factor' }).waitFor()
      await page.keyboard.insertText(backupCodes[3] ?? '')
      await page.keyboard.press('Enter')
      await screen.heading('Overview')
      await openAccount(page, 'Account and appearance', 'People and invitations')
      const dialog = page.getByRole('dialog', { name: 'People and invitations' })
      await dialog.getByText('Olive Owner').waitFor()
      await dialog.getByLabel('E-mail address').fill('ann@example.com')
      await dialog.getByRole('button', { name: 'Make a link' }).click()
      const link = await dialog.locator('.copied code').innerText()
      await dialog.getByText('ann@example.com').waitFor()
      expect({ violations: await screen.look('people'), complaints: screen.complaints }).toEqual({
        violations: [],
        complaints: [],
      })
      const other = await open('zh')
      await other.page.goto(link)
      await other.page.getByText('客服').waitFor()
      await other.close()
      await dialog.getByRole('button', { name: 'Withdraw: ann@example.com' }).click()
      await dialog.getByText('ann@example.com').waitFor({ state: 'detached' })
      await screen.close()
    }, 60_000)

    it('goes by the bank’s own provider, at another site, for who is invited to the bank', async () => {
      const staff = 'bruno@bank.example'
      const screen = await open('en')
      const { page } = screen
      login.next = { email: staff }
      await screen.goTo('/')
      await page.getByRole('button', { name: 'Sign in with Example Bank' }).click()
      await page.getByText('Ask for an invitation first').waitFor()
      expect(await screen.look('bank-refused')).toEqual([])
      await sandbox.api.people.invite.mutate({ tenant: '*', email: staff, role: 'auditor' })
      await page.getByRole('button', { name: 'Sign in with Example Bank' }).click()
      await screen.heading('Overview')
      await page.getByText('Bruno of the Bank').waitFor()
      await page.reload()
      await page.getByText('Bruno of the Bank').waitFor()
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)
  })
})
