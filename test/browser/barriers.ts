import type { Page } from 'playwright-core'
import { measureContrast } from './contrast.ts'

const leastContrast = 4.5
const leastTargetPx = 24

/** What a page's own script sees of an element; the rest of the tests knows no document. */
interface Seen {
  readonly tagName: string
  readonly className: string
  readonly textContent: string | null
  readonly parentElement: Seen | null
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>
  readonly children: Iterable<Seen>
  readonly scrollWidth: number
  readonly clientWidth: number
  readonly ownerDocument: { readonly defaultView: { getComputedStyle(element: Seen, part?: string): Style } }
  getAttribute(name: string): string | null
  getBoundingClientRect(): { readonly width: number; readonly height: number }
  closest(selector: string): Seen | null
  matches(selector: string): boolean
}

interface Style {
  readonly color: string
  readonly backgroundColor: string
  readonly visibility: string
  readonly clipPath: string
}

interface SeenText {
  readonly words: string
  readonly colour: string
  readonly grounds: readonly string[]
}

/**
 * What would keep somebody from using the page as it stands now: faint text, controls without a name, targets too
 * small for a thumb, something that reaches beyond the screen, lists with strangers in them. Empty when all is well.
 */
export async function listBarriers(page: Page): Promise<string[]> {
  const texts = await page.locator('body *').evaluateAll(readTexts)
  const faint = texts.flatMap(({ words, colour, grounds }) => {
    const contrast = measureContrast(colour, grounds)
    return contrast < leastContrast ? [`faint ${Math.round(contrast * 100) / 100}: ${words}`] : []
  })
  const small = await page.locator('button, a, select, textarea, input').evaluateAll(listSmallTargets, leastTargetPx)
  const wide = await page.locator('html, .message-scroll, .thread-list, .info-scroll').evaluateAll(listTooWide)
  const strangers = await page.locator('ol, ul, dl').evaluateAll(listStrangers)
  const nameless = listNameless(await page.locator('body').ariaSnapshot())
  return [...new Set([...faint, ...small, ...wide, ...strangers, ...nameless])]
}

function readTexts(elements: readonly Seen[]): SeenText[] {
  const styleOf = (element: Seen, part?: string): Style =>
    element.ownerDocument.defaultView.getComputedStyle(element, part)
  const listGrounds = (element: Seen | null): string[] =>
    element ? [styleOf(element).backgroundColor, ...listGrounds(element.parentElement)] : []
  const isSeen = (element: Seen): boolean => {
    const { width, height } = element.getBoundingClientRect()
    const { visibility, clipPath } = styleOf(element)
    return width > 1 && height > 1 && visibility === 'visible' && clipPath === 'none'
  }
  return elements.flatMap((element) => {
    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3)
    const words = own
      .map(({ textContent }) => textContent ?? '')
      .join('')
      .trim()
    const placeholder = element.getAttribute('placeholder')
    const isText = words !== '' || placeholder !== null
    if (!isText || !isSeen(element) || element.closest(':disabled')) return []
    const { color } = styleOf(element, words === '' ? '::placeholder' : undefined)
    return [{ words: (words || placeholder || '').slice(0, 30), colour: color, grounds: listGrounds(element) }]
  })
}

function listSmallTargets(elements: readonly Seen[], leastPx: number): string[] {
  return elements.flatMap((element) => {
    const { width, height } = element.getBoundingClientRect()
    // A link inside a sentence is as high as its line.
    if (width === 0 || (element.tagName === 'A' && height >= 15) || Math.min(width, height) >= leastPx) return []
    return [`small ${Math.round(width)}×${Math.round(height)}: ${element.textContent ?? ''} ${element.className}`]
  })
}

function listTooWide(elements: readonly Seen[]): string[] {
  return elements.flatMap(({ className, scrollWidth, clientWidth }) =>
    scrollWidth > clientWidth ? [`too wide, ${scrollWidth} of ${clientWidth}: ${className}`] : [],
  )
}

function listStrangers(lists: readonly Seen[]): string[] {
  return lists.flatMap((list) => {
    const wanted = list.tagName === 'DL' ? 'div, dt, dd' : 'li:not([role])'
    const strangers = [...list.children].filter((child) => !child.matches(wanted))
    return strangers.map((child) => `stranger in a list: ${child.tagName} ${child.className}`)
  })
}

const needsName = /^\s*- (button|link|textbox|combobox|switch|menuitem|menu|dialog|img|group|region)\b(?! ")/

function listNameless(snapshot: string): string[] {
  return snapshot.split('\n').flatMap((line) => (needsName.test(line) ? [`no name: ${line.trim()}`] : []))
}
