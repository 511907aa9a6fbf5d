import process from 'node:process'
import { buildLog } from './app/log.ts'
import { buildSettings } from './app/settings.ts'
import { startBank } from './app/start-bank.ts'
import { StartError } from './app/start-error.ts'

const environmentExit = 3

/** The bank as a process of its own: one JSON line on stdout when ready, the log on stderr, a clean end on SIGTERM. */
async function main(): Promise<void> {
  const settings = buildSettings(process.env, process.stderr.isTTY === true)
  const log = buildLog({
    format: settings.logFormat,
    now: () => Date.now(),
    write: (line) => process.stderr.write(line),
  })
  const bank = await startBank({ ...settings, log })
  const end = (): void => {
    bank.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  const { url, port } = bank
  process.stdout.write(`${JSON.stringify({ ready: true, name: 'bank', url, port, pid: process.pid })}\n`)
}

try {
  await main()
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = environmentExit
}
