import type { AdminApi } from '@inthread/client'
import { useTenants } from '../session/use-tenant.ts'
import { PlainTable } from '../tables/plain-table.tsx'
import { useWords } from '../words/use-words.ts'
import { FaultHelp } from './fault-help.tsx'
import { healthWords } from './health-words.ts'
import { useSpan } from './use-span.ts'

type Connection = Awaited<ReturnType<AdminApi['health']['works']['query']>>['connections'][number]

/** Those that fail stand first: somebody has to look at them. */
export function Connections({ connections }: { readonly connections: readonly Connection[] }) {
  const words = useWords(healthWords)
  const { tenants } = useTenants()
  const nameOf = (id: string): string => tenants.find(({ tenant }) => tenant === id)?.name ?? id
  const sorted = connections.toSorted((left, right) => Number(right.failing !== null) - Number(left.failing !== null))
  return (
    <section className="panel" aria-label={words.lines}>
      <div className="panel-head">
        <h2>{words.lines}</h2>
        <span className="faint">{words.linesWhere}</span>
      </div>
      {sorted.length === 0 && <p className="faint">{words.noLines}</p>}
      {sorted.length > 0 && (
        <PlainTable label={words.lines} heads={[words.line, words.tenant, words.state, words.lastHeard]}>
          {sorted.map((each) => (
            <tr key={`${each.tenant} ${each.kind} ${each.id}`}>
              <td>
                {words[each.kind]} <span className="mono">{each.id}</span>
              </td>
              <td>{nameOf(each.tenant)}</td>
              <td>
                <ConnectionState connection={each} />
              </td>
              <td>
                <LastHeard connection={each} />
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
    </section>
  )
}

function ConnectionState({ connection: { failing, heardAgoMs } }: { readonly connection: Connection }) {
  const words = useWords(healthWords)
  const { span } = useSpan()
  if (!failing) {
    return heardAgoMs === null ? (
      <span className="state state-calm">{words.unused}</span>
    ) : (
      <span className="state state-good">{words.answers}</span>
    )
  }
  return (
    <>
      <span className="state state-bad">{words.failing}</span>
      <div className="faint">
        {span(failing.forMs)} <FaultHelp code={failing.code} />
      </div>
    </>
  )
}

function LastHeard({ connection: { heardAgoMs } }: { readonly connection: Connection }) {
  const { ago } = useSpan()
  return <>{heardAgoMs === null ? '—' : ago(heardAgoMs)}</>
}
