import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { openResultsFolder } from './results-folder.ts'

interface Options {
  readonly browser: Browser
  readonly platformUrl: string
  readonly language: 'zh-CN' | 'en-GB'
  readonly theme: 'light' | 'dark'
  readonly width?: number
  /** The folder below `test/results/browser` for its photographs. */
  readonly album: string
}

/** What fades in or out has neither its colours nor its place yet; what turns for ever is not waited for. */
const untilStill = `Promise.all(document.getAnimations()
  .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
  .map((each) => each.finished.catch(() => undefined))).then(() => undefined)`

/**
 * Sentences of the platform that no page has worded, and English where a Chinese page speaks for itself. What others
 * have written stands in quotations, as code, or where messages and data are shown.
 */
const listUnworded = `(() => {
  const marked = [...document.querySelectorAll('[data-unworded]')].map((each) => 'unworded: ' + each.dataset.unworded)
  if (!document.documentElement.lang.startsWith('zh')) return marked
  const shown = 'q, code, pre, [lang]:not(html), .mono, .bubble, .phone, .said, .desk-answers, [role=option]'
  const theirs = shown + ', td, textarea, svg, script, style'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode
    const run = /[a-z]+(?: [a-z]+){3,}/.exec(textContent)
    if (run && parentElement && !parentElement.closest(theirs)) found.push('English: ' + textContent.trim())
  }
  return [...marked, ...found]
})()`

/** A window of the console, with all that its browser complained about. */
export class ConsoleScreen {
  readonly page: Page
  readonly complaints: string[] = []
  readonly #home: string
  readonly #folder: string

  private constructor(page: Page, home: string, folder: string) {
    this.page = page
    this.#home = home
    this.#folder = folder
    page.on('console', (line) => {
      if (!['error', 'warning'].includes(line.type())) return
      const { url } = line.location()
      this.complaints.push(url === '' ? line.text() : `${line.text()} (${new URL(url).pathname})`)
    })
    page.on('pageerror', (error) => this.complaints.push(error.message))
  }

  static async open({ browser, platformUrl, language, theme, width = 1440, album }: Options): Promise<ConsoleScreen> {
    const context = await browser.newContext({
      locale: language,
      colorScheme: theme,
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
    })
    // Long enough for a machine that is busy: what is there is never waited for.
    context.setDefaultTimeout(25_000)
    return new ConsoleScreen(await context.newPage(), `${platformUrl}/console`, openResultsFolder(`browser/${album}`))
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(`${this.#home}${path}`)
  }

  /** With a key, which is the other way in. */
  async chooseKey(): Promise<void> {
    await this.page.getByRole('button', { name: /API 密钥|an API key/ }).click()
  }

  /** From there by keyboard alone: the field has the focus already. */
  async signIn(key: string): Promise<void> {
    await this.chooseKey()
    await this.page.getByLabel(/^API (密钥|key)$/).waitFor()
    await this.page.keyboard.insertText(key)
    await this.page.keyboard.press('Enter')
    await this.page.locator('#content').waitFor()
  }

  heading(name: string): Promise<void> {
    return this.page.getByRole('heading', { level: 1, name }).waitFor()
  }

  /** What would keep somebody from using the page as it stands now: each rule with the first place it is broken at. */
  async listViolations(): Promise<string[]> {
    const run = `${axe.source}; axe.run(document, { resultTypes: ['violations'] })`
    const { violations } = (await this.page.evaluate(run)) as axe.AxeResults
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    return grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary ?? ''}`)
  }

  /** Bytes of scripts that came over the wire so far. */
  async measureScripts(): Promise<number> {
    const sizes = await this.page.evaluate(
      `performance.getEntriesByType('resource').filter((e) => e.name.endsWith('.js')).map((e) => e.encodedBodySize)`,
    )
    return (sizes as readonly number[]).reduce((total, size) => total + size, 0)
  }

  /** A photograph of the page as it stands, to be looked at; and what stands in the way of its users. */
  async look(name: string): Promise<string[]> {
    await this.page.evaluate(untilStill)
    await this.page.screenshot({ path: join(this.#folder, `${name}.png`) })
    const unworded = (await this.page.evaluate(listUnworded)) as readonly string[]
    return [...unworded, ...(await this.listViolations())]
  }

  /** By how many pixels the page is wider than its window. */
  async measureOverhang(): Promise<number> {
    const measure = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    return Number(await this.page.evaluate(measure))
  }

  close(): Promise<void> {
    return this.page.context().close()
  }
}
