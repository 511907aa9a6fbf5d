import { createContext } from 'preact'
import type { ComponentChildren } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import { readAddress } from './address.ts'
import { strings } from './strings.ts'
import type { Language, Strings } from './strings.ts'

export type Theme = 'light' | 'dark'

export interface Preferences {
  readonly language: Language
  readonly theme: Theme
  /** Whether every message offers a look at its wire bodies. */
  readonly hood: boolean
  readonly setLanguage: (language: Language) => void
  readonly setTheme: (theme: Theme) => void
  readonly setHood: (hood: boolean) => void
}

const PreferencesContext = createContext<Preferences | undefined>(undefined)

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext)
  if (!preferences) throw new Error('preferences are missing')
  return preferences
}

export function useText(): Strings {
  return strings[usePreferences().language]
}

/** Remembers a choice in this browser; without one the fallback counts. */
export function useRemembered<T extends string>(name: string, fallback: T): [T, (value: T) => void] {
  const key = `phone.${name}`
  const [value, setValue] = useState<T>(() => (localStorage.getItem(key) as T | null) ?? fallback)
  const remember = (next: T): void => {
    localStorage.setItem(key, next)
    setValue(next)
  }
  return [value, remember]
}

function findDefaultLanguage(): Language {
  return document.documentElement.dataset['locale']?.startsWith('en') ? 'en' : 'zh'
}

function findSystemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export function PreferencesProvider({ children }: { readonly children: ComponentChildren }) {
  const address = useMemo(readAddress, [])
  const [language, rememberLanguage] = useRemembered<Language>('language', findDefaultLanguage())
  const [theme, rememberTheme] = useRemembered<Theme>('theme', findSystemTheme())
  const [hood, setHood] = useState(false)
  // The address bar wins until its reader chooses otherwise; it is not remembered.
  const [given, setGiven] = useState({ language: address.language, theme: address.theme })
  const shown = { language: given.language ?? language, theme: given.theme ?? theme }
  useEffect(() => {
    document.documentElement.dataset['theme'] = shown.theme
    document.documentElement.lang = shown.language === 'zh' ? 'zh-CN' : 'en'
    document.title = strings[shown.language].messages
  }, [shown.theme, shown.language])
  const preferences: Preferences = {
    ...shown,
    hood,
    setHood,
    setLanguage: (next) => {
      setGiven({ ...given, language: undefined })
      rememberLanguage(next)
    },
    setTheme: (next) => {
      setGiven({ ...given, theme: undefined })
      rememberTheme(next)
    },
  }
  return <PreferencesContext.Provider value={preferences}>{children}</PreferencesContext.Provider>
}
