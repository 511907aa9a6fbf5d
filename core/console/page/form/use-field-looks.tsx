import { ActionIcon, Tooltip } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { problemAt, type FieldProps } from './field.ts'
import { formWords } from './form-words.ts'
import { showValue } from './schema.ts'
import { useSay } from '../saying/use-say.ts'

/** Label, help, problem and the way back to the default: the same for every kind of field. */
export function useFieldLooks({
  schema,
  name,
  path,
  value,
  inherited,
  required,
  disabled,
  problems,
  change,
}: FieldProps) {
  const words = useWords(formWords)
  const say = useSay()
  const isSet = value !== undefined
  const reset =
    isSet && !required && !disabled ? (
      <Tooltip label={`${words.reset}: ${showDefault(inherited, words)}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${words.reset}: ${schema.title ?? name}`}
          onClick={() => change(undefined)}
        >
          <IconRestore size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    ) : null
  return {
    label: schema.title ?? name,
    description: describe(schema, { inherited: isSet ? undefined : inherited, disabled, words }),
    error: problemAt(path, problems, say) ?? null,
    withAsterisk: required,
    disabled,
    ...(reset ? { rightSection: reset, rightSectionPointerEvents: 'all' as const } : {}),
  }
}

interface Told {
  readonly inherited: unknown
  readonly disabled: boolean
  readonly words: (typeof formWords)['zh']
}

function describe({ description, minimum, maximum, maxItems }: FieldProps['schema'], told: Told): string | undefined {
  const { inherited, disabled, words } = told
  const parts = [
    description,
    minimum !== undefined && maximum !== undefined
      ? fillIn(words.between, { least: minimum, most: maximum })
      : undefined,
    maxItems === undefined ? undefined : fillIn(words.atMost, { most: maxItems }),
    inherited === undefined ? undefined : fillIn(words.standard, { value: showDefault(inherited, words) }),
    disabled ? words.locked : undefined,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(' · ')
}

function showDefault(value: unknown, words: Told['words']): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  return value === '' ? words.empty : showValue(value)
}
