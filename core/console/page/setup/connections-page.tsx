import { Button, Skeleton } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Group } from '../form/schema.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { readDefinition, type Definition, type Section } from './definition.ts'
import { PartDialog } from './part-dialog.tsx'
import { setupWords } from './setup-words.ts'
import { useDefinition } from './use-setup.ts'

const route = getRouteApi('/t/$tenant/connections')
const sections = ['bots', 'operators', 'banks'] as const

/** Through whom the tenant speaks, and with whom. */
export function ConnectionsPage() {
  const words = useWords(setupWords)
  const { tenant } = route.useParams()
  const { data, error, refetch } = useDefinition(tenant)
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton height={320} />}
      {data &&
        sections.map((section) => (
          <SectionPanel key={section} section={section} definition={readDefinition(data.definition)} />
        ))}
    </>
  )
}

interface SectionProps {
  readonly section: Section
  readonly definition: Definition
}

function SectionPanel({ section, definition }: SectionProps) {
  const words = useWords(setupWords)
  const may = useMay()('tenant.write')
  const [changing, change] = useState<Group | 'new'>()
  const parts = definition[section]
  const addName = words[adds[section]]
  return (
    <section className="panel" aria-label={words[section]}>
      <div className="panel-head">
        <h2>{words[section]}</h2>
        {may && (
          <Button size="xs" variant="default" aria-label={addName} onClick={() => change('new')}>
            {words.add}
          </Button>
        )}
      </div>
      {parts.length === 0 && section !== 'bots' && (
        <p className="faint">{section === 'banks' ? words.noBanks : words.noOperators}</p>
      )}
      <ul className="lines">
        {parts.map((part) => (
          <PartLine key={nameOf(part)} part={part} {...(may ? { change: () => change(part) } : {})} />
        ))}
      </ul>
      {changing !== undefined && (
        <PartDialog
          {...{ section, definition }}
          part={changing === 'new' ? undefined : changing}
          close={() => change(undefined)}
        />
      )}
    </section>
  )
}

const adds = { bots: 'addBot', operators: 'addOperator', banks: 'addBank' } as const

const nameOf = (part: Group): string => String(part['id'])

interface LineProps {
  readonly part: Group
  readonly change?: () => void
}

function PartLine({ part, change }: LineProps) {
  const words = useWords(setupWords)
  return (
    <li>
      <span className="line-main">
        <strong>{String(part['name'] ?? part['id'])}</strong>
        <span className="mono faint">{describePart(part)}</span>
      </span>
      {change && (
        <Button
          size="xs"
          variant="default"
          aria-label={fillIn(words.changeOf, { name: nameOf(part) })}
          onClick={change}
        >
          {words.change}
        </Button>
      )}
    </li>
  )
}

/** The one thing by which people know a part of each kind. */
function describePart(part: Group): string {
  const facts = [part['chatbotId'], part['serviceNumber'], part['baseUrl'], part['channel'] ?? part['connector']]
  return facts.filter((fact) => typeof fact === 'string').join(' · ')
}
