import { useState } from 'preact/hooks'
import type { MediaView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'

/** A card's picture in its declared height; a neutral box while there is none to show. */
export function MediaBox({ media }: { readonly media: MediaView }) {
  const t = useText()
  const [broken, setBroken] = useState(false)
  const source = media.thumbnailUrl ?? media.url
  const showable = /^(https?:|data:image\/)/.test(source) && (media.thumbnailUrl || /^image\//.test(media.contentType))
  const label = media.description ?? t.picture
  return (
    <div class={`media media-${media.height.replace('_HEIGHT', '').toLowerCase()}`}>
      {showable && !broken ? (
        <img src={source} alt={label} loading="lazy" referrerpolicy="no-referrer" onError={() => setBroken(true)} />
      ) : (
        <div class="media-empty" role="img" aria-label={label}>
          <Icon name="picture" size={30} />
          {media.description && <span>{media.description}</span>}
        </div>
      )}
    </div>
  )
}
