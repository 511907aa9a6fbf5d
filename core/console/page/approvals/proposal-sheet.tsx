import { Alert, Button, Group, Skeleton, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Copied } from '../parts/copied.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Facts } from '../parts/facts.tsx'
import { Problem } from '../parts/problem.tsx'
import { SideSheet } from '../parts/side-sheet.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useMay, useSession } from '../session/session.ts'
import { useAsk, useDo } from '../session/use-ask.ts'
import { useLocale, useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { approvalWords, factWords, subjectWords } from './approval-words.ts'
import { describeChange, listFacts, type Proposal } from './describe-change.ts'

interface Props {
  readonly id: string | undefined
  /** The one whose pages are open, where none is named. */
  readonly tenant?: string
  readonly close: () => void
}

export function ProposalSheet({ id, tenant, close }: Props) {
  const words = useWords(approvalWords)
  const own = useTenantId()
  return (
    <SideSheet opened={id !== undefined} close={close} title={words.title}>
      {id !== undefined && <ProposalDetail id={id} tenant={tenant ?? own} />}
    </SideSheet>
  )
}

function ProposalDetail({ id, tenant }: { readonly id: string; readonly tenant: string }) {
  const { data, error, refetch } = useAsk({
    key: ['proposals', tenant, 'one', id],
    ask: (client) => client.proposals.get.query({ tenant, id }),
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton height={240} />
  return <ProposalBody proposal={data} tenant={tenant} />
}

interface BodyProps {
  readonly proposal: Proposal
  readonly tenant: string
}

function ProposalBody({ proposal, tenant }: BodyProps) {
  const words = useWords(approvalWords)
  const subjects = useWords(subjectWords)
  const names: Readonly<Record<string, string>> = useWords(factWords)
  const locale = useLocale()
  return (
    <Stack gap="lg">
      <div>
        <div className="sheet-amount">
          {subjects[proposal.subject as keyof typeof subjects] ?? proposal.subject} <State state={proposal.state} />
        </div>
        <p className="faint">{describeChange(proposal, locale)}</p>
      </div>
      <Decision proposal={proposal} tenant={tenant} />
      <section aria-label={words.detail}>
        <h2>{words.detail}</h2>
        <Facts
          facts={listFacts(proposal.change).map(([path, value]) => [names[path] ?? path, names[value] ?? value])}
        />
      </section>
      <Facts
        facts={[
          [words.maker, proposal.maker],
          [words.made, <When at={proposal.createdAt} seconds />],
          [words.expires, <When at={proposal.expiresAt} seconds />],
          [words.checker, proposal.checker],
          [words.decided, proposal.decidedAt === null ? null : <When at={proposal.decidedAt} seconds />],
          [words.digest, <Copied text={proposal.digest} short />],
        ]}
      />
    </Stack>
  )
}

/** Who may decide gets the two buttons; who may not is told why. */
function Decision({ proposal, tenant }: BodyProps) {
  const words = useWords(approvalWords)
  const { me } = useSession()
  const may = useMay()
  const [verdict, setVerdict] = useState<Verdict>()
  if (proposal.state !== 'open' || !may('proposal.decide')) return null
  if (proposal.maker === me.writtenAs) return <Alert color="yellow">{words.own}</Alert>
  if (proposal.subject === 'installation.upgrade') return <Alert color="blue">{words.elsewhere}</Alert>
  return (
    <Group>
      <Button onClick={() => setVerdict('approve')}>{words.approve}</Button>
      <Button variant="default" onClick={() => setVerdict('reject')}>
        {words.reject}
      </Button>
      {verdict && (
        <DecisionDialog proposal={proposal} tenant={tenant} verdict={verdict} close={() => setVerdict(undefined)} />
      )}
    </Group>
  )
}

type Verdict = 'approve' | 'reject'

interface DialogProps extends BodyProps {
  readonly verdict: Verdict
  readonly close: () => void
}

function DecisionDialog({ proposal, tenant, verdict, close }: DialogProps) {
  const words = useWords(approvalWords)
  const subjects = useWords(subjectWords)
  const locale = useLocale()
  const approving = verdict === 'approve'
  const subject = subjects[proposal.subject as keyof typeof subjects] ?? proposal.subject
  const what = `${subject} ${describeChange(proposal, locale)}`
  const done = (): void => {
    close()
    notifications.show({ message: approving ? words.approved : words.rejected, color: approving ? 'green' : 'gray' })
  }
  const decide = useDecision(proposal, { verdict, tenant, done })
  return (
    <Confirm
      title={approving ? words.approveTitle : words.rejectTitle}
      text={fillIn(approving ? words.approveText : words.rejectText, { what })}
      action={approving ? words.approve : words.reject}
      grave={!approving}
      doing={decide}
      go={() => decide.mutate(undefined)}
      close={close}
    />
  )
}

interface Deciding {
  readonly verdict: Verdict
  readonly tenant: string
  readonly done: () => void
}

/** By the digest of what was read: exactly that is decided, and nothing that it became meanwhile. */
function useDecision({ id, digest }: Proposal, { verdict, tenant, done }: Deciding) {
  return useDo({
    act: (client, _: undefined) => client.proposals[verdict].mutate({ tenant, id, digest }),
    touches: ['proposals', 'orders', 'refunds', 'book', 'breaks', 'grants', 'kills'],
    done,
  })
}
