import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowLeft, IconDeviceMobileMessage, IconHeadset } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Copied } from '../parts/copied.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { useAsk, useDo } from '../session/use-ask.ts'
import { simulatorWords } from '../simulator/simulator-words.ts'
import { useFollow } from '../session/use-follow.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { ThreadOrders } from './thread-orders.tsx'
import { threadWords } from './thread-words.ts'
import { Timeline } from './timeline.tsx'

const route = getRouteApi('/t/$tenant/threads/$thread')
const shownAtMost = 300

/** Why did it say that? All of a conversation, in the order in which it happened. */
export function ThreadPage() {
  const words = useWords(threadWords)
  const { tenant, thread } = route.useParams()
  const may = useMay()
  return (
    <>
      <Link className="back" to="/t/$tenant/threads" params={{ tenant }}>
        <IconArrowLeft size={15} aria-hidden /> {words.back}
      </Link>
      <PageHead title={words.id} text={<Copied text={thread} />}>
        {may('thread.simulate') && <Replay />}
        {may('desk.write') && <TakeOver />}
      </PageHead>
      <div className="two-columns">
        <History />
        {may('order.read') && <ThreadOrders tenant={tenant} thread={thread} />}
      </div>
    </>
  )
}

function History() {
  const words = useWords(threadWords)
  const { tenant, thread } = route.useParams()
  const [how, setHow] = useState('all')
  const { data, error, refetch } = useTimeline(tenant, thread)
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton height={420} />
  return (
    <section className="panel" aria-label={words.timeline}>
      <div className="panel-head">
        <h2>{words.timeline}</h2>
        <SegmentedControl
          size="xs"
          aria-label={words.timeline}
          value={how}
          onChange={setHow}
          data={[
            { value: 'all', label: words.all },
            { value: 'said', label: words.said },
          ]}
        />
      </div>
      {data.length >= shownAtMost && <p className="faint">{fillIn(words.shortened, { n: shownAtMost })}</p>}
      <Timeline entries={data} onlySaid={how === 'said'} />
    </section>
  )
}

/** Read again as soon as anything new is told; how far a message came is looked at now and then. */
function useTimeline(tenant: string, thread: string) {
  const answer = useAsk({
    key: ['threads', tenant, 'one', thread],
    ask: (client) => client.conversations.timeline.query({ tenant, conversation: thread, limit: shownAtMost }),
    everyMs: 15_000,
  })
  const { data: news } = useFollow({
    key: ['thread-news', tenant, thread],
    follow: (client, options) =>
      client.conversations.follow.subscribe({ tenant, conversation: thread, limit: 1 }, options),
  })
  const { refetch } = answer
  useEffect(() => {
    if (news) void refetch()
  }, [news, refetch])
  return answer
}

/** The same once more, and nobody hears of it. */
function Replay() {
  const words = useWords(simulatorWords)
  const { tenant, thread } = route.useParams()
  return (
    <Button
      variant="default"
      leftSection={<IconDeviceMobileMessage size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/t/$tenant/simulator" params={{ tenant }} search={{ thread }} />}
    >
      {words.replay}
    </Button>
  )
}

function TakeOver() {
  const words = useWords(threadWords)
  const [asking, setAsking] = useState(false)
  const { tenant } = route.useParams()
  const navigate = route.useNavigate()
  const take = useTakeOver()
  const goToDesk = ({ case: id }: { readonly case: string }): void => {
    notifications.show({ message: words.taken, color: 'green' })
    void navigate({ to: '/t/$tenant/desk', params: { tenant }, search: { case: id } })
  }
  return (
    <>
      <Button variant="default" leftSection={<IconHeadset size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {words.takeOver}
      </Button>
      {asking && (
        <Confirm
          title={words.takeOverTitle}
          text={words.takeOverText}
          action={words.takeOver}
          doing={take}
          go={() => take.mutate(undefined, { onSuccess: goToDesk })}
          close={() => setAsking(false)}
        />
      )}
    </>
  )
}

function useTakeOver() {
  const { tenant, thread } = route.useParams()
  return useDo({
    act: (client, _: undefined) => client.desk.open.mutate({ tenant, conversation: thread }),
    touches: ['threads', 'desk'],
  })
}
