import { runAuditBench } from '../test/bench/audit-bench.ts'
import { runBrokerBench } from '../test/bench/run-broker-bench.ts'
import { runRegistryBench } from '../test/bench/registry-bench.ts'
import { runGuestBench } from '../test/bench/guest-bench.ts'
import { runBench } from '../test/bench/run-bench.ts'
import { findMysqlBinary, startMysqlServer } from '../test/kit/server/mysql-server.ts'

const usage = `npm run bench [-- --rounds 3 --seconds 10 --callers 64 --only SQLite]

  Turns a second and the time from webhook to commit and to reply, on MariaDB and SQLite, beside bare Fastify and beside
  the smallest durable turn written by hand. Ratios within a run count; the machine drifts. With --only broker it
  measures what grants add to opening an order.

  --guests measures only what an entry of a run costs in process and as a guest, and the first call of a guest.
`

const registryUsage = `npm run bench -- --registry 10000

  Memory and time to the first turn with so many tenants of five plugins each.
`

const auditUsage = `npm run bench -- --audit 1000000

  Linking so many audit records to a chain and verifying it, on SQLite and, where there is a server, on MariaDB.
`

const given = process.argv.slice(2)
const numberOf = (flag: string, usual: number): number => {
  const at = given.indexOf(flag)
  return at < 0 ? usual : Number(given[at + 1] ?? usual)
}

if (given.includes('--help')) {
  process.stdout.write(`${usage}\n${registryUsage}\n${auditUsage}`)
} else if (given.includes('--registry')) {
  const write = (text: string): void => void process.stdout.write(text)
  await runRegistryBench({ tenants: numberOf('--registry', 10_000), write })
} else if (given.includes('--guests')) {
  await runGuestBench((text) => void process.stdout.write(text))
} else if (given.includes('--audit')) {
  const binary = process.env['TEST_MYSQL_URL'] === undefined ? findMysqlBinary() : undefined
  const server = binary === undefined ? undefined : await startMysqlServer(binary)
  const write = (text: string): void => void process.stdout.write(text)
  const mysqlUrl = process.env['TEST_MYSQL_URL'] ?? server?.url
  try {
    await runAuditBench({ records: numberOf('--audit', 1_000_000), mysqlUrl, write })
  } finally {
    await server?.stop()
  }
} else {
  const binary = findMysqlBinary()
  const server = binary === undefined ? undefined : await startMysqlServer(binary)
  const mysqlUrl = process.env['TEST_MYSQL_URL'] ?? server?.url
  if (mysqlUrl === undefined) {
    process.stderr.write('The bench needs MariaDB: install mariadb-server, or set TEST_MYSQL_URL to a server.\n')
    process.exit(3)
  }
  try {
    const options = {
      rounds: numberOf('--rounds', 3),
      seconds: numberOf('--seconds', 10),
      callers: numberOf('--callers', 64),
    }
    const only = given.includes('--only') ? given[given.indexOf('--only') + 1] : undefined
    if (only === undefined) await runGuestBench((text) => void process.stdout.write(text))
    if (only === undefined || only === 'broker')
      await runBrokerBench({ rounds: options.rounds, mysqlUrl, write: (text) => void process.stdout.write(text) })
    if (only !== 'broker')
      await runBench({ only, ...options, mysqlUrl, write: (text) => void process.stdout.write(text) })
  } finally {
    await server?.stop()
  }
}
