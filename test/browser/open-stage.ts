import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startOperator } from '@inthread/sandbox-operator'
import type { Browser } from 'playwright-core'
import { openBrowser } from './open-browser.ts'
import { openPageCache } from './results-folder.ts'
import { ScriptedBot, type BotOptions } from './scripted-bot.ts'

/** The phone page without a platform behind it: an operator, a browser, and a chatbot that says what a test wants. */
export interface Stage {
  readonly operatorUrl: string
  readonly browser: Browser
  readonly bot: ScriptedBot
  stop(): Promise<void>
}

export async function openStage(program: string, options: Omit<BotOptions, 'operatorUrl'>): Promise<Stage> {
  const home = await mkdtemp(join(tmpdir(), 'inthread-stage-'))
  const pageCache = openPageCache()
  const operator = await startOperator({ home, port: 0, page: true, pageCache, writeLog: () => undefined })
  const browser = await openBrowser(program)
  return {
    operatorUrl: operator.url,
    browser,
    bot: await ScriptedBot.register({ operatorUrl: operator.url, ...options }),
    stop: async () => {
      await browser.close()
      await operator.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
