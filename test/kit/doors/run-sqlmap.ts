import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Scan {
  readonly program: string
  readonly url: string
  readonly dbms: 'sqlite' | 'mysql'
}

export type Verdict = 'injectable' | 'not injectable' | { readonly unclear: string }

/** Has sqlmap try the parameter `v` of an address, with every technique of its own. */
export async function runSqlmap({ program, url, dbms }: Scan): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'inthread-sqlmap-'))
  const given = [
    ...['-u', url, '-p', 'v', '--batch', '--flush-session', '--output-dir', folder, '--disable-coloring'],
    ...['--level', '2', '--risk', '2', '--technique', 'BEUST', '--dbms', dbms, '--skip-waf', '--threads', '4'],
    ...['--timeout', '30', '--retries', '2'],
  ]
  try {
    const said = await new Promise<string>((resolve) =>
      // It ends with a status of its own whatever it has found: what it says counts.
      execFile(program, given, { timeout: patienceMs, maxBuffer: 64 * 1024 * 1024 }, (_error, output) =>
        resolve(output),
      ),
    )
    if (/identified the following injection point/.test(said)) return 'injectable'
    if (/all tested parameters do not appear to be injectable/.test(said)) return 'not injectable'
    return { unclear: said.slice(-1500) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const patienceMs = 600_000
