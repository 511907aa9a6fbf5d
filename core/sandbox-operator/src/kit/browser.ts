import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** `program` is the path of Chromium. */
export function startBrowser(program: string): Promise<Browser> {
  return chromium.launch({ executablePath: program, args })
}

export interface OpenPage {
  readonly page: Page
  /** What the page complained about: errors of scripts, not of pictures that cannot be loaded. */
  readonly complaints: string[]
}

/** Opens an address in a small screen, or in the given size. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport = { width: 390, height: 844 },
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error' && !line.text().includes('net::')) complaints.push(line.text())
  })
  await page.goto(url)
  return { page, complaints }
}
