import { chromium, type Browser } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts Debian's Chromium without a window. `program` is its path. */
export function openBrowser(program: string): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: flags })
}
