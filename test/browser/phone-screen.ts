import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { listBarriers } from './barriers.ts'
import { openResultsFolder } from './results-folder.ts'

export type Language = 'zh' | 'en'

const phoneSize = { width: 390, height: 844 } as const
export const deskSize = { width: 1440, height: 900 } as const

const patienceMs = 15_000

const words = {
  zh: { keyboard: '切换到键盘', send: '发送', fill: '填入验证码', back: '返回' },
  en: { keyboard: 'Switch to keyboard', send: 'Send', fill: 'Fill in code', back: 'Back' },
} as const

export interface ScreenOptions {
  readonly browser: Browser
  readonly operatorUrl: string
  /** Whose phone; without it a wide screen shows two. */
  readonly number?: string
  /** The chatbot whose thread is open from the start. */
  readonly chat?: string
  readonly language?: Language
  readonly theme?: 'light' | 'dark'
  readonly size?: { readonly width: number; readonly height: number }
  /** The folder below `test/results/browser` for its photographs; without one `look` passes by. */
  readonly album: string | undefined
}

/** The phone page in a browser, used by touch and seen as its user sees it. */
export class PhoneScreen {
  readonly page: Page
  /** Errors of the page's scripts, not of pictures that cannot be loaded. */
  readonly complaints: string[] = []
  /** What was found in the way of its users wherever `look` looked, under the station's name. */
  readonly barriers: string[] = []
  readonly #words: (typeof words)[Language]
  readonly #folder: string | undefined
  #stations = 0

  private constructor(page: Page, language: Language, album: string | undefined) {
    this.page = page
    this.#words = words[language]
    this.#folder = album === undefined ? undefined : openResultsFolder(join('browser', album))
    page.setDefaultTimeout(patienceMs)
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.text().includes('net::')) this.complaints.push(line.text())
    })
  }

  static async open(options: ScreenOptions): Promise<PhoneScreen> {
    const { browser, operatorUrl, language = 'zh', theme = 'light', size = phoneSize, album } = options
    const isPhone = size.width < 900
    const context = await browser.newContext({ viewport: size, hasTouch: isPhone, isMobile: isPhone })
    const screen = new PhoneScreen(await context.newPage(), language, album)
    const { number, chat } = options
    const query = new URLSearchParams({
      lang: language,
      theme,
      ...(number === undefined ? {} : { phone: number }),
      ...(chat === undefined ? {} : { chat }),
    })
    await screen.page.goto(`${operatorUrl}/?${query.toString()}`)
    await screen.page.locator('.screen:not(.loading)').first().waitFor()
    return screen
  }

  get messages(): Locator {
    return this.page.getByTestId('messages')
  }

  get field(): Locator {
    return this.page.getByRole('textbox')
  }

  get bankMessages(): Locator {
    return this.page.getByTestId('bank-seal')
  }

  get confirmCard(): Locator {
    return this.page.getByTestId('confirm-card').last()
  }

  async openThread(name: string): Promise<void> {
    // Other threads may speak of it in their last line.
    await this.page
      .getByRole('listitem')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .tap()
    await this.messages.waitFor()
  }

  async write(text: string): Promise<void> {
    const keyboard = this.page.getByRole('button', { name: this.#words.keyboard })
    if (await keyboard.isVisible()) await keyboard.tap()
    // The menu may arrive at this very moment and take the place of a field that nobody has touched yet.
    const touched = await this.field.focus({ timeout: 3000 }).then(
      () => true,
      () => false,
    )
    if (!touched) await keyboard.tap()
    await this.field.pressSequentially(text)
  }

  async send(): Promise<void> {
    await this.page.getByRole('button', { name: this.#words.send, exact: true }).tap()
  }

  /** Taps a button of the newest card that shows this text. */
  async tapOn(card: string, label: string): Promise<void> {
    const cards = this.page.getByRole('article').filter({ hasText: card })
    await cards.last().getByRole('button', { name: label }).tap()
  }

  /** Takes the code that the phone offers above the keyboard. */
  async fillCode(): Promise<void> {
    await this.page.getByRole('button', { name: this.#words.fill }).tap()
  }

  async goBack(): Promise<void> {
    await this.page.getByRole('button', { name: this.#words.back, exact: true }).tap()
  }

  async waitForText(text: string): Promise<void> {
    await this.messages.getByText(text).last().waitFor()
  }

  /** Photographs the screen, and notes what would be in the way of its users. */
  async look(station: string): Promise<void> {
    this.#stations += 1
    await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    if (this.#folder === undefined) return
    const path = join(this.#folder, `${String(this.#stations).padStart(2, '0')}-${station}.png`)
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    const barriers = await listBarriers(this.page)
    this.barriers.push(...barriers.map((barrier) => `${station}: ${barrier}`))
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}
