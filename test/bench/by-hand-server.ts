import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import mysql, { type PoolConnection } from 'mysql2/promise'

/**
 * The smallest durable turn, written by hand: insert inbox, lock and update the conversation, insert outbox, commit.
 * Prepared statements, a pool of 16, one transaction a message. Nothing is verified, folded or sent.
 */
const pool = mysql.createPool({ uri: process.env['DATABASE_URL'] ?? '', connectionLimit: 16 })
pool.pool.on('connection', (connection) => connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'))
for (const statement of [
  'CREATE TABLE inbox (tenant varchar(40), id varchar(64), body text, PRIMARY KEY (tenant, id))',
  'CREATE TABLE conversation (id varchar(64) PRIMARY KEY, state text, turns int)',
  'CREATE TABLE outbox (id varchar(64) PRIMARY KEY, conversation varchar(64), body text, KEY (conversation))',
]) {
  await pool.query(statement)
}

interface Incoming {
  readonly messageId: string
  readonly senderAddress: string
}

const state = 'x'.repeat(450)
const card = 'y'.repeat(700)

async function takeTurn(connection: PoolConnection, push: Incoming, body: string): Promise<void> {
  await connection.beginTransaction()
  await connection.execute('INSERT INTO inbox VALUES (?, ?, ?)', ['bench', push.messageId, body])
  const [rows] = await connection.execute('SELECT state, turns FROM conversation WHERE id = ? FOR UPDATE', [
    push.senderAddress,
  ])
  if (Array.isArray(rows) && rows.length > 0) {
    await connection.execute('UPDATE conversation SET state = ?, turns = turns + 1 WHERE id = ?', [
      state,
      push.senderAddress,
    ])
  } else {
    await connection.execute('INSERT INTO conversation VALUES (?, ?, 1)', [push.senderAddress, state])
  }
  await connection.execute('INSERT INTO outbox VALUES (?, ?, ?)', [randomUUID(), push.senderAddress, card])
  await connection.commit()
}

const server = Fastify({ logger: false })
server.post('/*', async (request) => {
  const connection = await pool.getConnection()
  try {
    await takeTurn(connection, request.body as Incoming, JSON.stringify(request.body))
  } finally {
    connection.release()
  }
  return { ok: true }
})
await server.listen({ port: Number(process.env['BENCH_PORT']), host: '127.0.0.1' })
process.send?.('ready')
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))
