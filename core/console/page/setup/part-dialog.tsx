import { Button, Group as Row, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { ProblemList } from '../form/problem-list.tsx'
import type { Group, Schema } from '../form/schema.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Problem } from '../parts/problem.tsx'
import { count, fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { fromForm, putPart, toForm, wordSchema, type Definition, type Kind, type Section } from './definition.ts'
import { botForm } from './plain-schemas.ts'
import { ReviewDialog } from './review-dialog.tsx'
import { settingWords, setupWords } from './setup-words.ts'
import { useApply, useKinds } from './use-setup.ts'
import type { Problem as Wrong } from '../form/field.ts'

interface Props {
  readonly section: Section
  readonly definition: Definition
  /** Undefined for a new one. */
  readonly part: Group | undefined
  readonly close: () => void
}

/** A bot, an operator account or a bank connection; what it changes is looked at before it is saved. */
export function PartDialog(props: Props) {
  const { section, part, close } = props
  const words = useWords(setupWords)
  const { data } = useKinds()
  const titles = { bots: words.addBot, operators: words.addOperator, banks: words.addBank }
  const title = part ? fillIn(words.changeOf, { name: String(part['id']) }) : titles[section]
  return (
    <Dialog title={title} close={close} wide growing>
      {data && <PartForm {...props} kinds={section === 'operators' ? data.channels : data.banks} />}
    </Dialog>
  )
}

function PartForm({ kinds, ...props }: Props & { readonly kinds: readonly Kind[] }) {
  const { section, definition, part, close } = props
  const draft = usePart(props, kinds)
  const check = useApply(true)
  const [reviewed, review] = useState<Definition>()
  const problems = check.data?.problems ?? []
  const go = (after: Definition): void =>
    check.mutate(after, { onSuccess: (said) => said.problems.length === 0 && review(after) })
  const at = part ? definition[section].indexOf(part) : definition[section].length
  return (
    <Stack>
      {section !== 'bots' && <Place {...{ section, definition, kinds, draft }} />}
      <SchemaForm
        schema={draft.schema}
        path={`$.${section}[${at}]`}
        value={draft.form}
        inherited={{}}
        locked={[]}
        problems={problems}
        change={draft.setForm}
      />
      <Found problems={problems} error={check.error} />
      <Buttons {...{ part, close }} isPending={check.isPending} go={go} draft={draft} {...{ section, definition }} />
      {reviewed && (
        <ReviewDialog
          definition={reviewed}
          plan={check.data?.plan ?? []}
          done={close}
          close={() => review(undefined)}
        />
      )}
    </Stack>
  )
}

interface PartDraft {
  readonly schema: Schema
  readonly form: Group
  readonly setForm: (form: Group) => void
  readonly kind: string
  readonly setKind: (kind: string) => void
  readonly bot: string
  readonly setBot: (bot: string) => void
  /** As it stands in a definition. */
  readonly build: () => Group
}

/** What is filled in, by the kind that is chosen. */
function usePart({ section, definition, part = {} }: Props, kinds: readonly Kind[]): PartDraft {
  const names = useWords(settingWords)
  const help = useWords(setupWords)
  const field = section === 'operators' ? 'channel' : 'connector'
  const [kind, setKind] = useState(String(part[field] ?? kinds[0]?.id ?? ''))
  const [bot, setBot] = useState(String(part['bot'] ?? definition.bots[0]?.['id'] ?? ''))
  const found = section === 'bots' ? undefined : kinds.find(({ id }) => id === kind)
  const secrets = found?.secrets ?? []
  const [form, setForm] = useState<Group>(toForm(part, secrets))
  const isKept = Object.keys(part).length > 0
  const secretHelp = isKept ? `${help.secretKept} · ${help.secretHelp}` : help.secretHelp
  const whole = schemaOf(found)
  // What something is called stays as it is: others speak of it by that name.
  const open = isKept ? withoutId(whole) : whole
  const schema = wordSchema(open, names, { names: secrets, help: secretHelp, kept: isKept })
  const place = section === 'bots' ? {} : section === 'operators' ? { bot, channel: kind } : { connector: kind }
  const build = (): Group => ({ ...fromForm(form, secrets, part), ...place })
  return { schema, form, setForm, kind, setKind, bot, setBot, build }
}

function withoutId({ properties = {}, required = [], ...rest }: Schema): Schema {
  const { id: _, ...others } = properties
  return { ...rest, properties: others, required: required.filter((name) => name !== 'id') }
}

/** An identifier, then what the kind asks for. */
function schemaOf(kind: Kind | undefined): Schema {
  if (!kind) return botForm
  const settings = kind.settings as Schema
  const { rate: _, ...rest } = settings.properties ?? {}
  return {
    ...settings,
    properties: { id: { type: 'string', maxLength: 41 }, ...rest },
    required: ['id', ...(settings.required ?? [])],
  }
}

interface PlaceProps extends Pick<Props, 'section' | 'definition'> {
  readonly kinds: readonly Kind[]
  readonly draft: PartDraft
}

function Place({ section, definition, kinds, draft }: PlaceProps) {
  const words = useWords(setupWords)
  const bots = definition.bots.map((each) => ({ value: String(each['id']), label: String(each['name']) }))
  return (
    <>
      <Select
        label={words.kind}
        allowDeselect={false}
        data={kinds.map(({ id }) => id)}
        value={draft.kind}
        onChange={(kind) => kind !== null && draft.setKind(kind)}
      />
      {section === 'operators' && (
        <Select
          label={words.bot}
          allowDeselect={false}
          data={bots}
          value={draft.bot}
          onChange={(bot) => bot !== null && draft.setBot(bot)}
        />
      )}
    </>
  )
}

interface FoundProps {
  readonly problems: readonly Wrong[]
  readonly error: Error | null
}

function Found({ problems, error }: FoundProps) {
  const words = useWords(setupWords)
  if (error) return <Problem error={error} />
  if (problems.length === 0) return null
  return <ProblemList title={count(problems.length, words.problemOne, words.problems)} problems={problems} />
}

interface ButtonsProps extends Props {
  readonly isPending: boolean
  readonly draft: PartDraft
  readonly go: (after: Definition) => void
}

function Buttons({ section, definition, part, close, isPending, draft, go }: ButtonsProps) {
  const words = useWords(setupWords)
  const id = part ? String(part['id']) : undefined
  return (
    <Row justify="space-between">
      {part ? (
        <Button
          variant="default"
          disabled={isPending}
          onClick={() => go(putPart(definition, section, { id, part: undefined }))}
        >
          {words.remove}
        </Button>
      ) : (
        <span />
      )}
      <Row>
        <Button variant="default" onClick={close}>
          {words.cancel}
        </Button>
        <Button loading={isPending} onClick={() => go(putPart(definition, section, { id, part: draft.build() }))}>
          {words.next}
        </Button>
      </Row>
    </Row>
  )
}
