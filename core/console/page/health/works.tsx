import type { AdminApi } from '@inthread/client'
import { Alert } from '@mantine/core'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { Problem } from '../parts/problem.tsx'
import { useSession } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { PlainTable } from '../tables/plain-table.tsx'
import { useWords } from '../words/use-words.ts'
import { Connections } from './connections.tsx'
import { FaultHelp } from './fault-help.tsx'
import { healthWords, stateTones, workWords } from './health-words.ts'
import { useSpan } from './use-span.ts'

export type Works = Awaited<ReturnType<AdminApi['health']['works']['query']>>

/** What the platform does again and again, and how its lines are; asked for as long as somebody looks. */
export function Works() {
  const words = useWords(healthWords)
  const { me } = useSession()
  const { data, error, refetch } = useAsk({
    key: ['works'],
    ask: (client) => client.health.works.query(),
    everyMs: 5000,
  })
  if (!data && !error) return <RowsSkeleton rows={8} />
  return (
    <>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data && me.tenant === null && (
        <section className="panel" aria-label={words.works}>
          <div className="panel-head">
            <h2>{words.works}</h2>
            <span className="faint">{words.worksWhere}</span>
          </div>
          <WorkTable works={data.works} />
        </section>
      )}
      {data && <Connections connections={data.connections} />}
    </>
  )
}

function WorkTable({ works }: Pick<Works, 'works'>) {
  const words = useWords(healthWords)
  const names: Readonly<Record<string, string>> = useWords(workWords)
  const { span, ago } = useSpan()
  if (works.length === 0) return <Alert color="yellow">{words.noWorks}</Alert>
  return (
    <PlainTable
      label={words.works}
      className="works"
      heads={[words.work, words.state, words.lastRun, { right: words.waiting }, { right: words.oldest }]}
    >
      {works.map(({ name, state, failing, agoMs, waiting, oldestMs }) => (
        <tr key={name}>
          <td>{names[name] ?? name}</td>
          <td>
            <span className={`state state-${stateTones[state]}`}>{words[state]}</span>
            {failing && (
              <div className="faint">
                {span(failing.forMs)} <FaultHelp code={failing.code} />
              </div>
            )}
          </td>
          <td>{agoMs === null ? words.notYet : ago(agoMs)}</td>
          <td className="right">{waiting ?? '—'}</td>
          <td className="right">{oldestMs === null ? '—' : span(oldestMs)}</td>
        </tr>
      ))}
    </PlainTable>
  )
}
