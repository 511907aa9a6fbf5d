import { MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../words/use-words.ts'
import type { FieldProps } from './field.ts'
import { formWords } from './form-words.ts'
import { showValue } from './schema.ts'
import { useFieldLooks } from './use-field-looks.tsx'

export function TextField(props: FieldProps) {
  const { schema, value, change } = props
  const common = useFieldLooks(props)
  const text = typeof value === 'string' ? value : value === undefined ? '' : showValue(value)
  const all = { ...common, value: text, placeholder: showPlaceholder(props) }
  // A text of many letters may have lines; what is emptied stays empty, and is not the default again.
  return (schema.maxLength ?? 0) > 300 ? (
    <Textarea {...all} autosize minRows={2} maxRows={8} onChange={(event) => change(event.currentTarget.value)} />
  ) : (
    <TextInput {...all} onChange={(event) => change(event.currentTarget.value)} />
  )
}

function showPlaceholder({ inherited }: FieldProps): string {
  return inherited === undefined ? '' : showValue(inherited)
}

/** What is no number is kept as it was typed: the platform says what is wrong with it. */
export function NumberField(props: FieldProps) {
  const { value, change } = props
  const read = (typed: string): unknown => {
    if (typed.trim() === '') return undefined
    return /^-?\d{1,15}(\.\d{1,10})?$/.test(typed.trim()) ? Number(typed) : typed
  }
  return (
    <TextInput
      {...useFieldLooks(props)}
      inputMode="decimal"
      styles={{ wrapper: { maxWidth: 320 } }}
      value={value === undefined ? '' : showValue(value)}
      placeholder={showPlaceholder(props)}
      onChange={(event) => change(read(event.currentTarget.value))}
    />
  )
}

export function YesNoField(props: FieldProps) {
  const { value, inherited, change } = props
  const { rightSection, rightSectionPointerEvents: _, withAsterisk: __, ...common } = useFieldLooks(props)
  return (
    <div className="switch-field">
      <Switch
        {...common}
        checked={(value ?? inherited) === true}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {rightSection}
    </div>
  )
}

export function ChoiceField(props: FieldProps) {
  const { schema, value, change, required } = props
  const { rightSection: _, rightSectionPointerEvents: __, ...common } = useFieldLooks(props)
  return (
    <Select
      {...common}
      data={(schema.enum ?? []).map(showValue)}
      value={value === undefined ? null : showValue(value)}
      placeholder={showPlaceholder(props)}
      searchable
      clearable={!required}
      styles={{ wrapper: { maxWidth: 420 } }}
      onChange={(chosen) => change((schema.enum ?? []).find((each) => showValue(each) === chosen))}
    />
  )
}

export function ChoicesField(props: FieldProps) {
  const { schema, value, inherited, change } = props
  const chosen = (Array.isArray(value) ? value : Array.isArray(inherited) ? inherited : []) as readonly unknown[]
  return (
    <MultiSelect
      {...useFieldLooks(props)}
      data={(schema.items?.enum ?? []).map(showValue)}
      value={chosen.map(showValue)}
      searchable
      hidePickedOptions
      {...(schema.maxItems === undefined ? {} : { maxValues: schema.maxItems })}
      onChange={change}
    />
  )
}

/** What no field of ours fits. */
export function JsonField(props: FieldProps) {
  const { value, inherited, change } = props
  const words = useWords(formWords)
  const [typed, setTyped] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const [broken, setBroken] = useState(false)
  const { error, description, ...common } = useFieldLooks(props)
  const write = (text: string): void => {
    setTyped(text)
    const read = readJson(text)
    setBroken(!read)
    if (read) change(read.value)
  }
  return (
    <Textarea
      {...common}
      description={[description, words.json].filter((part) => part !== undefined).join(' · ')}
      error={broken ? words.badJson : error}
      value={typed}
      placeholder={inherited === undefined ? '' : JSON.stringify(inherited)}
      autosize
      minRows={3}
      className="mono"
      onChange={(event) => write(event.currentTarget.value)}
    />
  )
}

function readJson(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
