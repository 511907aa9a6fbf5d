import { findBinary, isExecutable } from '../../test/kit/server/find-binary.ts'
import { findMysqlBinary, findServerVersion, startMysqlServer } from '../../test/kit/server/mysql-server.ts'

/** What the tests find around them, as variables for their process, and a word about each for the summary. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string>>
  readonly said: readonly string[]
  release(): Promise<void>
}

const localServer = 'mysql://root@127.0.0.1:3306'

export async function findSurroundings(): Promise<Surroundings> {
  const [mysql, browser, sqlmap] = [await findMysql(), findBrowser(), findSqlmap()]
  return {
    environment: { ...mysql.environment, ...browser.environment, ...sqlmap.environment },
    said: [...mysql.said, ...browser.said, ...sqlmap.said],
    release: mysql.release,
  }
}

const nothing = (): Promise<void> => Promise.resolve()

/**
 * In this order: the server that TEST_MYSQL_URL names; one of our own, because tests search the data files and the
 * binary log for secrets and must not meet other people's data; a server on this machine that lets root in without a
 * password.
 */
async function findMysql(): Promise<Surroundings> {
  const given = process.env['TEST_MYSQL_URL']
  if (given) return describeGiven(given)
  const binary = findMysqlBinary()
  const own = binary === undefined ? 'there is no mariadbd on this machine' : await startOwn(binary)
  if (typeof own !== 'string') return own
  const version = await findServerVersion(localServer)
  if (version !== undefined) return describeServer(localServer, `${version}, this machine's own, files not searched`)
  return buildMissing('TEST_MYSQL_URL', 'MySQL', `${own}, and none answers at ${localServer}: set TEST_MYSQL_URL`)
}

async function describeGiven(url: string): Promise<Surroundings> {
  const version = await findServerVersion(url)
  if (version !== undefined) return describeServer(url, `${version}, the one that TEST_MYSQL_URL names`)
  return buildMissing(
    'TEST_MYSQL_URL',
    'MySQL',
    'the server that TEST_MYSQL_URL names cannot be used: start it or correct the URL',
  )
}

function describeServer(url: string, said: string): Surroundings {
  return { environment: { TEST_MYSQL_URL: url }, said: [`MySQL: ${said}`], release: nothing }
}

/** The reason as a text when the server cannot be started. */
async function startOwn(binary: string): Promise<Surroundings | string> {
  try {
    const { url, dataFolder, version, stop } = await startMysqlServer(binary)
    const environment = { TEST_MYSQL_URL: url, TEST_MYSQL_DATA: dataFolder }
    return { environment, said: [`MySQL: ${version}, started for this run`], release: stop }
  } catch (error) {
    return `${binary} could not be used (${error instanceof Error ? error.message : 'no reason given'})`
  }
}

/** The first is the second without windows, tabs and extensions, which nobody sees here: half the processor's time. */
const browsers = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
]
const macBrowser = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

function findBrowser(): Omit<Surroundings, 'release'> {
  const given = process.env['TEST_CHROMIUM']
  if (given && !isExecutable(given)) {
    return buildMissing('TEST_CHROMIUM', 'browser', 'TEST_CHROMIUM does not name a program: correct it')
  }
  const program = given || findBinary(...browsers) || (isExecutable(macBrowser) ? macBrowser : undefined)
  return program === undefined
    ? buildMissing('TEST_CHROMIUM', 'browser', 'there is no chromium on this machine: install it or set TEST_CHROMIUM')
    : { environment: { TEST_CHROMIUM: program }, said: [`browser: ${program}`] }
}

function findSqlmap(): Omit<Surroundings, 'release'> {
  const given = process.env['TEST_SQLMAP']
  if (given && !isExecutable(given))
    return buildMissing('TEST_SQLMAP', 'sqlmap', 'TEST_SQLMAP does not name a program: correct it')
  const program = given || findBinary('sqlmap')
  return program === undefined
    ? buildMissing('TEST_SQLMAP', 'sqlmap', 'there is no sqlmap on this machine: install it or set TEST_SQLMAP')
    : { environment: { TEST_SQLMAP: program }, said: [`sqlmap: ${program}`] }
}

/** An empty variable hides a wrong one from the tests. */
function buildMissing(variable: string, name: string, reason: string): Surroundings {
  const environment = { [variable]: '', [`${variable}_MISSING`]: reason }
  return { environment, said: [`${name}: none, ${reason}`], release: nothing }
}
