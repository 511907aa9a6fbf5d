import type { SuggestionView } from '../../src/views.ts'
import { kindIcon } from '../card/card-actions.tsx'
import { usePreferences, useText } from '../desk/preferences.tsx'
import type { Language, Strings } from '../desk/strings.ts'
import { Icon } from '../draw/icon.tsx'
import { Sheet } from '../draw/sheet.tsx'
import { renderMoment } from '../draw/time.ts'

interface ActionSheetProps {
  readonly action: SuggestionView
  readonly onClose: () => void
}

/** Stands for the app that a real phone would open for an action. */
export function ActionSheet({ action, onClose }: ActionSheetProps) {
  const t = useText()
  const { language } = usePreferences()
  const title = findTitle(t, action)
  return (
    <Sheet label={title} onClose={onClose}>
      <span class="sheet-mark">
        <Icon name={kindIcon[action.kind]} size={24} />
      </span>
      <h2>{title}</h2>
      {action.target !== undefined && <p class="sheet-target">{action.target}</p>}
      {action.detail !== undefined && <p class="sheet-detail">{renderDetail(language, action)}</p>}
      <p class="sheet-hint">{t.onRealPhone}</p>
      <button type="button" class="sheet-done" onClick={onClose}>
        {t.done}
      </button>
    </Sheet>
  )
}

/** The times of an event come as ISO 8601, joined by a dash. */
function renderDetail(language: Language, { kind, detail = '' }: SuggestionView): string {
  if (kind !== 'calendar') return detail
  const times = detail.split(' – ').map((time) => new Date(time))
  if (times.some((time) => Number.isNaN(time.getTime()))) return detail
  return times.map((time) => renderMoment(language, time)).join(' – ')
}

function findTitle(t: Strings, { kind, target }: SuggestionView): string {
  const titles: Readonly<Record<SuggestionView['kind'], string>> = {
    reply: '',
    open: t.website,
    dial: t.callTitle,
    map: target === undefined ? t.shareTitle : t.mapTitle,
    calendar: t.calendarTitle,
    compose: t.composeTitle,
    device: t.deviceTitle,
    settings: t.settingsTitle,
  }
  return titles[kind]
}

/** Opens a web address of an action; anything but the web stays closed. Returns false if it did not open. */
export function openTarget({ kind, target = '' }: SuggestionView): boolean {
  if (kind !== 'open') return false
  const address = /^[a-z][a-z0-9+.-]*:/i.test(target) ? target : `https://${target}`
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return false
  window.open(address, '_blank', 'noopener,noreferrer')
  return true
}
