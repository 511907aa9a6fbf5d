import { Alert, Button, Group, Select, Skeleton, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useFilter } from '../filters/use-filter.ts'
import { Sentences } from '../form/problem-list.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { useAsk, useDo } from '../session/use-ask.ts'
import { dropText } from '../simulator/drafts.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { PhonePreview } from './phone-preview.tsx'
import { languagesOf, pickLanguage, wordingOf, type Template } from './template.ts'
import { textWords } from './text-words.ts'
import { TryText } from './try-text.tsx'
import { Variables } from './variables.tsx'

interface Props {
  readonly tenant: string
  readonly plugin: string
  readonly text: string
}

export function TextEditor({ tenant, plugin, text }: Props) {
  const words = useWords(textWords)
  const page = useLanguage()
  const [wanted, chooseLanguage] = useFilter('language')
  const { data, error, refetch } = useAsk({
    key: ['templates', tenant, plugin, 'one', text],
    ask: (client) => client.templates.get.query({ tenant, plugin, text }),
  })
  const language = data && pickLanguage(languagesOf(data), wanted, page)
  return (
    <>
      <Link className="back" to="/t/$tenant/texts" params={{ tenant }} search={{ plugin }}>
        <IconArrowLeft size={15} aria-hidden /> {words.back}
      </Link>
      <PageHead title={text} text={plugin}>
        {data && language !== undefined && (
          <Select
            aria-label={words.language}
            data={[...languagesOf(data)]}
            value={language}
            onChange={chooseLanguage}
            allowDeselect={false}
            w={120}
          />
        )}
      </PageHead>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton height={320} />}
      {data && language !== undefined && (
        <Editing key={language} {...{ tenant, plugin, text, language }} template={data} />
      )}
    </>
  )
}

interface EditingProps extends Props {
  readonly language: string
  readonly template: Template
}

function Editing(props: EditingProps) {
  const words = useWords(textWords)
  const { template, language } = props
  const may = useMay()('template.write')
  const inForce = wordingOf(template, language)
  const own = template.own[language]
  const [draft, setDraft] = useState(inForce)
  const field = useRef<HTMLTextAreaElement>(null)
  const put = usePut(props)
  const problems = put.data?.problems ?? []
  const insert = (name: string): void => {
    const at = field.current?.selectionStart ?? draft.length
    setDraft(`${draft.slice(0, at)}{{${name}}}${draft.slice(at)}`)
    field.current?.focus()
  }
  const saved = (said: { readonly problems: readonly unknown[] }): void => {
    if (said.problems.length > 0) return
    dropText(props.tenant, { plugin: props.plugin, text: props.text, locale: language })
    notifications.show({ message: words.saved, color: 'green' })
  }
  return (
    <div className="text-editor">
      <section className="panel" aria-label={words.wording}>
        {own?.fits === false && <Alert color="yellow">{words.unfitText}</Alert>}
        <Textarea
          ref={field}
          label={words.wording}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          autosize
          minRows={5}
          maxRows={16}
          maxLength={16_000}
          readOnly={!may}
          lang={language}
        />
        <Variables template={template} insert={may ? insert : undefined} />
        <Sentences title={words.problems} sentences={problems} />
        {put.error && <Problem error={put.error} />}
        {may && (
          <Group mt="md">
            <Button
              disabled={draft === inForce && own?.fits !== false}
              loading={put.isPending}
              onClick={() => put.mutate(draft, { onSuccess: saved })}
            >
              {words.save}
            </Button>
            {draft !== inForce && (
              <Button variant="subtle" color="gray" onClick={() => setDraft(inForce)}>
                {words.undo}
              </Button>
            )}
            <TryText {...props} source={draft} changed={draft !== inForce} />
            {own && <Reset {...props} done={() => setDraft(template.wording[language] ?? '')} />}
          </Group>
        )}
        {own && <Original text={template.wording[language] ?? ''} language={language} />}
      </section>
      <PhonePreview {...props} source={draft} />
    </div>
  )
}

function Original({ text, language }: { readonly text: string; readonly language: string }) {
  const words = useWords(textWords)
  return (
    <details className="original">
      <summary>{words.original}</summary>
      <p lang={language}>{text}</p>
    </details>
  )
}

/** With the version that was read: what somebody else has published meanwhile is not overwritten. */
function usePut({ tenant, plugin, text, language, template }: EditingProps) {
  const version = template.own[language]?.version ?? 0
  return useDo({
    act: (client, source: string | null) =>
      client.templates.put.mutate({ tenant, plugin, text, locale: language, source, version }),
    touches: ['templates', 'preview'],
  })
}

function Reset(props: EditingProps & { readonly done: () => void }) {
  const words = useWords(textWords)
  const [asking, setAsking] = useState(false)
  const put = usePut(props)
  const finish = (): void => {
    setAsking(false)
    props.done()
    notifications.show({ message: words.resetDone, color: 'gray' })
  }
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.reset}
      </Button>
      {asking && (
        <Confirm
          title={words.resetTitle}
          text={words.resetText}
          action={words.reset}
          doing={put}
          go={() => put.mutate(null, { onSuccess: finish })}
          close={() => setAsking(false)}
        />
      )}
    </>
  )
}
