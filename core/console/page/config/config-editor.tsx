import { Alert, Button, Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Problem as Wrong } from '../form/field.ts'
import { ProblemList } from '../form/problem-list.tsx'
import type { Group as Config, Schema } from '../form/schema.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { count } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { CompareTable } from './compare-table.tsx'
import { configWords } from './config-words.ts'
import { compareConfigs, mergeBelow, mergeLayers, type Layers } from './layers.ts'
import type { Draft } from './use-draft.ts'

export interface Installed {
  readonly tenant: string
  readonly bot: string
  readonly plugin: string
}

interface Props {
  readonly installed: Installed
  readonly schema: Schema
  readonly layers: Layers
  readonly draft: Draft
}

/** Draft, check, publish: nobody learns from users that a setting was wrong. */
export function ConfigEditor({ installed, schema, layers, draft }: Props) {
  const words = useWords(configWords)
  const may = useMay()('installation.write')
  const [asking, setAsking] = useState(false)
  const value = draft.kept ?? layers.tenant ?? {}
  const drafted = { ...layers, tenant: value }
  const changed = compareConfigs(layers.tenant ?? {}, value).length > 0
  const check = useConfigure(installed, true)
  const problems = check.data?.problems ?? []
  const change = (next: Config): void => {
    draft.keep(next)
    check.reset()
  }
  const publish = (): void => check.mutate(drafted, { onSuccess: (said) => setAsking(said.problems.length === 0) })
  return (
    <section className="panel" aria-label={words.title}>
      <div className="panel-head">
        <h2>{words.title}</h2>
      </div>
      <Stack gap="lg">
        <p className="faint">{words.text}</p>
        <SchemaForm
          schema={schema}
          path="$.config"
          value={value}
          inherited={mergeBelow(layers)}
          locked={layers.locked ?? []}
          disabled={!may}
          problems={problems}
          change={change}
        />
        <Checked isDone={check.data !== undefined} problems={problems} />
        {check.error && <Problem error={check.error} />}
        {may && (
          <Group>
            <Button disabled={!changed} loading={check.isPending} onClick={publish}>
              {words.publish}
            </Button>
            <Button variant="default" disabled={check.isPending} onClick={() => check.mutate(drafted)}>
              {words.check}
            </Button>
            {changed && (
              <Button variant="subtle" color="gray" onClick={draft.discard}>
                {words.discard}
              </Button>
            )}
            {changed && <span className="faint">{words.draftKept}</span>}
          </Group>
        )}
      </Stack>
      {asking && <Publish {...{ installed, schema, layers, drafted, draft }} close={() => setAsking(false)} />}
    </section>
  )
}

/** Sends a whole config: what another layer says goes along as it is. */
function useConfigure({ tenant, bot, plugin }: Installed, dryRun: boolean) {
  return useDo({
    act: (client, config: Layers) => client.installations.configure.mutate({ tenant, bot, plugin, config, dryRun }),
    touches: dryRun ? [] : ['installations', 'published'],
  })
}

function Checked({ isDone, problems }: { readonly isDone: boolean; readonly problems: readonly Wrong[] }) {
  const words = useWords(configWords)
  if (!isDone) return null
  if (problems.length === 0)
    return (
      <Alert color="green" title={words.good} role="status">
        {words.goodText}
      </Alert>
    )
  return <ProblemList title={count(problems.length, words.badOne, words.bad)} problems={problems} />
}

interface PublishProps extends Props {
  readonly drafted: Layers
  readonly close: () => void
}

function Publish({ installed, schema, layers, drafted, draft, close }: PublishProps) {
  const words = useWords(configWords)
  const publish = useConfigure(installed, false)
  const done = ({ problems }: { readonly problems: readonly Wrong[] }): void => {
    if (problems.length > 0) return
    close()
    draft.discard()
    notifications.show({ title: words.published, message: words.publishedText, color: 'green' })
  }
  return (
    <Confirm
      title={words.publishTitle}
      text={words.publishText}
      action={words.publish}
      doing={publish}
      go={() => publish.mutate(drafted, { onSuccess: done })}
      close={close}
    >
      <CompareTable schema={schema} before={mergeLayers(layers)} after={mergeLayers(drafted)} />
      {publish.data && <Checked isDone problems={publish.data.problems} />}
    </Confirm>
  )
}
