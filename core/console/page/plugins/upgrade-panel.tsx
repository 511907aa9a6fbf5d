import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { AdminApi } from '@inthread/client'
import { Problem } from '../parts/problem.tsx'
import { useMay, useSession } from '../session/session.ts'
import { useAsk, useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { count, fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { actionWords } from './plugin-words.ts'
import { findNewest, useCatalogue, type Installation } from './use-package.ts'
import { Sentences } from '../form/problem-list.tsx'
import { SaidText } from '../saying/said-text.tsx'

type Verdict = Awaited<ReturnType<AdminApi['installations']['verdict']['query']>>

interface Props {
  readonly installation: Installation
}

/** What a newer version would mean, before anything of it is done. */
export function UpgradePanel({ installation }: Props) {
  const words = useWords(actionWords)
  const catalogue = useCatalogue().data ?? []
  const newest = findNewest(catalogue, installation.plugin)
  if (!newest || newest.version === installation.version) return null
  return (
    <section className="panel" aria-label={words.upgrade}>
      <div className="panel-head">
        <h2>{fillIn(words.upgradeTitle, { version: newest.version })}</h2>
      </div>
      <Assessed installation={installation} version={newest.version} />
    </section>
  )
}

function Assessed({ installation, version }: Props & { readonly version: string }) {
  const tenant = useTenantId()
  const { bot, plugin } = installation
  const { data, error, refetch } = useAsk({
    key: ['verdict', tenant, bot, plugin, version],
    ask: (client) => client.installations.verdict.query({ tenant, bot, plugin, version }),
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return null
  return (
    <Stack gap="sm">
      <VerdictText verdict={data} />
      <UpgradeDo installation={installation} verdict={data} />
    </Stack>
  )
}

const tones = { silent: 'green', notify: 'blue', consent: 'yellow', review: 'orange', refused: 'red' } as const

function VerdictText({ verdict: { verdict, from, differences, problems, openRuns } }: { readonly verdict: Verdict }) {
  const words = useWords(actionWords)
  const { open, movable } = openRuns
  return (
    <>
      <Alert color={tones[verdict]} title={words[verdict]}>
        {fillIn(words.upgradeFrom, { from })}
        {open > 0 && ` · ${fillIn(count(open, words.openRunsOne, words.openRuns), { movable })}`}
        {problems.length > 0 && (
          <ul>
            {problems.map((problem) => (
              <li key={problem.message}>
                <SaidText said={problem} />
              </li>
            ))}
          </ul>
        )}
      </Alert>
      {differences.length > 0 && (
        <details open={verdict !== 'silent' && verdict !== 'notify'}>
          <summary>{`${words.differences} (${differences.length})`}</summary>
          <ul className="told">
            {differences.map(({ path, verdict: _, ...reason }) => (
              <li key={path}>
                <code>{path}</code>
                <span className="faint">
                  <SaidText said={reason} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function UpgradeDo({ installation, verdict }: Props & { readonly verdict: Verdict }) {
  const words = useWords(actionWords)
  const may = useMay()
  const { me } = useSession()
  const proposal = useOpenProposal(installation, verdict)
  const [agreed, setAgreed] = useState(false)
  const upgrade = useUpgrade(installation, verdict.to)
  const asks = verdict.verdict === 'consent' || verdict.verdict === 'review'
  if (!may('installation.write') || verdict.problems.length > 0) return null
  if (proposal?.maker === me.writtenAs) return <Alert color="yellow">{words.own}</Alert>
  if (proposal && !may('proposal.decide')) return <Alert color="yellow">{words.proposedText}</Alert>
  const approval = proposal ? { proposal: proposal.id, digest: proposal.digest } : undefined
  return (
    <>
      {proposal && <p>{fillIn(words.secondTitle, { maker: proposal.maker })}</p>}
      {asks && (
        <Checkbox label={words.agree} checked={agreed} onChange={(event) => setAgreed(event.currentTarget.checked)} />
      )}
      {upgrade.error && <Problem error={upgrade.error} />}
      {upgrade.data && upgrade.data.problems.length > 0 && <Sentences sentences={upgrade.data.problems} />}
      <Group>
        <Button
          disabled={asks && !agreed}
          loading={upgrade.isPending}
          onClick={() => upgrade.mutate({ consent: agreed, approval })}
        >
          {proposal ? words.second : fillIn(words.upgradeNow, { version: verdict.to })}
        </Button>
      </Group>
    </>
  )
}

/** Somebody else's word for this very upgrade. */
function useOpenProposal({ bot, plugin }: Installation, { fourEyes, to }: Verdict) {
  const tenant = useTenantId()
  const may = useMay()('proposal.read')
  const { data } = useAsk({
    key: ['proposals', tenant, 'open', 'upgrade'],
    ask: (client) => client.proposals.list.query({ tenant, state: 'open', limit: 200 }),
    enabled: may && fourEyes,
  })
  return data?.items.find(({ subject, state, change }) => {
    const told = change as { readonly bot?: string; readonly plugin?: string; readonly to?: string }
    const same = told.bot === bot && told.plugin === plugin && told.to === to
    return subject === 'installation.upgrade' && state === 'open' && same
  })
}

interface Asked {
  readonly consent: boolean
  readonly approval: { readonly proposal: string; readonly digest: string } | undefined
}

function useUpgrade({ bot, plugin }: Installation, version: string) {
  const words = useWords(actionWords)
  const tenant = useTenantId()
  return useDo({
    act: (client, { consent, approval }: Asked) =>
      client.installations.upgrade.mutate({ tenant, bot, plugin, version, consent, approval }),
    touches: ['installations', 'verdict', 'proposals', 'published'],
    done: ({ done, approval }) => {
      if (done) notifications.show({ message: words.upgraded, color: 'green' })
      else if (approval) notifications.show({ title: words.proposed, message: words.proposedText, color: 'yellow' })
    },
  })
}
