import { MantineProvider, MantineThemeProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { LanguageContext, useWords } from '../words/use-words.ts'
import type { Language } from '../words/define-words.ts'
import { Boundary } from './boundary.tsx'
import { Gate } from '../session/gate.tsx'
import { queries } from '../session/queries.ts'
import { router } from './router.tsx'
import { shellWords } from './shell-words.ts'
import { styleNonce, theme, variables } from './theme.ts'

const place = 'inthread.language'

/** Everything around the pages: looks, language, the last net for errors, and who is signed in. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <LanguageProvider>
        <Notifications position="bottom-right" />
        <Boundary>
          <QueryClientProvider client={queries}>
            <Gate>
              <RouterProvider router={router} />
            </Gate>
          </QueryClientProvider>
        </Boundary>
      </LanguageProvider>
    </MantineProvider>
  )
}

function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(readLanguage)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const choose = (chosen: Language): void => {
    localStorage.setItem(place, chosen)
    setLanguage(chosen)
  }
  return (
    <LanguageContext value={{ language, choose }}>
      <Spoken>{children}</Spoken>
    </LanguageContext>
  )
}

/** What is read aloud of parts that bring no words of their own. */
function Spoken({ children }: { readonly children: ReactNode }) {
  const { close } = useWords(shellWords)
  const components = { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } }
  return (
    <MantineThemeProvider inherit theme={{ components }}>
      {children}
    </MantineThemeProvider>
  )
}

function readLanguage(): Language {
  const chosen = localStorage.getItem(place) ?? navigator.language
  return chosen.startsWith('zh') ? 'zh' : 'en'
}
