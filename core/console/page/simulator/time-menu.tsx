import { Button, Menu } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { useWords } from '../words/use-words.ts'
import type { Act } from './simulator.ts'
import { simulatorWords } from './simulator-words.ts'

const leaps = [
  ['minute', 60],
  ['tenMinutes', 600],
  ['hour', 3600],
  ['day', 86_400],
  ['twoDays', 172_800],
] as const

/** Reminders come and questions run out when time passes. */
export function TimeMenu({ act }: { readonly act: (act: Act) => void }) {
  const words = useWords(simulatorWords)
  return (
    <Menu position="bottom-start" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconPlayerTrackNext size={15} aria-hidden />}>
          {words.time}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {leaps.map(([name, seconds]) => (
          <Menu.Item key={name} onClick={() => act({ does: 'waits', seconds })}>
            {words[name]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
