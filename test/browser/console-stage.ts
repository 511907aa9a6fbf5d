import type { Browser } from 'playwright-core'
import type { TestDatabase } from '../kit/databases.ts'
import { openSandbox, type Sandbox, type SandboxOptions } from '../kit/sandbox.ts'
import { ConsoleScreen } from './console-screen.ts'
import { openBrowser } from './open-browser.ts'
import { openPageCache } from './results-folder.ts'

export const looks = { zh: { language: 'zh-CN', theme: 'light' }, en: { language: 'en-GB', theme: 'dark' } } as const
export type Look = keyof typeof looks

interface Options extends Omit<SandboxOptions, 'database'> {
  readonly program: string
  readonly database: TestDatabase
  /** The folders of its photographs begin with this. */
  readonly album: string
}

/** A platform with its console built, and a browser to look at it with. */
export interface ConsoleStage {
  readonly sandbox: Sandbox
  readonly browser: Browser
  /** Signs in, with the platform's own key where none is given, and opens a page. */
  enter(look: Look, path: string, how?: { readonly key?: string; readonly width?: number }): Promise<ConsoleScreen>
  close(): Promise<void>
}

export async function openConsoleStage({
  program,
  database,
  album,
  house,
  ...options
}: Options): Promise<ConsoleStage> {
  const [sandbox, browser] = await Promise.all([
    openSandbox({ database, house: { pageCache: openPageCache(), ...house }, ...options }),
    openBrowser(program),
  ])
  // Built before anything else: what that takes of a busy machine, the bank's code would not wait for.
  const page = await fetch(`${sandbox.house.url}/console/`)
  if (page.status !== 200) throw new Error(`the console is not there: ${page.status}`)
  return {
    sandbox,
    browser,
    enter: async (look, path, { key = sandbox.house.adminKey, width } = {}) => {
      const screen = await ConsoleScreen.open({
        ...{ browser, platformUrl: sandbox.house.url, ...looks[look] },
        ...(width === undefined ? { album: `${album}-${look}` } : { album: `${album}-${look}-small`, width }),
      })
      await screen.goTo(path)
      await screen.signIn(key)
      return screen
    },
    close: async () => {
      await browser.close()
      await sandbox.stop()
    },
  }
}
