import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { countPlaces, readMinor } from '../form/minor.ts'
import { formatMoney, placePoint } from '../parts/amount.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { partWords } from '../parts/part-words.ts'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { useAsk, useDo } from '../session/use-ask.ts'
import { useLocale, useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import type { Order } from './order-line.ts'
import { refundWords } from './order-words.ts'

interface Props {
  readonly order: Order
  readonly left: bigint
  readonly close: () => void
}

/** How much, why, and what will happen; sent twice, it is still one refund. */
export function RefundDialog(props: Props) {
  const words = useWords(refundWords)
  return (
    <Dialog title={`${words.title} · ${props.order.number}`} close={props.close}>
      <RefundForm {...props} />
    </Dialog>
  )
}

function RefundForm({ order, left, close }: Props) {
  const words = useWords(refundWords)
  const common = useWords(partWords)
  const locale = useLocale()
  const { currency } = order.amount
  const places = countPlaces(currency)
  const [typed, setTyped] = useState(placePoint(String(left), places))
  const [reason, setReason] = useState('')
  const minor = readMinor(typed, places)
  const fits = minor !== undefined && minor > 0n && minor <= left
  const show = (value: bigint): string => formatMoney({ value: String(value), currency }, locale)
  const refund = useRefund(order, close)
  const send = (): void => refund.mutate({ amount: placePoint(String(minor), places), reason: reason.trim() })
  return (
    <Stack>
      <TextInput
        label={words.amount}
        description={fillIn(words.left, { left: show(left) })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={fits ? undefined : fillIn(words.wrong, { left: show(left) })}
        inputMode="decimal"
        rightSection={<Text size="xs">{currency}</Text>}
        rightSectionWidth={52}
        data-autofocus
      />
      <TextInput
        label={words.reason}
        description={words.reasonHelp}
        maxLength={60}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {fits && <Effect amount={show(minor)} />}
      {refund.error && <Problem error={refund.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {common.cancel}
        </Button>
        <Button color="red.9" disabled={!fits} loading={refund.isPending} onClick={send}>
          {fillIn(words.confirm, { amount: fits ? show(minor) : '' })}
        </Button>
      </Group>
    </Stack>
  )
}

function Effect({ amount }: { readonly amount: string }) {
  const words = useWords(refundWords)
  const tenant = useTenantId()
  const may = useMay()
  const { data } = useAsk({
    key: ['terms', tenant],
    ask: (client) => client.books.terms.query({ tenant }),
    enabled: may('book.read'),
  })
  return (
    <div className="effect">
      <p>{fillIn(words.effect, { amount })}</p>
      {data && <p>{fillIn(words.fourEyes, { limit: `${data.terms.refundLimit} ${data.terms.refundCurrency}` })}</p>}
    </div>
  )
}

function useRefund(order: Order, close: () => void) {
  const words = useWords(refundWords)
  const tenant = useTenantId()
  // One name for as long as the dialog is open: whoever sends again sends the same refund.
  const [ref] = useState(() => `console-${crypto.randomUUID()}`)
  const doing = useDo({
    act: (client, { amount, reason }: { readonly amount: string; readonly reason: string }) =>
      client.orders.refund.mutate({ tenant, order: order.id, amount, ref, ...(reason === '' ? {} : { reason }) }),
    touches: ['orders', 'refunds', 'proposals', 'book'],
  })
  const mutate = (input: { readonly amount: string; readonly reason: string }): void =>
    doing.mutate(input, {
      onSuccess: ({ waiting }) => {
        close()
        notifications.show({
          title: waiting ? words.waiting : words.sent,
          message: waiting ? words.waitingText : words.sentText,
          color: waiting ? 'yellow' : 'green',
        })
      },
    })
  return { ...doing, mutate }
}
