import type { SuggestionView } from '../../src/views.ts'
import { kindIcon } from '../card/card-actions.tsx'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import { Sideways } from '../draw/sideways.tsx'

interface ChipRowProps {
  readonly chips: readonly SuggestionView[]
  readonly onTap: (chip: SuggestionView) => void
}

/** Suggested answers to the last message, in one row that scrolls. */
export function ChipRow({ chips, onTap }: ChipRowProps) {
  const t = useText()
  return (
    <Sideways class="chips" label={t.chips}>
      {chips.map((chip) => (
        <button key={chip.index} type="button" class="chip" onClick={() => onTap(chip)}>
          {chip.kind !== 'reply' && <Icon name={kindIcon[chip.kind]} size={16} />}
          {chip.label}
        </button>
      ))}
    </Sideways>
  )
}
