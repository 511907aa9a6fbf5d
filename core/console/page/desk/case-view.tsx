import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { ThreadOrders } from '../threads/thread-orders.tsx'
import { useWords } from '../words/use-words.ts'
import type { Case } from './case.ts'
import { CaseEnds } from './case-ends.tsx'
import { Composer } from './composer.tsx'
import { deskWords, reasonWords } from './desk-words.ts'
import { Talk } from './talk.tsx'
import { DeskProblem } from './desk-problem.tsx'

interface Props {
  readonly id: string
  /** Undefined when it is closed. */
  readonly found: Case | undefined
  readonly leave: () => void
}

/** What was said in a case, and what can be done about it. */
export function CaseView({ id, found, leave }: Props) {
  const words = useWords(deskWords)
  const tenant = useTenantId()
  const may = useMay()
  return (
    <div className="desk-case">
      <button type="button" className="back desk-leave" onClick={leave}>
        <IconArrowLeft size={15} aria-hidden /> {words.toQueue}
      </button>
      <section className="panel" aria-label={words.talk}>
        <Head found={found} />
        <Talk id={id} />
        <Part id={id} found={found} />
      </section>
      {found && may('order.read') && <ThreadOrders tenant={tenant} thread={found.conversation} />}
    </div>
  )
}

function Head({ found }: Pick<Props, 'found'>) {
  const words = useWords(deskWords)
  const reasons: Readonly<Record<string, string>> = useWords(reasonWords)
  const tenant = useTenantId()
  const may = useMay()
  if (!found) return null
  return (
    <div className="panel-head">
      <h2>{reasons[found.reason] ?? found.reason}</h2>
      {may('conversation.read') && (
        <Link to="/t/$tenant/threads/$thread" params={{ tenant, thread: found.conversation }}>
          {words.timeline}
        </Link>
      )}
    </div>
  )
}

/** One's own part in it. */
function Part({ id, found }: Pick<Props, 'id' | 'found'>) {
  const words = useWords(deskWords)
  if (!found) return <p className="faint">{words.over}</p>
  if (found.state === 'open') return <Claim id={id} />
  if (!found.mine) return <p className="faint">{words.withColleague}</p>
  return (
    <>
      <Composer id={id} />
      <CaseEnds id={id} />
    </>
  )
}

function Claim({ id }: { readonly id: string }) {
  const words = useWords(deskWords)
  const tenant = useTenantId()
  const may = useMay()
  const claim = useDo({
    act: (client, _: undefined) => client.desk.claim.mutate({ tenant, case: id }),
    touches: ['desk'],
  })
  if (!may('desk.write')) return null
  return (
    <div className="desk-claim">
      <Button loading={claim.isPending} onClick={() => claim.mutate(undefined)}>
        {words.claim}
      </Button>
      <span className="faint">{words.claimHelp}</span>
      {claim.error && <DeskProblem error={claim.error} />}
    </div>
  )
}
