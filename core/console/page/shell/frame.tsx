import { Burger, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import icon from '../icon.svg'
import { useWords } from '../words/use-words.ts'
import { AccountMenu } from './account-menu.tsx'
import { Boundary } from './boundary.tsx'
import { Navigation } from './navigation.tsx'
import { shellWords } from './shell-words.ts'
import { TenantSwitch } from './tenant-switch.tsx'

/** The navigation at the left, or behind a button on a small screen, and the page. */
export function Frame() {
  const words = useWords(shellWords)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const [opened, { toggle, close }] = useDisclosure(false)
  useEffect(close, [path, close])
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="top-bar">
        <Burger opened={opened} onClick={toggle} size="sm" aria-label={words.menu} />
        <Brand />
      </header>
      <Drawer.Root opened={opened} onClose={close} size={264} padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={words.menuName}>
          <Drawer.Body>
            <Side />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <div className="side-column">
        <Side />
      </div>
      <main id="content" className="content" tabIndex={-1}>
        <Boundary path={path}>
          <Outlet />
        </Boundary>
      </main>
    </div>
  )
}

function Side() {
  return (
    <div className="side">
      <div className="side-head">
        <Brand />
      </div>
      <TenantSwitch />
      <Navigation />
      <AccountMenu />
    </div>
  )
}

function Brand() {
  return (
    <div className="brand">
      <img src={icon} alt="" width={24} height={24} />
      <span>Inthread</span>
    </div>
  )
}
