import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { AdminApi } from '@inthread/client'
import { ProposalSheet } from '../approvals/proposal-sheet.tsx'
import { Capability } from '../parts/capability.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/session.ts'
import { useAsk, useDo, usePages } from '../session/use-ask.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { healthWords } from './health-words.ts'

type Kill = Awaited<ReturnType<AdminApi['plugins']['kills']['query']>>['items'][number]

/** What concerns all tenants is written down under this name. */
const platform = 'platform'

/** What is stopped now, why, and the way to go on: which takes two people. */
export function KillList() {
  const words = useWords(healthWords)
  return (
    <section className="panel" aria-label={words.kills}>
      <div className="panel-head">
        <h2>{words.kills}</h2>
      </div>
      <PageList
        label={words.kills}
        answer={useKills()}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={<p className="faint">{words.killsNone}</p>}
      />
    </section>
  )
}

function useKills() {
  return usePages({
    key: ['kills'],
    ask: (client, cursor) => client.plugins.kills.query({ cursor, limit: 50 }),
  })
}

function useColumns(): readonly Column<Kill>[] {
  const words = useWords(healthWords)
  return [
    { name: words.scope, cell: (kill) => <Scope kill={kill} /> },
    { name: words.level, cell: ({ level }) => <span className="state state-bad">{words[level]}</span> },
    {
      name: words.reason,
      cell: ({ reason }) => (
        <span className="cut" title={reason}>
          {reason}
        </span>
      ),
      wide: true,
    },
    { name: words.since, cell: ({ at }) => <When at={at} />, wide: true },
    { name: '', cell: (kill) => <Lift kill={kill} />, right: true },
  ]
}

function Scope({ kill: { plugin, version, tenant, capability, provider } }: { readonly kill: Kill }) {
  const words = useWords(healthWords)
  const named = [plugin, version, provider].filter((each) => each !== null)
  return (
    <span className="two-lines">
      {capability !== null && <Capability id={capability} />} {named.join(' ')}
      <small>{tenant ?? words.everywhere}</small>
    </span>
  )
}

/** Proposed by one, and decided by another one at the same place. */
function Lift({ kill }: { readonly kill: Kill }) {
  const words = useWords(healthWords)
  const may = useMay()
  const [opened, setOpened] = useState<'ask' | 'decide'>()
  const tenant = kill.tenant ?? platform
  const proposal = useProposal(tenant, kill.id)
  if (!may('kill.lift')) return null
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpened(proposal ? 'decide' : 'ask')}>
        {proposal ? words.review : words.lift}
      </Button>
      {opened === 'ask' && <LiftDialog kill={kill} close={() => setOpened(undefined)} />}
      <ProposalSheet
        tenant={tenant}
        id={opened === 'decide' ? proposal?.id : undefined}
        close={() => setOpened(undefined)}
      />
    </>
  )
}

function useProposal(tenant: string, kill: string) {
  const may = useMay()('proposal.read')
  const { data } = useAsk({
    key: ['proposals', tenant, 'open', 'kill'],
    ask: (client) => client.proposals.list.query({ tenant, state: 'open', limit: 200 }),
    enabled: may,
  })
  return data?.items.find(({ subject, state, change }) => {
    const isIt = (change as { readonly kill?: string }).kill === kill
    return subject === 'kill.lift' && state === 'open' && isIt
  })
}

function LiftDialog({ kill, close }: { readonly kill: Kill; readonly close: () => void }) {
  const words = useWords(healthWords)
  const lift = useDo({
    act: (client, _: undefined) => client.plugins.unkill.mutate({ id: kill.id }),
    touches: ['kills', 'proposals'],
  })
  const done = (): void => {
    close()
    notifications.show({ title: words.lifted, message: words.liftedText, color: 'yellow' })
  }
  const what = [kill.plugin, kill.capability, kill.provider, kill.tenant].filter((each) => each !== null).join(' · ')
  return (
    <Confirm
      title={words.liftTitle}
      text={fillIn(words.liftText, { what: what === '' ? words.everywhere : what })}
      action={words.lift}
      doing={lift}
      go={() => lift.mutate(undefined, { onSuccess: done })}
      close={close}
    />
  )
}
