// Starts the project's scripts on the Node they need, with everything installed. Plain JavaScript for an old Node (18).
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { constants as system, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const names = ['start', 'test', 'bench', 'inthread', 'pack']
const neededMajor = 24
const pnpm = 'pnpm@12.21.0'
const offline =
  /ENOTFOUND|EAI_AGAIN|ECONN(REFUSED|RESET)|ETIMEDOUT|ENETUNREACH|SOCKET_TIMEOUT|META_FETCH_FAIL|NETWORK_ERROR/
const unwritable = /EROFS|EACCES|EPERM/

/** Something outside the project is missing: one sentence with the remedy, no stack. */
class Missing extends Error {}

async function main() {
  const [name, ...given] = process.argv.slice(2)
  if (!names.includes(name)) return refuse(`usage: node scripts/node.mjs <${names.join('|')}> [arguments]`)
  if (!fs.existsSync(join(root, 'scripts', `${name}.ts`))) return refuse(`there is no scripts/${name}.ts`)
  const node = findNode()
  const environment = buildEnvironment(node)
  installWhenNeeded(environment)
  return runScript(node, environment, [join(root, 'scripts', `${name}.ts`), ...given])
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`)
  return 2
}

/** One line per step, written before the wait and finished after it. */
function step(name, doing, work) {
  const started = Date.now()
  process.stderr.write(`${name.padEnd(8)} ${doing}`)
  try {
    const { said, value } = work()
    process.stderr.write(`${said} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
    return value
  } catch (error) {
    process.stderr.write('\n')
    throw error
  }
}

function findNode() {
  const running = process.versions.node
  if (majorOf(running) >= neededMajor) return process.execPath
  return step('node', `${neededMajor} is needed, this is ${running}: `, () => {
    const remembered = findRemembered()
    if (remembered) return { said: `using ${remembered}`, value: remembered }
    const fetched = fetchNode()
    remember(fetched)
    return { said: `fetched ${fetched}`, value: fetched }
  })
}

function majorOf(version) {
  return Number(version.split('.')[0])
}

/** The project's own cache first; the temporary folder when the project cannot be written. */
function listMemories() {
  const user = process.getuid === undefined ? 'user' : process.getuid()
  return [join(root, 'node_modules/.cache/inthread-node'), join(tmpdir(), `inthread-node-${user}`)]
}

function findRemembered() {
  return listMemories()
    .map(readOwn)
    .find((path) => path && runsNeededNode(path))
}

/** In the temporary folder anybody may have left a file of that name. */
function readOwn(path) {
  try {
    const isOwn = process.getuid === undefined || fs.statSync(path).uid === process.getuid()
    return isOwn ? fs.readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}

function runsNeededNode(path) {
  const answer = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' })
  return answer.status === 0 && majorOf(answer.stdout) >= neededMajor
}

function remember(path) {
  for (const memory of listMemories()) {
    try {
      fs.mkdirSync(dirname(memory), { recursive: true })
      return fs.writeFileSync(memory, path, { mode: 0o600 })
    } catch {
      continue
    }
  }
}

function fetchNode() {
  const answer = npx([`node@${neededMajor}`, '-p', 'process.execPath'], process.env)
  const path = answer.output.trim().split('\n').pop() || ''
  if (answer.status === 0 && runsNeededNode(path)) return path
  const remedy = `install Node ${neededMajor} from https://nodejs.org and run this again`
  if (offline.test(answer.errors)) throw new Missing(`the npm registry cannot be reached: go online, or ${remedy}.`)
  throw new Missing(`npm could not provide Node: ${remedy}.\n${answer.errors}`)
}

/** The cache comes first, and tries are close together: pnpm's own patience without a network is seven minutes. */
function npx(given, environment) {
  const patience = ['npm', 'pnpm'].flatMap((tool) => [
    [`${tool}_config_fetch_retries`, '2'],
    [`${tool}_config_fetch_retry_mintimeout`, '500'],
    [`${tool}_config_fetch_retry_maxtimeout`, '2000'],
  ])
  const env = { ...environment, ...Object.fromEntries(patience), npm_config_prefer_offline: 'true', CI: 'true' }
  const options = { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }
  const { error, status, stdout, stderr } = spawnSync('npx', ['-y', ...given], options)
  if (error) throw new Missing(`npm is needed to fetch ${given[0]}: install Node ${neededMajor} together with npm.`)
  return { status, output: stdout, errors: `${stdout}\n${stderr}` }
}

/** Everything below finds the same Node: npm, pnpm and the script's own children. */
function buildEnvironment(node) {
  const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter)
  return { ...process.env, PATH: path, NODE: node, npm_node_execpath: node }
}

/** What is installed is remembered by the digest of all that decides it. */
function installWhenNeeded(environment) {
  const stamp = join(root, 'node_modules/.inthread-installed')
  const wanted = digestOf(listDeciding())
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return
  step('install', '', () => {
    assertWritable()
    const answer = npx([pnpm, 'install', '--frozen-lockfile', '--prefer-offline'], environment)
    if (answer.status !== 0) throw new Missing(describeFailure(answer.errors))
    fs.writeFileSync(stamp, wanted)
    return { said: 'packages are as the lock file says' }
  })
}

function listDeciding() {
  const folders = ['core', 'plugins'].flatMap((folder) => listFolders(folder).map((name) => `${folder}/${name}/`))
  const manifests = ['', ...folders].map((folder) => `${folder}package.json`)
  const deciding = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', ...manifests]
  return deciding.filter((path) => fs.existsSync(join(root, path)))
}

function listFolders(folder) {
  return fs.existsSync(join(root, folder)) ? fs.readdirSync(join(root, folder)).sort() : []
}

function digestOf(paths) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${pnpm}\n`)
  for (const path of paths) hash.update(`${path}\n`).update(fs.readFileSync(join(root, path)))
  return hash.digest('hex')
}

function assertWritable() {
  try {
    fs.accessSync(root, fs.constants.W_OK)
  } catch {
    throw new Missing(`packages must be installed but ${root} cannot be written: copy the project elsewhere.`)
  }
}

function describeFailure(errors) {
  const again = 'run the same command again'
  if (/OUTDATED_LOCKFILE/.test(errors)) return `the lock file does not fit: run npx ${pnpm} install, then ${again}.`
  if (offline.test(errors)) return `the npm registry cannot be reached to install the packages: go online and ${again}.`
  if (unwritable.test(errors)) return `${root} cannot be written: give yourself the right to, and ${again}.`
  return `pnpm could not install the packages.\n${errors.trim()}`
}

/** A terminal sends its interrupt to the whole group; everything else reaches only us and is passed on. */
function runScript(node, environment, given) {
  const child = spawn(node, given, { cwd: root, env: environment, stdio: 'inherit' })
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ? 128 + system.signals[signal] : code))
  })
}

// 0 ok, 1 a check failed, 2 bad input, 3 the surroundings.
try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Missing ? error.message : error.stack}\n`)
  process.exitCode = error instanceof Missing ? 3 : 1
}
