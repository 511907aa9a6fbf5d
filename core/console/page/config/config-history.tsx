import { Button, Stack } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { useState } from 'react'
import type { AdminApi } from '@inthread/client'
import type { Schema } from '../form/schema.ts'
import { Empty } from '../parts/empty.tsx'
import { Facts } from '../parts/facts.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { SideSheet } from '../parts/side-sheet.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/session.ts'
import { usePages } from '../session/use-ask.ts'
import { useWords } from '../words/use-words.ts'
import { CompareTable } from './compare-table.tsx'
import type { Installed } from './config-editor.tsx'
import { configWords } from './config-words.ts'
import { mergeLayers, readLayers, type Layers } from './layers.ts'

type Published = Awaited<ReturnType<AdminApi['installations']['history']['query']>>['items'][number]

interface Props {
  readonly installed: Installed
  readonly schema: Schema
  readonly layers: Layers
  readonly takeBack: (config: Layers) => void
}

export function ConfigHistory({ installed, schema, layers, takeBack }: Props) {
  const words = useWords(configWords)
  const [opened, setOpened] = useState<Published>()
  const { tenant, bot, plugin } = installed
  const answer = usePages({
    key: ['published', tenant, bot, plugin],
    ask: (client, cursor) => client.installations.history.query({ tenant, bot, plugin, cursor, limit: 30 }),
  })
  const columns = useColumns(answer.data?.[0]?.id)
  return (
    <section aria-label={words.history}>
      <p className="faint">{words.historyText}</p>
      <PageList
        label={words.history}
        answer={answer}
        columns={columns}
        keyOf={({ id }) => id}
        open={setOpened}
        empty={<Empty title={words.historyNone} text={words.historyNoneText} />}
      />
      <SideSheet opened={opened !== undefined} close={() => setOpened(undefined)} title={words.history}>
        {opened && <PublishedDetail {...{ published: opened, schema, layers, takeBack }} />}
      </SideSheet>
    </section>
  )
}

/** The newest of them is in force. */
function useColumns(newest: string | undefined): readonly Column<Published>[] {
  const words = useWords(configWords)
  return [
    {
      name: words.at,
      cell: ({ at, id }) => (
        <span className="step-line">
          <When at={at} seconds /> {id === newest && <State state="in-force" />}
        </span>
      ),
    },
    { name: words.by, cell: ({ by }) => by },
    { name: words.version, cell: ({ version }) => version, wide: true },
  ]
}

interface DetailProps extends Omit<Props, 'installed'> {
  readonly published: Published
}

function PublishedDetail({ published, schema, layers, takeBack }: DetailProps) {
  const words = useWords(configWords)
  const may = useMay()('installation.write')
  const then = readLayers(published.config)
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          [words.at, <When at={published.at} seconds />],
          [words.by, published.by],
          [words.version, published.version],
        ]}
      />
      <section aria-label={words.compare}>
        <h2>{words.compare}</h2>
        <CompareTable schema={schema} before={mergeLayers(layers)} after={mergeLayers(then)} />
      </section>
      {may && (
        <div>
          <Button variant="default" leftSection={<IconRestore size={16} aria-hidden />} onClick={() => takeBack(then)}>
            {words.takeBack}
          </Button>
        </div>
      )}
    </Stack>
  )
}
