import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { listContenders, type Contender } from './contenders.ts'
import { runLoad, type LoadResult } from './load.ts'
import { openSink } from './sink.ts'

export interface BenchOptions {
  readonly mysqlUrl: string
  readonly rounds: number
  readonly seconds: number
  readonly callers: number
  /** Part of a contender's name, to look at one of them; ratios need all. */
  readonly only: string | undefined
  readonly write: (text: string) => void
}

interface Row {
  readonly name: string
  readonly results: readonly LoadResult[]
}

const text = '明天上午从成都到北京，一张二等座'
const phones = 4000

/**
 * Every contender once a round, in turn, so that a machine that drifts drifts for all of them. What counts is the ratio
 * within a round; its median over the rounds is printed.
 */
export async function runBench(options: BenchOptions): Promise<void> {
  const rows = new Map<string, LoadResult[]>()
  for (let round = 1; round <= options.rounds; round += 1) {
    const contenders = listContenders(options.mysqlUrl).filter(({ name }) => name.includes(options.only ?? ''))
    for (const contender of contenders) {
      const result = await measure(contender, options)
      options.write(`round ${round}  ${contender.name.padEnd(26)} ${Math.round(result.perSecond)} posts/s\n`)
      rows.set(contender.name, [...(rows.get(contender.name) ?? []), result])
    }
  }
  const table = [...rows].map(([name, results]): Row => ({ name, results }))
  options.write(`\n${renderTable(table, options)}\n`)
  saveResults(table)
}

async function measure(contender: Contender, { callers, seconds }: BenchOptions): Promise<LoadResult> {
  const sink = await openSink()
  const running = await contender.start(sink)
  try {
    const load = { url: running.url, callers, phones, text, sink: contender.replies ? sink : undefined }
    // Conversations exist, statements are prepared and the machine code is there before anything counts.
    await runLoad({ ...load, seconds: Math.max(2, seconds / 3) })
    return await runLoad({ ...load, seconds })
  } finally {
    await running.stop()
    await sink.close()
  }
}

function renderTable(rows: readonly Row[], { rounds, seconds, callers }: BenchOptions): string {
  const bare = rows[0]
  const byHand = rows[1]
  const lines = rows.map((row) => {
    const replies = row.results.map((result) => result.repliesPerSecond ?? result.perSecond)
    return [
      row.name,
      format(median(replies)),
      byHand ? ratio(row, byHand) : '',
      bare ? ratio(row, bare) : '',
      format(median(row.results.map((result) => result.postMs.p50))),
      format(median(row.results.map((result) => result.postMs.p99))),
      format(median(row.results.map((result) => result.replyMs?.p50 ?? Number.NaN))),
      format(median(row.results.map((result) => result.replyMs?.p99 ?? Number.NaN))),
    ]
  })
  const head = ['', 'turns/s', '× by hand', '× bare', 'commit p50 ms', 'commit p99', 'reply p50 ms', 'reply p99']
  const table = [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n')
  return `${rounds} rounds of ${seconds} s, ${callers} callers, ${phones} phones; medians\n\n${table}`
}

/** Replies a second where there are replies: a turn is done when its answer is out. */
function ratio(row: Row, base: Row): string {
  const ratios = row.results.map((result, round) => {
    const other = base.results[round]
    return (result.repliesPerSecond ?? result.perSecond) / (other?.repliesPerSecond ?? other?.perSecond ?? Number.NaN)
  })
  return median(ratios).toFixed(2)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function format(value: number): string {
  if (Number.isNaN(value)) return '–'
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}

function saveResults(rows: readonly Row[]): void {
  const folder = fileURLToPath(new URL('../results/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}bench.json`, `${JSON.stringify(rows, null, 2)}\n`)
}
