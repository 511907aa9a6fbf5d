import { useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

interface AvatarProps {
  readonly name: string
  readonly logo?: string
  readonly size: number
  /** Short messages have the picture of a letter, not of a brand. */
  readonly kind?: 'chatbot' | 'sms'
}

/** A logo, or the name's first character where there is none or it cannot be loaded. */
export function Avatar({ name, logo, size, kind = 'chatbot' }: AvatarProps) {
  const [broken, setBroken] = useState(false)
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.42)}px` }
  if (logo && !broken) {
    return <img class="avatar" style={style} src={logo} alt="" onError={() => setBroken(true)} />
  }
  return (
    <span class={`avatar avatar-letter avatar-${kind}`} style={style} aria-hidden="true">
      {kind === 'sms' ? <Icon name="compose" size={Math.round(size * 0.5)} /> : [...name][0]}
    </span>
  )
}
