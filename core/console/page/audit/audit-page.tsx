import { Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { AdminApi } from '@inthread/client'
import { dayUs, startOfDay } from '../filters/days.ts'
import { DayFilter, Filters, TextFilter } from '../filters/filters.tsx'
import { asGroup } from '../form/schema.ts'
import { Copied } from '../parts/copied.tsx'
import { Empty } from '../parts/empty.tsx'
import { Facts } from '../parts/facts.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { SideSheet } from '../parts/side-sheet.tsx'
import { When } from '../parts/when.tsx'
import { usePages } from '../session/use-ask.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { actionNames, actorWords } from './action-words.ts'
import { auditWords } from './audit-words.ts'
import { VerifyChain } from './verify-chain.tsx'

const route = getRouteApi('/t/$tenant/audit')

type Line = Awaited<ReturnType<AdminApi['audit']['list']['query']>>['items'][number]

export function AuditPage() {
  const words = useWords(auditWords)
  const { tenant } = route.useParams()
  const [opened, open] = useState<Line>()
  const input = useInput()
  const answer = usePages({
    key: ['audit', tenant, input],
    ask: (client, cursor) => client.audit.list.query({ tenant, ...input, cursor, limit: 50 }),
  })
  return (
    <>
      <PageHead title={words.title} text={words.text}>
        <VerifyChain tenant={tenant} />
      </PageHead>
      <Filters filtered={Object.keys(route.useSearch()).length > 0}>
        <TextFilter name="action" label={words.what} placeholder={words.whatHelp} />
        <TextFilter name="actor" label={words.who} placeholder={words.whoHelp} />
        <TextFilter name="object" label={words.about} placeholder={words.aboutHelp} />
        <DayFilter name="from" label={words.from} />
        <DayFilter name="until" label={words.until} />
      </Filters>
      <PageList
        label={words.title}
        answer={answer}
        columns={useColumns()}
        keyOf={({ id }) => id}
        open={open}
        empty={<Empty title={words.none} text={words.noneText} />}
      />
      <SideSheet opened={opened !== undefined} close={() => open(undefined)} title={words.detail}>
        {opened && <Record line={opened} />}
      </SideSheet>
    </>
  )
}

/** What the address asks for, as the platform takes it. */
function useInput() {
  const { action, actor, object, from, until } = route.useSearch()
  const { timeZone } = useTenantSettings()
  const start = from === undefined ? undefined : startOfDay(from, timeZone)
  const end = until === undefined ? undefined : startOfDay(until, timeZone)
  return { action, actor, object, from: start, until: end === undefined ? undefined : end + dayUs }
}

function useColumns(): readonly Column<Line>[] {
  const words = useWords(auditWords)
  return [
    { name: words.what, cell: ({ action }) => <Action action={action} /> },
    { name: words.about, cell: ({ object }) => <Cut text={`${object.kind} ${object.id}`} />, wide: true },
    { name: words.who, cell: ({ actor }) => <Actor actor={actor} />, wide: true },
    { name: words.at, cell: ({ at }) => <When at={at} seconds />, right: true },
  ]
}

function Action({ action }: { readonly action: string }) {
  const names: Readonly<Record<string, string>> = useWords(actionNames)
  return (
    <span className="two-lines">
      {names[action] ?? action}
      {names[action] !== undefined && <small className="mono">{action}</small>}
    </span>
  )
}

function Actor({ actor: { kind, id } }: { readonly actor: Line['actor'] }) {
  const names: Readonly<Record<string, string>> = useWords(actorWords)
  const name = names[kind] ?? kind
  return <Cut text={kind === id ? name : `${name} ${id}`} />
}

function Cut({ text }: { readonly text: string }) {
  return (
    <span className="cut" title={text}>
      {text}
    </span>
  )
}

function Record({ line: { id, at, actor, action, object, data, seq } }: { readonly line: Line }) {
  const words = useWords(auditWords)
  return (
    <Stack gap="lg">
      <div className="sheet-amount">
        <Action action={action} />
      </div>
      <Facts
        facts={[
          [words.at, <When at={at} seconds />],
          [words.who, <Copied text={`${actor.kind}:${actor.id}`} />],
          [words.about, <Copied text={`${object.kind}:${object.id}`} />],
          [words.seq, seq ?? words.unlinked],
          [words.id, <Copied text={id} />],
        ]}
      />
      <section aria-label={words.data}>
        <h2>{words.data}</h2>
        <Facts
          facts={Object.entries(asGroup(JSON.parse(data))).map(([name, value]) => [name, JSON.stringify(value)])}
        />
      </section>
    </Stack>
  )
}
