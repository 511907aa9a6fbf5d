import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { LanguageContext } from '../words/use-words.ts'
import type { Language } from '../words/define-words.ts'
import { Boundary } from './boundary.tsx'
import { Gate } from '../session/gate.tsx'
import { queries } from '../session/queries.ts'
import { router } from './router.tsx'
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
        <Notifications position="top-right" />
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
  return <LanguageContext value={{ language, choose }}>{children}</LanguageContext>
}

function readLanguage(): Language {
  const chosen = localStorage.getItem(place) ?? navigator.language
  return chosen.startsWith('zh') ? 'zh' : 'en'
}
