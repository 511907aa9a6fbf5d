import { useState } from 'preact/hooks'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'

/** Copies a one-time code, and says so. */
export function CopyCode({ code }: { readonly code: string }) {
  const t = useText()
  const [copied, setCopied] = useState(false)
  const copy = (): void => {
    void navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <button type="button" class="copy-code" onClick={copy}>
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      <span aria-live="polite">{copied ? t.copied : t.copyCode}</span>
      <b>{code}</b>
    </button>
  )
}
