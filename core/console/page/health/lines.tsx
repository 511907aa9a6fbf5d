import { AdminError, type AdminApi } from '@inthread/client'
import { Button, Group, Loader } from '@mantine/core'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { Problem } from '../parts/problem.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/session.ts'
import { useAsk, useDo } from '../session/use-ask.ts'
import { useTenantId, useTenantSettings } from '../session/use-tenant.ts'
import { count, fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { healthWords } from './health-words.ts'
import { PlainTable } from '../tables/plain-table.tsx'
import { SaidText } from '../saying/said-text.tsx'

interface Definition {
  readonly operators?: readonly {
    readonly id: string
    readonly bot: string
    readonly channel: string
    readonly rate?: { readonly perSecond?: number }
  }[]
  readonly banks?: readonly { readonly id: string; readonly connector: string }[]
}

/** The tenant's own lines: to its banks, as they were last checked, and to its operators. */
export function Lines() {
  const words = useWords(healthWords)
  const tenant = useTenantId()
  const { bots } = useTenantSettings()
  const { data, error, refetch } = useAsk({
    key: ['tenant', tenant],
    ask: (client) => client.tenants.get.query({ tenant }),
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton rows={3} />
  const { operators = [], banks = [] } = (data.definition ?? {}) as Definition
  return (
    <>
      <section className="panel" aria-label={words.banks}>
        <div className="panel-head">
          <h2>{words.banks}</h2>
        </div>
        {banks.length === 0 && <p className="faint">{words.noBanks}</p>}
        {banks.map(({ id, connector }) => (
          <BankLine key={id} bank={id} connector={connector} />
        ))}
      </section>
      <section className="panel" aria-label={words.operators}>
        <div className="panel-head">
          <h2>{words.operators}</h2>
        </div>
        {operators.length === 0 && <p className="faint">{words.noOperators}</p>}
        {operators.length > 0 && (
          <PlainTable heads={[words.operator, words.channel, words.bot, { right: words.rate }]}>
            {operators.map(({ id, channel, bot, rate }) => (
              <tr key={id}>
                <td>{id}</td>
                <td className="mono">{channel}</td>
                <td>{bots.get(bot) ?? bot}</td>
                <td className="right">{rate?.perSecond ?? '—'}</td>
              </tr>
            ))}
          </PlainTable>
        )}
      </section>
    </>
  )
}

type Report = Awaited<ReturnType<AdminApi['banks']['report']['query']>>

function BankLine({ bank, connector }: { readonly bank: string; readonly connector: string }) {
  const words = useWords(healthWords)
  const tenant = useTenantId()
  const may = useMay()
  const { data, error } = useAsk({
    key: ['bank-report', tenant, bank],
    ask: (client) => client.banks.report.query({ tenant, bank }),
  })
  const check = useDo({
    act: (client, _: undefined) => client.banks.check.mutate({ tenant, bank }),
    touches: ['bank-report'],
  })
  const never = error instanceof AdminError && error.code === 'NOT_FOUND'
  return (
    <div className="bank-line">
      <div>
        <strong>{bank}</strong> <span className="faint mono">{connector}</span>
        {never && <p className="faint">{words.neverChecked}</p>}
        {error && !never && <Problem error={error} />}
        {data && <Checked report={data} />}
        {check.error && <Problem error={check.error} />}
        {check.data?.problem && (
          <p className="need-missing">
            <SaidText said={check.data.problem} />
          </p>
        )}
      </div>
      {may('tenant.write') && (
        <Group role="status">
          {check.isPending && (
            <>
              <Loader size="xs" /> <span className="faint">{words.checking}</span>
            </>
          )}
          <Button size="xs" variant="default" disabled={check.isPending} onClick={() => check.mutate(undefined)}>
            {words.check}
          </Button>
        </Group>
      )}
    </div>
  )
}

function Checked({ report: { passed, checkedAt, cases } }: { readonly report: Report }) {
  const words = useWords(healthWords)
  const of = (kind: string) => cases.filter(({ verdict }) => verdict.kind === kind)
  const failed = of('failed')
  return (
    <>
      <p className="step-line">
        <span className={passed ? 'state state-good' : 'state state-bad'}>
          {passed ? words.passed : count(failed.length, words.failedOne, words.failed)}
        </span>
        <span className="faint">
          {fillIn(words.cases, { passed: of('passed').length, skipped: of('skipped').length })} · {words.checkedOn}{' '}
          <When at={checkedAt} />
        </span>
      </p>
      <ul className="told">
        {failed.map(({ id, title, verdict }) => (
          <li key={id}>
            <q className="quoted">{title}</q>
            {verdict.kind === 'failed' && (
              <span className="faint">
                {words.expected} <q className="quoted">{verdict.expected}</q> · {words.got}{' '}
                <q className="quoted">{verdict.got}</q> · {words.remedy} <q className="quoted">{verdict.remedy}</q>
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
