import {
  allOf,
  anyCount,
  anyText,
  exactlyOneOf,
  fields,
  has,
  isObject,
  listOf,
  oneWordOf,
  text,
  type Rule,
} from './rule.ts'
import { suggestion } from './suggestion-rules.ts'

const fontStyle = listOf(oneWordOf('italics', 'bold', 'underline'), { min: 1, max: 3 })
const looks = { titleFontStyle: fontStyle, descriptionFontStyle: fontStyle, style: anyText }
const imageAlignment = oneWordOf('LEFT', 'RIGHT')

const thumbnail = { thumbnailUrl: anyText, thumbnailContentType: anyText, thumbnailFileSize: anyCount }

const media = allOf(
  fields(
    {
      mediaUrl: anyText,
      mediaContentType: anyText,
      mediaFileSize: anyCount,
      height: oneWordOf('SHORT_HEIGHT', 'MEDIUM_HEIGHT', 'TALL_HEIGHT'),
    },
    { contentDescription: text({ min: 1, max: 200 }), ...thumbnail },
  ),
  (value, pointer) => (isObject(value) && has(value, 'thumbnailUrl') ? fields(thumbnail)(value, pointer) : []),
)

const content = allOf(
  hasSomething,
  fields(
    {},
    {
      media,
      title: text({ min: 1, max: 200 }),
      description: text({ min: 1, max: 2000 }),
      suggestions: listOf(suggestion, { min: 1, max: 4 }),
    },
  ),
)

const cardLayout = allOf(
  fields({ cardOrientation: oneWordOf('VERTICAL', 'HORIZONTAL') }, { imageAlignment, ...looks }),
  alignedWhenHorizontal,
)

const carouselLayout = fields({ cardWidth: oneWordOf('SMALL_WIDTH', 'MEDIUM_WIDTH') }, looks)

/** The `message` of a body: one card, or a carousel of 2 to 12. */
export const cardOrCarousel = exactlyOneOf({
  generalPurposeCard: fields({ layout: cardLayout, content }),
  generalPurposeCardCarousel: fields({ layout: carouselLayout, content: listOf(content, { min: 2, max: 12 }) }),
})

function hasSomething(value: unknown, pointer: string): ReturnType<Rule> {
  if (!isObject(value) || ['media', 'title', 'description'].some((name) => has(value, name))) return []
  return [{ pointer, message: 'must have media, a title or a description' }]
}

function alignedWhenHorizontal(value: unknown, pointer: string): ReturnType<Rule> {
  if (!isObject(value) || value['cardOrientation'] !== 'HORIZONTAL' || has(value, 'imageAlignment')) return []
  return [{ pointer: `${pointer}/imageAlignment`, message: 'is missing: a horizontal card says LEFT or RIGHT' }]
}
