import { Button, Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconDots, IconLogout, IconUserCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import { roleWords } from './role-words.ts'
import { useSession } from '../session/session.ts'
import { shellWords } from './shell-words.ts'
import { LanguageSwitch, ThemeSwitch } from './switches.tsx'

/** Who is signed in, how the pages look, and the way out. */
export function AccountMenu() {
  const words = useWords(shellWords)
  const { leave } = useSession()
  return (
    <Popover position="top-start" width={268} shadow="md" trapFocus withinPortal={false}>
      <Popover.Target>
        <UnstyledButton className="account" title={words.account}>
          <IconUserCircle size={22} stroke={1.5} aria-hidden />
          <AccountName />
          <IconDots size={16} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.account}>
        <Stack gap="md">
          <Labelled title={words.language}>
            <LanguageSwitch />
          </Labelled>
          <Labelled title={words.theme}>
            <ThemeSwitch />
          </Labelled>
          <Button variant="default" leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>
            {words.signOut}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function AccountName() {
  const roles = useWords(roleWords)
  const { name, role } = useSession().me
  return (
    <span className="account-name">
      <span>{name}</span>
      <small>{roles[role as keyof typeof roles] ?? role}</small>
    </span>
  )
}

function Labelled({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {title}
      </Text>
      {children}
    </div>
  )
}
