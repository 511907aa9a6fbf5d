import { Alert, Button, Skeleton } from '@mantine/core'
import { IconArrowLeft, IconDownload, IconLock, IconUpload } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { asGroup, showValue, type Group } from '../form/schema.ts'
import { Empty } from '../parts/empty.tsx'
import { Facts } from '../parts/facts.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { Problem } from '../parts/problem.tsx'
import { SideSheet } from '../parts/side-sheet.tsx'
import { useMay } from '../session/session.ts'
import { useAsk, usePages } from '../session/use-ask.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import type { Collection } from './collection.ts'
import { dataWords } from './data-words.ts'
import { ImportDialog } from './import-dialog.tsx'
import { useExport } from './use-export.ts'

const route = getRouteApi('/t/$tenant/data/$plugin/$collection')

export function CollectionPage() {
  const words = useWords(dataWords)
  const { tenant, plugin, collection } = route.useParams()
  const { data, error, refetch } = useAsk({
    key: ['collections', tenant],
    ask: (client) => client.collections.list.query({ tenant }),
  })
  const found = data?.find((each) => each.plugin === plugin && each.collection === collection)
  return (
    <>
      <Link className="back" to="/t/$tenant/data" params={{ tenant }}>
        <IconArrowLeft size={15} aria-hidden /> {words.back}
      </Link>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} />}
      {data && !found && <Empty title={words.none} text={words.noneText} />}
      {found && <Whole collection={found} />}
    </>
  )
}

function Whole({ collection }: { readonly collection: Collection }) {
  const words = useWords(dataWords)
  const may = useMay()
  const [importing, setImporting] = useState(false)
  const isPublic = collection.dataClass === 'public'
  return (
    <>
      <PageHead title={collection.collection} text={`${collection.plugin} · ${collection.fields.join(', ')}`}>
        {isPublic && collection.documents > 0 && <ExportButton collection={collection} />}
        {isPublic && may('collection.write') && (
          <Button leftSection={<IconUpload size={16} aria-hidden />} onClick={() => setImporting(true)}>
            {words.import}
          </Button>
        )}
      </PageHead>
      {isPublic ? (
        <Documents collection={collection} />
      ) : (
        <Empty icon={IconLock} title={words.personalTitle} text={words.personalText} />
      )}
      {importing && <ImportDialog collection={collection} close={() => setImporting(false)} />}
    </>
  )
}

function ExportButton({ collection }: { readonly collection: Collection }) {
  const words = useWords(dataWords)
  const { tenant } = route.useParams()
  const save = useExport(tenant, collection)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={save.isPending}
        onClick={() => save.mutate(undefined)}
      >
        {words.export}
      </Button>
      {save.error && <Problem error={save.error} />}
    </>
  )
}

function Documents({ collection: { plugin, collection, fields, outdated } }: { readonly collection: Collection }) {
  const words = useWords(dataWords)
  const { tenant } = route.useParams()
  const [opened, setOpened] = useState<Group>()
  const answer = usePages({
    key: ['documents', tenant, plugin, collection],
    ask: async (client, after) => {
      const found = await client.collections.get.query({ tenant, plugin, collection, after: after ?? '', limit: 200 })
      return { items: found.documents.map(asGroup), next: found.next }
    },
  })
  const columns = fields.slice(0, 8).map((field, place): Column<Group> => {
    return { name: field, cell: (row) => <Cell value={row[field]} />, wide: place > 2 }
  })
  const names = fields.join(', ')
  return (
    <>
      {outdated > 0 && <Alert color="yellow">{fillIn(words.leftOut, { n: outdated })}</Alert>}
      <PageList
        label={collection}
        answer={answer}
        columns={columns}
        keyOf={(row) => JSON.stringify(row)}
        open={setOpened}
        empty={<Empty title={words.noneHere} text={fillIn(words.noneHereText, { fields: names })} />}
      />
      <SideSheet opened={opened !== undefined} close={() => setOpened(undefined)} title={words.detail}>
        {opened && <Facts facts={fields.map((field) => [field, <Cell key={field} value={opened[field]} />])} />}
      </SideSheet>
    </>
  )
}

function Cell({ value }: { readonly value: unknown }) {
  const text = showValue(value)
  return (
    <span className="cut" title={text}>
      {text}
    </span>
  )
}
