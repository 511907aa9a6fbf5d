import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import type { IconName } from '../draw/icon.tsx'

export type Progress = 'sending' | 'sent' | 'retrying' | 'delivered' | 'failed'

const icons: Readonly<Record<Progress, IconName>> = {
  sending: 'clock',
  sent: 'check',
  retrying: 'clock',
  delivered: 'checks',
  failed: 'alert',
}

/** How far a message of the user got. Trouble is said in words, the rest is a sign. */
export function Ticks({ progress }: { readonly progress: Progress }) {
  const t = useText()
  const words = progress === 'retrying' || progress === 'failed'
  return (
    <span class={`ticks ticks-${progress}`} role="img" aria-label={t[progress]}>
      {words && <span aria-hidden="true">{t[progress]}</span>}
      <Icon name={icons[progress]} size={15} />
    </span>
  )
}

/** The newest state that counts: what was delivered stays so. */
export function findProgress(states: readonly { readonly status: string }[]): Progress {
  const known = new Set(states.map(({ status }) => status))
  const order: readonly Progress[] = ['delivered', 'failed', 'retrying', 'sent']
  return order.find((each) => known.has(each)) ?? 'sending'
}
