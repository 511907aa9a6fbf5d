import { Alert, Button, Checkbox, FileButton, Group, Loader, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useState } from 'react'
import { Choice } from '../form/choice.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { partWords } from '../parts/part-words.ts'
import { Problem } from '../parts/problem.tsx'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { count, fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import type { Collection, Report } from './collection.ts'
import { dataWords } from './data-words.ts'
import { ImportReport } from './import-report.tsx'
import { useElapsed } from './use-elapsed.ts'

const mostBytes = 16_000_000

interface Props {
  readonly collection: Collection
  readonly close: () => void
}

/** The file is checked as a whole first; only then it can be written. */
export function ImportDialog({ collection, close }: Props) {
  const words = useWords(dataWords)
  return (
    <Dialog title={fillIn(words.importTitle, { collection: collection.collection })} close={close} wide growing>
      <ImportForm collection={collection} close={close} />
    </Dialog>
  )
}

interface Chosen {
  readonly name: string
  readonly text: string
}

interface Options {
  readonly replace: boolean
  readonly skipBad: boolean
}

function ImportForm({ collection, close }: Props) {
  const words = useWords(dataWords)
  const [file, setFile] = useState<Chosen>()
  const [tooBig, setTooBig] = useState(false)
  const [options, setOptions] = useState<Options>({ replace: false, skipBad: false })
  const check = useImport(collection, true)
  const write = useImport(collection, false)
  const take = async (chosen: File | null): Promise<void> => {
    if (!chosen) return
    setTooBig(chosen.size > mostBytes)
    write.reset()
    if (chosen.size > mostBytes) return
    const text = await chosen.text()
    setFile({ name: chosen.name, text })
    check.mutate({ text, replace: false, skipBad: false })
  }
  const done = ({ good }: Report): void => {
    close()
    notifications.show({ message: count(good, words.importedOne, words.imported), color: 'green' })
  }
  const send = (): void =>
    write.mutate(
      { text: file?.text ?? '', ...options },
      { onSuccess: (said) => (said.imported ? done(said) : undefined) },
    )
  const report = write.data ?? check.data
  return (
    <Stack>
      <p className="faint">{fillIn(words.importHelp, { fields: collection.fields.join(', ') })}</p>
      <FileChoice
        name={file?.name}
        take={(chosen) => void take(chosen)}
        disabled={check.isPending || write.isPending}
      />
      {tooBig && <Alert color="red">{words.tooBig}</Alert>}
      <Waiting text={check.isPending ? words.checking : write.isPending ? words.writing : undefined} />
      {check.error && <Problem error={check.error} />}
      {write.error && <Problem error={write.error} />}
      {report && !check.isPending && <ImportReport report={report} />}
      {report && report.good > 0 && !check.isPending && (
        <Choices report={report} present={collection.documents} options={options} change={setOptions} />
      )}
      <SendRow
        report={check.isPending ? undefined : report}
        options={options}
        isSending={write.isPending}
        send={send}
        close={close}
      />
    </Stack>
  )
}

function useImport({ plugin, collection }: Collection, dryRun: boolean) {
  const tenant = useTenantId()
  return useDo({
    act: (client, { text, replace, skipBad }: Options & { readonly text: string }) =>
      client.collections.import.mutate({
        ...{ tenant, plugin, collection, format: 'csv', text, dryRun, skipBad },
        mode: replace ? 'replace' : 'merge',
      }),
    touches: dryRun ? [] : ['collections', 'documents'],
  })
}

interface FileProps {
  readonly name: string | undefined
  readonly take: (file: File | null) => void
  readonly disabled: boolean
}

function FileChoice({ name, take, disabled }: FileProps) {
  const words = useWords(dataWords)
  return (
    <Group>
      <FileButton onChange={take} accept=".csv,text/csv" disabled={disabled} inputProps={{ 'aria-label': words.file }}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileSpreadsheet size={16} aria-hidden />}>
            {name === undefined ? words.choose : words.again}
          </Button>
        )}
      </FileButton>
      <span className="faint">{name ?? words.fileHelp}</span>
    </Group>
  )
}

function Waiting({ text }: { readonly text: string | undefined }) {
  const words = useWords(dataWords)
  const seconds = useElapsed(text !== undefined)
  if (text === undefined) return null
  return (
    <Group gap="xs" role="status">
      <Loader size="xs" />
      {text} <span className="faint">{fillIn(words.elapsed, { n: seconds })}</span>
    </Group>
  )
}

interface ChoicesProps {
  readonly report: Report
  readonly present: number
  readonly options: Options
  readonly change: (options: Options) => void
}

const modes = ['merge', 'replace'] as const

function Choices({ report, present, options, change }: ChoicesProps) {
  const words = useWords(dataWords)
  return (
    <>
      {present > 0 && (
        <Choice
          label={words.mode}
          choices={modes.map((value) => ({ value, label: words[value] }))}
          value={options.replace ? 'replace' : 'merge'}
          choose={(mode) => change({ ...options, replace: mode === 'replace' })}
        />
      )}
      {options.replace && <Alert color="orange">{fillIn(words.replaceWarn, { n: present })}</Alert>}
      {report.bad > 0 && (
        <Checkbox
          label={words.skipBad}
          checked={options.skipBad}
          onChange={(event) => change({ ...options, skipBad: event.currentTarget.checked })}
        />
      )}
    </>
  )
}

interface SendProps {
  readonly report: Report | undefined
  readonly options: Options
  readonly isSending: boolean
  readonly send: () => void
  readonly close: () => void
}

function SendRow({ report, options, isSending, send, close }: SendProps) {
  const words = useWords(dataWords)
  const common = useWords(partWords)
  const ready = report !== undefined && report.good > 0 && (report.bad === 0 || options.skipBad)
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={close} disabled={isSending}>
        {common.cancel}
      </Button>
      <Button disabled={!ready} loading={isSending} onClick={send} {...(options.replace ? { color: 'red.9' } : {})}>
        {count(report?.good ?? 0, words.writeOne, words.write)}
      </Button>
    </Group>
  )
}
