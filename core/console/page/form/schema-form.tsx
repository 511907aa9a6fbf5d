import { ActionIcon, Button, Fieldset, Group as Row, Stack } from '@mantine/core'
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { problemAt, type FieldProps, type Problem } from './field.ts'
import { formWords } from './form-words.ts'
import { MoneyField } from './money-field.tsx'
import { ChoiceField, ChoicesField, JsonField, NumberField, TextField, YesNoField } from './plain-fields.tsx'
import { asGroup, blankOf, kindOf, placeIn, putIn, type Group, type Kind, type Schema } from './schema.ts'
import { useFieldLooks } from './use-field-looks.tsx'
import { useSay } from '../saying/use-say.ts'

interface Props {
  readonly schema: Schema
  readonly path: string
  readonly value: Group
  readonly inherited: Group
  readonly locked: readonly string[]
  readonly disabled?: boolean
  readonly problems: readonly Problem[]
  readonly change: (value: Group) => void
}

/** The members of an object, one under the other. What is wrong is said by the platform, at its place. */
export function SchemaForm({ schema, path, value, inherited, locked, disabled = false, problems, change }: Props) {
  const words = useWords(formWords)
  const members = Object.entries(schema.properties ?? {})
  if (members.length === 0) return <p className="faint">{words.nothing}</p>
  return (
    <Stack gap="md">
      {members.map(([name, member]) => (
        <SchemaField
          key={name}
          schema={member}
          name={name}
          path={placeIn(path, name)}
          value={value[name]}
          inherited={inherited[name] ?? member.default}
          required={(schema.required ?? []).includes(name)}
          disabled={disabled || locked.includes(name)}
          problems={problems}
          change={(filled) => change(putIn(value, name, filled))}
        />
      ))}
    </Stack>
  )
}

const fields: Readonly<Record<Kind, (props: FieldProps) => ReactNode>> = {
  text: TextField,
  number: NumberField,
  'yes-no': YesNoField,
  choice: ChoiceField,
  choices: ChoicesField,
  list: ListField,
  group: GroupField,
  money: MoneyField,
  other: JsonField,
}

/** One value, with the field that fits its schema. */
function SchemaField(props: FieldProps) {
  const Field = fields[kindOf(props.schema)]
  return <Field {...props} />
}

function GroupField(props: FieldProps) {
  const { schema, path, value, inherited, disabled, problems, change, name } = props
  return (
    <Fieldset legend={schema.title ?? name}>
      {schema.description !== undefined && <p className="faint">{schema.description}</p>}
      <SchemaForm
        {...{ schema, path, disabled, problems, change }}
        value={asGroup(value)}
        inherited={asGroup(inherited)}
        locked={[]}
      />
    </Fieldset>
  )
}

/** Any number of the same thing, in their order. */
function ListField(props: FieldProps) {
  const { schema, path, value, inherited, disabled, problems, change } = props
  const words = useWords(formWords)
  const { label, description, rightSection } = useFieldLooks(props)
  const items = (Array.isArray(value) ? value : Array.isArray(inherited) ? inherited : []) as readonly unknown[]
  const member = schema.items ?? {}
  const replace = (index: number, ...by: readonly unknown[]): void => change(items.toSpliced(index, 1, ...by))
  const error = problemAt(path, problems, useSay())
  return (
    <Fieldset
      legend={
        <Row gap={4}>
          {label} {rightSection}
        </Row>
      }
    >
      {description !== undefined && <p className="faint list-help">{description}</p>}
      {items.map((item, index) => (
        <div className="list-item" key={index}>
          <SchemaField
            {...{ schema: member, value: item, problems, disabled, inherited: undefined, required: true }}
            name={fillIn(words.item, { n: index + 1 })}
            path={placeIn(path, index)}
            change={(filled) => replace(index, filled ?? blankOf(member))}
          />
          <ListTools
            at={index}
            disabled={disabled}
            up={() => change(items.toSpliced(index - 1, 2, item, items[index - 1]))}
            remove={() => replace(index)}
          />
        </div>
      ))}
      {error !== undefined && <p className="field-error">{error}</p>}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={disabled || items.length >= (schema.maxItems ?? Infinity)}
        onClick={() => change([...items, blankOf(member)])}
      >
        {words.add}
      </Button>
    </Fieldset>
  )
}

interface ToolsProps {
  readonly at: number
  readonly disabled: boolean
  readonly up: () => void
  readonly remove: () => void
}

function ListTools({ at, disabled, up, remove }: ToolsProps) {
  const words = useWords(formWords)
  const of = fillIn(words.item, { n: at + 1 })
  const looks = { variant: 'subtle', color: 'gray', disabled } as const
  return (
    <Row gap={2} wrap="nowrap">
      <ActionIcon {...looks} aria-label={`${words.up}: ${of}`} disabled={disabled || at === 0} onClick={up}>
        <IconArrowUp size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon {...looks} aria-label={`${words.remove}: ${of}`} onClick={remove}>
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </Row>
  )
}
