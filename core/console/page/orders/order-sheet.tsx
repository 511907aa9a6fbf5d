import { Alert, Button, Skeleton, Stack } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Amount } from '../parts/amount.tsx'
import { Capability } from '../parts/capability.tsx'
import { Copied } from '../parts/copied.tsx'
import { Facts } from '../parts/facts.tsx'
import { Problem } from '../parts/problem.tsx'
import { SideSheet } from '../parts/side-sheet.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import type { Order, RefundLine } from './order-line.ts'
import { OrderHistory } from './order-history.tsx'
import { orderWords } from './order-words.ts'
import { Movements } from './movements.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import { countLeft } from './count-left.ts'

interface Props {
  /** Its number, or its id. */
  readonly order: string | undefined
  readonly close: () => void
}

export function OrderSheet({ order, close }: Props) {
  const words = useWords(orderWords)
  return (
    <SideSheet opened={order !== undefined} close={close} title={words.detail}>
      {order !== undefined && <OrderDetail name={order} />}
    </SideSheet>
  )
}

/** An order on its way is asked about again by itself. */
const restless = ['confirmed', 'processing', 'requires_action']

function OrderDetail({ name }: { readonly name: string }) {
  const tenant = useTenantId()
  const { data, error, refetch } = useAsk({
    key: ['orders', tenant, 'one', name],
    ask: (client) => client.orders.get.query({ tenant, order: name }),
  })
  const refunds = useAsk({
    key: ['refunds', tenant, data?.id],
    ask: (client) => client.orders.refunds.query({ tenant, order: data?.id, limit: 50 }),
    enabled: data !== undefined,
    ...(restless.includes(data?.state ?? '') ? { everyMs: 3000 } : {}),
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton height={320} />
  return <OrderBody order={data} refunds={refunds.data?.items ?? []} />
}

interface BodyProps {
  readonly order: Order
  readonly refunds: readonly RefundLine[]
}

function OrderBody({ order, refunds }: BodyProps) {
  return (
    <Stack gap="lg">
      <OrderTop order={order} refunds={refunds} />
      <OrderNote state={order.state} />
      <OrderFacts order={order} />
      <OrderHistory order={order} refunds={refunds} />
      <Movements order={order} />
    </Stack>
  )
}

function OrderTop({ order, refunds }: BodyProps) {
  const words = useWords(orderWords)
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const left = countLeft(order, refunds)
  return (
    <div className="sheet-top">
      <div>
        <div className="sheet-amount">
          <Amount amount={order.amount} /> <State state={order.state} />
        </div>
        <Copied text={order.number} />
      </div>
      {may('refund.write') && left > 0n && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {words.refund}
        </Button>
      )}
      {asking && <RefundDialog order={order} left={left} close={() => setAsking(false)} />}
    </div>
  )
}

function OrderNote({ state }: { readonly state: string }) {
  const words = useWords(orderWords)
  if (state === 'processing' || state === 'unknown') return <Alert color="blue">{words.unknownNote}</Alert>
  if (state === 'conflicted') return <Alert color="red">{words.conflictNote}</Alert>
  return null
}

function ThreadLink({ thread }: { readonly thread: string }) {
  const words = useWords(orderWords)
  const tenant = useTenantId()
  return (
    <Link to="/t/$tenant/threads/$thread" params={{ tenant, thread }}>
      {words.openConversation}
    </Link>
  )
}

function OrderFacts({ order }: { readonly order: Order }) {
  const words = useWords(orderWords)
  const may = useMay()
  return (
    <section aria-label={words.facts}>
      <h2>{words.facts}</h2>
      <Facts
        facts={[
          [words.what, <Capability id={order.capability} />],
          [words.bank, order.bank],
          [words.bankRef, order.bankRef === null ? null : <Copied text={order.bankRef} />],
          [words.fee, order.fee === null ? null : <Amount amount={order.fee} />],
          [words.reason, order.reason],
          [words.conversation, may('conversation.read') ? <ThreadLink thread={order.conversationId} /> : null],
          [words.created, <When at={order.createdAt} seconds />],
          [words.id, <Copied text={order.id} />],
        ]}
      />
    </section>
  )
}
