import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useContext } from 'react'
import type { Language } from '../words/define-words.ts'
import { LanguageContext, useWords } from '../words/use-words.ts'
import { shellWords } from './shell-words.ts'

export function LanguageSwitch() {
  const { language, choose } = useContext(LanguageContext)
  const words = useWords(shellWords)
  return (
    <SegmentedControl
      size="xs"
      aria-label={words.language}
      value={language}
      onChange={(value) => choose(value as Language)}
      data={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
    />
  )
}

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const words = useWords(shellWords)
  return (
    <SegmentedControl
      size="xs"
      aria-label={words.theme}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      data={[
        { value: 'light', label: words.light },
        { value: 'dark', label: words.dark },
        { value: 'auto', label: words.auto },
      ]}
    />
  )
}
