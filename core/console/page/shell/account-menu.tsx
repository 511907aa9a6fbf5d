import { Button, Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconDots, IconLogout, IconShieldLock, IconUserCircle, IconUsers } from '@tabler/icons-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import { roleWords } from './role-words.ts'
import { useMay, useSession } from '../session/session.ts'
import { shellWords } from './shell-words.ts'
import { LanguageSwitch, ThemeSwitch } from './switches.tsx'

/** Loaded when somebody opens them. */
const PeopleDialog = lazy(async () => ({ default: (await import('../people/people-dialog.tsx')).PeopleDialog }))
const AccountDialog = lazy(async () => ({ default: (await import('../account/account-dialog.tsx')).AccountDialog }))

/** Who is signed in, how the pages look, and the way out. */
export function AccountMenu() {
  const words = useWords(shellWords)
  const { leave, me } = useSession()
  const [menu, setMenu] = useState(false)
  const [dialog, setDialog] = useState<'account' | 'people'>()
  const may = useMay()
  const isPerson = me.kind === 'person'
  const open = (chosen: 'account' | 'people'): void => {
    setMenu(false)
    setDialog(chosen)
  }
  const close = (): void => setDialog(undefined)
  return (
    <>
      <Popover
        position="top-start"
        width={268}
        shadow="md"
        trapFocus
        withinPortal={false}
        opened={menu}
        onChange={setMenu}
      >
        <Popover.Target>
          <UnstyledButton className="account" title={words.account} onClick={() => setMenu(!menu)}>
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
            {isPerson && (
              <Button
                variant="default"
                leftSection={<IconShieldLock size={16} aria-hidden />}
                onClick={() => open('account')}
              >
                {words.security}
              </Button>
            )}
            {may('person.write') && (
              <Button
                variant="default"
                leftSection={<IconUsers size={16} aria-hidden />}
                onClick={() => open('people')}
              >
                {words.people}
              </Button>
            )}
            <Button variant="default" leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>
              {words.signOut}
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Suspense fallback={null}>
        {dialog === 'account' && <AccountDialog close={close} />}
        {dialog === 'people' && <PeopleDialog close={close} />}
      </Suspense>
    </>
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
