import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { describe, expect, it } from 'vitest'
import { createMysqlDatabase, createSqliteDatabase } from './databases.ts'
import { listFilesContaining } from './files-containing.ts'
import { describeOnEachDatabase, describeWithMysql } from './requirements.ts'

async function query(url: string, statement: string): Promise<string> {
  const connection = await createConnection({ uri: url })
  const [rows] = await connection.query(statement)
  await connection.end()
  return JSON.stringify(rows)
}

describe('createSqliteDatabase', () => {
  it('gives a path in a folder that takes everything with it', async () => {
    const { url, folder, drop } = await createSqliteDatabase()
    expect(url.startsWith(`${folder}/`)).toBe(true)
    expect(existsSync(url)).toBe(false)
    writeFileSync(join(folder, 'key'), '')
    await drop()
    expect(existsSync(folder)).toBe(false)
  })
})

describeWithMysql('createMysqlDatabase', (server) => {
  it('gives an empty database and drops it', async () => {
    const { url, drop } = await createMysqlDatabase(server.url)
    const name = new URL(url).pathname.slice(1)
    expect(await query(url, 'SHOW TABLES')).toBe('[]')
    expect(await query(server.url, `SHOW DATABASES LIKE '${name}'`)).toContain(name)
    await drop()
    expect(await query(server.url, `SHOW DATABASES LIKE '${name}'`)).toBe('[]')
  })

  it('writes to files that can be searched, the binary log among them', async ({ skip }) => {
    const { dataFolder } = server
    if (dataFolder === undefined) return skip('the server is not of this run: its files are not ours to read')
    const { url, drop } = await createMysqlDatabase(server.url)
    await query(url, 'CREATE TABLE note (words VARCHAR(40))')
    await query(url, "INSERT INTO note VALUES ('a-word-to-search-for')")
    const files = listFilesContaining(dataFolder, 'a-word-to-search-for').map((path) => path.slice(dataFolder.length))
    await drop()
    expect(files).toContainEqual(expect.stringMatching(/binlog\.\d+$/))
  })
})

describeOnEachDatabase('describeOnEachDatabase', (open) => {
  it('gives another database each time', async () => {
    const [one, other] = [await open(), await open()]
    expect(one.kind).toBe(other.kind)
    expect(one.url).not.toBe(other.url)
    expect(one.folder).not.toBe(other.folder)
  })
})
