import { Icon } from '../draw/icon.tsx'
import { LongText } from '../draw/long-text.tsx'

const foldAfterLines = 12

/** Plain words of one side. */
export function Bubble({ text, side }: { readonly text: string; readonly side: 'in' | 'out' }) {
  const place = findPlace(text)
  return (
    <div class={`bubble bubble-${side}`}>
      {place === undefined ? (
        <LongText text={text} lines={foldAfterLines} class="bubble-text" />
      ) : (
        <span class="bubble-place">
          <Icon name="map" size={20} />
          {place}
        </span>
      )}
    </div>
  )
}

/** A location is a text that starts with `geo:` and may carry a label. */
function findPlace(text: string): string | undefined {
  const match = /^geo:([\d.-]+),([\d.-]+)(?:;.*?rcs-l=([^;]+))?/.exec(text)
  if (!match) return undefined
  const [, latitude, longitude, label] = match
  return label === undefined ? `${latitude}, ${longitude}` : decodeLabel(label)
}

function decodeLabel(label: string): string {
  try {
    return decodeURIComponent(label)
  } catch {
    return label
  }
}
