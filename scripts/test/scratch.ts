import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const memory = '/dev/shm'
/** Databases, their logs and whole copies of the project: a run was seen to need three. */
const neededBytes = 6 * 2 ** 30

/**
 * A folder in memory for the temporary files of a run, where the machine has one that is large enough and runs
 * programs. Nothing in the tests is about power cuts, and waiting for a disk was a good part of their time. Undefined
 * where somebody has chosen a folder already.
 */
export function findScratch(): string | undefined {
  if (process.env['TMPDIR']) return undefined
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= neededBytes && runsPrograms(memory) ? memory : undefined
  } catch {
    return undefined
  }
}

function runsPrograms(place: string): boolean {
  const folder = mkdtempSync(join(place, 'inthread-probe-'))
  try {
    const program = join(folder, 'program')
    writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o700 })
    execFileSync(program, { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}
