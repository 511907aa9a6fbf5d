import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder carries the process id of the run that it belongs to, so that a later run knows whether it is in use. */
const folderPattern = /^inthread-mysql-(\d+)-/
const abandonedAfterMs = 6 * 3_600_000

export function buildFolderPrefix(): string {
  return `inthread-mysql-${process.pid}-`
}

/**
 * A run that was killed leaves its server behind. Its server is stopped when it is surely ours; a folder without one is
 * removed after some hours only, because a run in another container may be alive without being visible here.
 */
export function removeAbandonedServers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(folderPattern.exec(name)?.[1])
    if (Number.isNaN(owner) || isAlive(owner)) continue
    const folder = join(tmpdir(), name)
    if (killServerOf(folder) || isOld(folder)) rmSync(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Process ids are used again: only a process that was started for this very folder is ours. */
function killServerOf(folder: string): boolean {
  try {
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--datadir=${folder}/`)) return false
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

function isOld(folder: string): boolean {
  const changedMs = statSync(folder, { throwIfNoEntry: false })?.mtimeMs
  return changedMs !== undefined && changedMs < Date.now() - abandonedAfterMs
}
