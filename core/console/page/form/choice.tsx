import { Radio, Stack } from '@mantine/core'

interface Props<V extends string> {
  readonly label: string
  readonly choices: readonly { readonly value: V; readonly label: string }[]
  /** Undefined while nothing is chosen. */
  readonly value: V | undefined
  readonly choose: (value: V) => void
}

/** One of a few, all of them in sight. */
export function Choice<V extends string>({ label, choices, value, choose }: Props<V>) {
  const change = (name: string): void => {
    const chosen = choices.find((each) => each.value === name)
    if (chosen) choose(chosen.value)
  }
  return (
    <Radio.Group label={label} value={value ?? null} onChange={change}>
      <Stack gap={6} mt={6}>
        {choices.map((each) => (
          <Radio key={each.value} value={each.value} label={each.label} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
