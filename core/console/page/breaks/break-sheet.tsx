import { Button, Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Amount, type Money } from '../parts/amount.tsx'
import { Copied } from '../parts/copied.tsx'
import { Facts } from '../parts/facts.tsx'
import { Problem } from '../parts/problem.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { PlainTable } from '../tables/plain-table.tsx'
import { useWords } from '../words/use-words.ts'
import { readDetail, type Break, type Told } from './break-detail.ts'
import { breakKindWords, breakWords, decisionWords } from './break-words.ts'
import { ResolveDialog } from './resolve-dialog.tsx'

/** What both sides say, and what is to become of it. */
export function BreakSheet({ found }: { readonly found: Break }) {
  const words = useWords(breakWords)
  const kinds: Readonly<Record<string, string>> = useWords(breakKindWords)
  const decisions: Readonly<Record<string, string>> = useWords(decisionWords)
  const { bank, book, difference, others, day, bankRef } = readDetail(found.detail)
  return (
    <Stack gap="lg">
      <div className="sheet-amount">
        {kinds[found.kind] ?? found.kind} <State state={found.state} />
      </div>
      <Steps found={found} />
      <section aria-label={words.facts}>
        <h2>{words.facts}</h2>
        <Sides bank={bank} book={book} />
      </section>
      <Facts
        facts={[
          [words.difference, difference ? <Differences amounts={[difference, ...others]} /> : null],
          [words.bank, found.bank],
          [words.day, day],
          [words.bankRef, bankRef === undefined ? null : <Copied text={bankRef} />],
          [words.order, found.order === null ? null : <OrderLink order={found.order} />],
          [words.opened, <When at={found.openedAt} seconds />],
          [words.assignee, found.assignee],
          [words.decided, found.decision === null ? null : (decisions[found.decision] ?? found.decision)],
          [words.decidedAt, found.decidedAt === null ? null : <When at={found.decidedAt} seconds />],
        ]}
      />
    </Stack>
  )
}

/** One in each currency: all of them are booked together. */
function Differences({ amounts }: { readonly amounts: readonly Money[] }) {
  return amounts.map((amount) => (
    <div key={amount.currency}>
      <Amount amount={amount} />
    </div>
  ))
}

function OrderLink({ order }: { readonly order: string }) {
  const words = useWords(breakWords)
  const tenant = useTenantId()
  return (
    <Link to="/t/$tenant/orders" params={{ tenant }} search={{ order }}>
      {words.openOrder}
    </Link>
  )
}

function Sides({ bank, book }: { readonly bank: Told; readonly book: Told }) {
  const words = useWords(breakWords)
  const sides = [
    [words.bankSays, bank],
    [words.bookSays, book],
  ] as const
  return (
    <PlainTable heads={['', words.status, { right: words.amount }]}>
      {sides.map(([name, { state, amount }]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{state === undefined ? '—' : <State state={state} />}</td>
          <td className="right">{amount ? <Amount amount={amount} /> : '—'}</td>
        </tr>
      ))}
    </PlainTable>
  )
}

/** Taken by one, decided by two. */
function Steps({ found }: { readonly found: Break }) {
  const words = useWords(breakWords)
  const may = useMay()
  const [resolving, setResolving] = useState(false)
  const take = useStep('takeBreak', found)
  const giveBack = useStep('giveBreakBack', found)
  if (!may('break.write') || (found.state !== 'open' && found.state !== 'assigned')) return null
  const taken = (): void => void notifications.show({ message: words.taken, color: 'green' })
  const error = take.error ?? giveBack.error
  return (
    <>
      {found.state === 'open' ? (
        <Group>
          <Button loading={take.isPending} onClick={() => take.mutate(undefined, { onSuccess: taken })}>
            {words.take}
          </Button>
          <span className="faint">{words.first}</span>
        </Group>
      ) : (
        <Group>
          {found.decisions.length === 0 ? (
            <span className="faint">{words.undecided}</span>
          ) : (
            <Button onClick={() => setResolving(true)}>{words.resolve}</Button>
          )}
          <Button variant="default" loading={giveBack.isPending} onClick={() => giveBack.mutate(undefined)}>
            {words.giveBack}
          </Button>
        </Group>
      )}
      {error && <Problem error={error} />}
      {resolving && <ResolveDialog found={found} close={() => setResolving(false)} />}
    </>
  )
}

function useStep(step: 'takeBreak' | 'giveBreakBack', { id }: Break) {
  const tenant = useTenantId()
  return useDo({
    act: (client, _: undefined) => client.books[step].mutate({ tenant, break: id }),
    touches: ['breaks', 'book'],
  })
}
