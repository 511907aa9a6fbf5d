import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkPorts, type Place } from './start/places.ts'
import { startProcess, type Child } from './start/processes.ts'
import { applyTenants } from './start/tenants.ts'
import { Steps } from './start/steps.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const given = definedOf(process.env)
const port = Number(given['INTHREAD_PORT'] ?? 7070)

/** The three processes, each on its own port, with what the others need to know about them. */
const environment: Readonly<Record<string, string>> = {
  INTHREAD_PORT: String(port),
  INTHREAD_BANK_PORT: String(port + 1),
  INTHREAD_OPERATOR_PORT: String(port + 2),
  INTHREAD_HOME: join(root, '.inthread'),
  INTHREAD_SANDBOX: 'on',
  ...given,
}

const places: readonly Place[] = [
  {
    name: 'sandbox bank',
    variable: 'INTHREAD_BANK_PORT',
    port: Number(environment['INTHREAD_BANK_PORT']),
    entry: ['core/sandbox-bank/src/main.ts'],
  },
  {
    name: 'sandbox operator',
    variable: 'INTHREAD_OPERATOR_PORT',
    port: Number(environment['INTHREAD_OPERATOR_PORT']),
    entry: ['core/sandbox-operator/src/main.ts'],
  },
  { name: 'platform', variable: 'INTHREAD_PORT', port, entry: ['core/cli/src/main.ts', 'serve'] },
]

const steps = new Steps((text) => process.stdout.write(text))
const children: (Child & { readonly name: string })[] = []

async function start(): Promise<number> {
  const wanted = places.filter(({ name }) => isWanted(name, environment['INTHREAD_SANDBOX'] ?? 'on'))
  const taken = await checkPorts(wanted)
  if (taken) return fail(taken)
  for (const place of wanted) {
    const problem = await steps.run(`Starting the ${place.name} on port ${place.port}`, async () => {
      const child = startProcess(root, place.entry, environment)
      children.push({ ...child, name: place.name })
      return child.waitUntilReady(`http://127.0.0.1:${place.port}/healthz`)
    })
    if (problem !== undefined) return fail(problem)
  }
  const applied = await steps.run('Applying the sample tenants', () => applyTenants(root, environment))
  if (applied !== undefined) return fail(applied)
  const built = await steps.run('Building the console', () => openConsole(`http://127.0.0.1:${port}/console/`))
  if (built !== undefined) return fail(built)
  const ready = await steps.run('Waiting until everything answers', () =>
    waitUntilReady(`http://127.0.0.1:${port}/readyz`),
  )
  if (ready !== undefined) return fail(ready)
  writePids()
  announce()
  return await Promise.race(children.map(untilEnded))
}

function isWanted(name: string, sandbox: string): boolean {
  if (name === 'platform' || sandbox === 'on') return true
  return name === `sandbox ${sandbox}`
}

async function waitUntilReady(url: string): Promise<string | undefined> {
  let missing = 'it does not answer'
  for (let attempt = 0; attempt < 150; attempt += 1) {
    try {
      const answer = await fetch(url)
      if (answer.ok) return undefined
      const body = (await answer.json()) as {
        readonly missing: readonly { readonly part: string; readonly detail: string }[]
      }
      missing = body.missing.map(({ part, detail }) => `${part}: ${detail}`).join('; ')
    } catch {
      missing = 'it does not answer'
    }
    await pause(100)
  }
  return `The platform did not become ready: ${missing}.`
}

/** The platform builds its pages when somebody first looks at them: that is now, and not a visitor's time. */
async function openConsole(url: string): Promise<string | undefined> {
  const answer = await fetch(url)
  await answer.body?.cancel()
  return answer.ok ? undefined : 'The console could not be built: run pnpm install and start again.'
}

/** The platform has written down where everything is; who runs it is known here. */
function writePids(): void {
  const file = join(environment['INTHREAD_HOME'] ?? '', 'running.json')
  const running = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  const named = children.map(({ name, pid }) => [name.replace('sandbox ', ''), pid])
  writeFileSync(file, `${JSON.stringify({ ...running, pids: Object.fromEntries(named) }, null, 2)}\n`, { mode: 0o600 })
}

function announce(): void {
  const local = (name: string): string => `http://127.0.0.1:${environment[name]}`
  steps.line('')
  steps.line(`  Phone      ${local('INTHREAD_OPERATOR_PORT')}/`)
  steps.line(`  Console    ${local('INTHREAD_PORT')}/console/`)
  steps.line(`             sign in with the key in ${join(environment['INTHREAD_HOME'] ?? '', 'keys/admin.key')}`)
  steps.line(`  Platform   ${local('INTHREAD_PORT')}/readyz`)
  steps.line(`  Bank       ${local('INTHREAD_BANK_PORT')}/openapi.json`)
  steps.line('')
  steps.line(
    '  Try it: open the phone, choose 北方铁路 and write 明天上午从成都到北京 (or: train from Chengdu to Beijing',
  )
  steps.line('  tomorrow morning); borrow for a course with 编程课 in 星光小学; send money with 转账 in 江城银行.')
  steps.line('  Stop with Ctrl-C.')
}

function fail(problem: string): number {
  steps.line('')
  steps.line(problem)
  return 3
}

let stopping = false

/** None of them can do without the others. */
async function untilEnded({ name, exited }: (typeof children)[number]): Promise<number> {
  const ended = await exited
  if (!stopping) fail(`The ${name} has ended by itself (exit code ${ended}): everything is stopped.`)
  return ended === 0 ? 1 : ended
}

/** From the first moment on: whoever is told to stop half way leaves nothing running either. */
function untilTold(): Promise<number> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve(0))
    process.on('SIGTERM', () => resolve(0))
  })
}

/** An empty variable counts as not set: that is what `NAME= npm start` means to most people. */
function definedOf(variables: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

const code = await Promise.race([start(), untilTold()])
stopping = true
await Promise.all(children.map((child) => child.stop()))
process.exit(code)
