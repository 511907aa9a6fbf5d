import { Icon } from '../draw/icon.tsx'
import { usePreferences, useText } from './preferences.tsx'

/** Language, light or dark, and the developer's view. */
export function ViewTools() {
  const t = useText()
  const { language, theme, hood, setLanguage, setTheme, setHood } = usePreferences()
  const dark = theme === 'dark'
  return (
    <div class="tools">
      <button type="button" class="tool" aria-pressed={hood} onClick={() => setHood(!hood)}>
        <Icon name="code" size={18} />
        {t.hood}
      </button>
      <button type="button" class="tool" onClick={() => setTheme(dark ? 'light' : 'dark')}>
        <Icon name={dark ? 'sun' : 'moon'} size={18} />
        {dark ? t.themeLight : t.themeDark}
      </button>
      <button type="button" class="tool" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
        {t.language}
      </button>
    </div>
  )
}
