import { Button, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Copied } from '../parts/copied.tsx'
import { Facts } from '../parts/facts.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { consentWords, purposeWords } from './consent-words.ts'
import type { Consent } from './consent.ts'

export function Purpose({ id }: { readonly id: string }) {
  const words: Readonly<Record<string, string>> = useWords(purposeWords)
  return <>{words[id] ?? id}</>
}

/** What was allowed, by which text, and how that is known. */
export function ConsentSheet({ consent }: { readonly consent: Consent }) {
  const words = useWords(consentWords)
  const may = useMay()
  const { evidence } = consent
  const when = (at: number | null) => (at === null ? null : <When at={at} seconds />)
  return (
    <Stack gap="lg">
      <div className="sheet-top">
        <div className="sheet-amount">
          <Purpose id={consent.purpose} /> <State state={consent.state} />
        </div>
        {may('consent.write') && consent.state === 'granted' && <Withdraw consent={consent} />}
      </div>
      <Facts
        facts={[
          [words.receiver, consent.receiver],
          [words.data, consent.dataClasses.join(', ')],
          [words.marketing, consent.marketing ? words.yes : words.no],
          [words.subscriber, <Copied text={consent.subscriber} />],
          [words.asked, when(consent.askedAt)],
          [words.answered, when(consent.answeredAt)],
          [words.expires, when(consent.expiresAt)],
          [words.ended, when(consent.endedAt)],
        ]}
      />
      <section aria-label={words.evidence}>
        <h2>{words.evidence}</h2>
        <Facts
          facts={[
            [words.textVersion, consent.textVersion],
            [words.textDigest, <Copied text={consent.textSha256} short />],
            [words.conversation, evidence.conversation === null ? null : <Thread thread={evidence.conversation} />],
            [words.run, evidence.run === null ? null : <Copied text={evidence.run} short />],
            [words.bankRef, evidence.bankRef === null ? null : <Copied text={evidence.bankRef} />],
          ]}
        />
      </section>
    </Stack>
  )
}

function Thread({ thread }: { readonly thread: string }) {
  const words = useWords(consentWords)
  const tenant = useTenantId()
  if (!useMay()('conversation.read')) return <Copied text={thread} short />
  return (
    <Link to="/t/$tenant/threads/$thread" params={{ tenant, thread }}>
      {words.openConversation}
    </Link>
  )
}

function Withdraw({ consent }: { readonly consent: Consent }) {
  const words = useWords(consentWords)
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords)
  const tenant = useTenantId()
  const [asking, setAsking] = useState(false)
  const withdraw = useDo({
    act: (client, _: undefined) => client.consents.withdraw.mutate({ tenant, consent: consent.id }),
    touches: ['consents'],
    done: () => {
      setAsking(false)
      notifications.show({ message: words.withdrawn, color: 'gray' })
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.withdraw}
      </Button>
      {asking && (
        <Confirm
          title={words.withdrawTitle}
          text={fillIn(words.withdrawText, { purpose: purposes[consent.purpose] ?? consent.purpose })}
          action={words.withdraw}
          grave
          doing={withdraw}
          go={() => withdraw.mutate(undefined)}
          close={() => setAsking(false)}
        />
      )}
    </>
  )
}
