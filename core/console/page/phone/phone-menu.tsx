import { Menu } from '@mantine/core'
import { IconChevronUp } from '@tabler/icons-react'
import { useWords } from '../words/use-words.ts'
import type { Act, Thread } from '../simulator/simulator.ts'
import { simulatorWords } from '../simulator/simulator-words.ts'

interface Props {
  readonly menu: Thread['menu']
  readonly act: (act: Act) => void
}

/** The fixed menu: one to three keys, some with entries of their own. */
export function PhoneMenu({ menu, act }: Props) {
  const words = useWords(simulatorWords)
  if (menu.length === 0) return null
  return (
    <nav className="phone-menu" aria-label={words.menu}>
      {menu.map(({ label, entries }) =>
        entries.length === 0 ? (
          <button key={label} type="button" onClick={() => act({ does: 'picks', label })}>
            {label}
          </button>
        ) : (
          <Entries key={label} label={label} entries={entries} act={act} />
        ),
      )}
    </nav>
  )
}

interface EntriesProps extends Pick<Props, 'act'> {
  readonly label: string
  readonly entries: readonly string[]
}

function Entries({ label, entries, act }: EntriesProps) {
  return (
    <Menu position="top" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button">
          {label} <IconChevronUp size={13} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) => (
          <Menu.Item key={entry} onClick={() => act({ does: 'picks', label: entry })}>
            {entry}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
