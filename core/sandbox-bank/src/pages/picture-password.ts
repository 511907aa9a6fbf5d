import type { Locale } from '../customers/links.store.ts'
import { text, type Text } from '../quotes/terms.ts'
import { html, type Html } from './page-html.ts'
import type { Form } from './page-view.ts'

interface Picture {
  readonly sign: string
  readonly name: Text
}

/** Plain signs that every phone has. */
const pictures: readonly Picture[] = [
  { sign: '☀', name: text('太阳', 'sun') },
  { sign: '☂', name: text('雨伞', 'umbrella') },
  { sign: '★', name: text('星星', 'star') },
  { sign: '♥', name: text('爱心', 'heart') },
  { sign: '♫', name: text('音符', 'music') },
  { sign: '✈', name: text('飞机', 'plane') },
  { sign: '⚓', name: text('船锚', 'anchor') },
  { sign: '✿', name: text('花朵', 'flower') },
  { sign: '♞', name: text('骏马', 'horse') },
]

/** Four pictures in their order: those of everybody in the sandbox. */
export const sandboxPictures: readonly string[] = ['☀', '♥', '⚓', '✈']

/** What was tapped so far, with this tap; no more than there have to be. */
function listPicked({ picked = '', pick = '' }: Form): string[] {
  return [...picked, ...pick]
    .filter((sign) => pictures.some((each) => each.sign === sign))
    .slice(0, sandboxPictures.length)
}

export function isPicked(form: Form): boolean {
  return listPicked(form).join('') === sandboxPictures.join('')
}

const words = {
  pictures: text('依次点选您的图形密码', 'Tap your pictures in their order'),
  again: text('重选', 'Begin again'),
}

/** A tap sends the form: the page runs no script. */
export function renderPictures(locale: Locale, form: Form): Html {
  const picked = listPicked(form)
  const dots = sandboxPictures.map((_sign, index) => (index < picked.length ? '●' : '○')).join(' ')
  const buttons = pictures.map(
    ({ sign, name }) => html`<button name="pick" value="${sign}" aria-label="${name[locale]}">${sign}</button>`,
  )
  return html`<p id="pictures">${words.pictures[locale]} <span class="dots">${dots}</span></p>
    <input type="hidden" name="by" value="pictures" />
    <input type="hidden" name="picked" value="${picked.join('')}" />
    <div class="pictures" role="group" aria-labelledby="pictures">${buttons}</div>
    <a class="quiet" href="?by=pictures">${words.again[locale]}</a>`
}

export function countMissing(form: Form): number {
  return sandboxPictures.length - listPicked(form).length
}
