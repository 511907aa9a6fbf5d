import { Alert } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { PageHead } from '../parts/page-head.tsx'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { count } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { healthWords } from './health-words.ts'
import { KillList } from './kill-list.tsx'
import { Lines } from './lines.tsx'
import { PlainTable } from '../tables/plain-table.tsx'
import { SaidText } from '../saying/said-text.tsx'
import { FaultHelp } from './fault-help.tsx'
import { Works } from './works.tsx'

export function HealthPage() {
  const words = useWords(healthWords)
  const may = useMay()
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      <Parts />
      <Works />
      {may('kill.read') && <KillList />}
      {may('tenant.read') && <Lines />}
    </>
  )
}

function Parts() {
  const words = useWords(healthWords)
  const names: Readonly<Record<string, string>> = words
  const { data, error, refetch } = useAsk({
    key: ['health'],
    ask: (client) => client.health.get.query(),
    everyMs: 15_000,
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton rows={4} />
  const amiss = data.parts.filter(({ ok }) => !ok).length
  return (
    <section className="panel" aria-label={words.parts}>
      <div className="panel-head">
        <h2>{words.parts}</h2>
        <span className="faint">{words.checkedAt}</span>
      </div>
      {amiss === 0 ? (
        <p className="all-well">
          <IconCircleCheck size={18} aria-hidden /> {words.allWell}
        </p>
      ) : (
        <Alert color="red">{count(amiss, words.amissOne, words.amissCount)}</Alert>
      )}
      <PlainTable heads={[words.part, words.state, words.detail]}>
        {data.parts.map(({ part, ok, said, amiss: tenants = [] }) => (
          <tr key={part}>
            <td>{names[part] ?? part}</td>
            <td>
              <span className={ok ? 'state state-good' : 'state state-bad'}>{ok ? words.ok : words.amiss}</span>
            </td>
            <td className="faint">
              <SaidText said={said} />
              {tenants.map(({ tenant, code }) => (
                <div key={tenant}>
                  {tenant}: <FaultHelp code={code} />
                </div>
              ))}
            </td>
          </tr>
        ))}
      </PlainTable>
    </section>
  )
}
