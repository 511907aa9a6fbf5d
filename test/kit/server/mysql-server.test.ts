import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { removeAbandonedServers } from './abandoned-servers.ts'
import { findServerVersion, startMysqlServer } from './mysql-server.ts'

/** Above every process id that a machine gives out. */
const nobody = 2 ** 31 - 1

function createFolder(owner: number, name: string): string {
  const folder = join(tmpdir(), `inthread-mysql-${owner}-${name}`)
  mkdirSync(folder)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

it('says what went wrong when the server does not come up', async () => {
  await expect(startMysqlServer('/bin/false')).rejects.toThrow(/did not come up|mariadb-install-db/)
})

it('finds no version where nobody answers', async () => {
  expect(await findServerVersion('mysql://root@127.0.0.1:1')).toBeUndefined()
})

it('removes what killed runs left behind, after some hours, and nothing that is in use', () => {
  const [fresh, old, mine] = [
    createFolder(nobody, 'fresh'),
    createFolder(nobody, 'old'),
    createFolder(process.pid, 'mine'),
  ]
  for (const folder of [old, mine]) utimesSync(folder, 0, 0)
  removeAbandonedServers()
  expect([fresh, old, mine].map((folder) => existsSync(folder))).toEqual([true, false, true])
})

it('does not end a process that merely has the number of an abandoned server', () => {
  const bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'])
  onTestFinished(() => void bystander.kill())
  const folder = createFolder(nobody, 'reused')
  writeFileSync(join(folder, 'pid'), String(bystander.pid))
  removeAbandonedServers()
  expect(process.kill(bystander.pid ?? 0, 0)).toBe(true)
  expect(existsSync(folder)).toBe(true)
})
