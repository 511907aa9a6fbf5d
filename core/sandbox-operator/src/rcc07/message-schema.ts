import { count, exactlyOne, fields, listOf, oneWord, text, uri } from './schema-parts.ts'
import type { Schema } from './schema-parts.ts'
import { cardSuggestions, chipList, tapAnswer } from './suggestion-schema.ts'

const fontStyle = listOf(oneWord('italics', 'bold', 'underline'), 1, 3)
const fonts = { titleFontStyle: fontStyle, descriptionFontStyle: fontStyle, style: uri }

const media: Schema = {
  ...fields(
    {
      mediaUrl: uri,
      mediaContentType: text(0),
      mediaFileSize: count,
      height: oneWord('SHORT_HEIGHT', 'MEDIUM_HEIGHT', 'TALL_HEIGHT'),
      thumbnailUrl: uri,
      thumbnailContentType: text(0),
      thumbnailFileSize: count,
      contentDescription: text(1, 200),
    },
    ['mediaUrl', 'mediaContentType', 'mediaFileSize', 'height'],
  ),
  dependentRequired: { thumbnailUrl: ['thumbnailContentType', 'thumbnailFileSize'] },
}

const cardContent: Schema = {
  ...fields({ media, title: text(1, 200), description: text(1, 2000), suggestions: cardSuggestions }),
  anyOf: [{ required: ['media'] }, { required: ['title'] }, { required: ['description'] }],
}

const cardLayout: Schema = {
  ...fields(
    { cardOrientation: oneWord('VERTICAL', 'HORIZONTAL'), imageAlignment: oneWord('LEFT', 'RIGHT'), ...fonts },
    ['cardOrientation'],
  ),
  if: { properties: { cardOrientation: { const: 'HORIZONTAL' } }, required: ['cardOrientation'] },
  then: { required: ['imageAlignment'] },
}

const carouselLayout = fields({ cardWidth: oneWord('SMALL_WIDTH', 'MEDIUM_WIDTH'), ...fonts }, ['cardWidth'])

const message = exactlyOne({
  generalPurposeCard: fields({ layout: cardLayout, content: cardContent }, ['layout', 'content']),
  generalPurposeCardCarousel: fields({ layout: carouselLayout, content: listOf(cardContent, 2, 12) }, [
    'layout',
    'content',
  ]),
})

const deviceSpecifics = fields({
  deviceModel: text(1, 10),
  platformVersion: text(1, 20),
  clientVendor: text(1, 4),
  clientVersion: text(1, 15),
  batteryRemainingMinutes: count,
})

/** A whole RCC.07 body: exactly one of the four roots. */
export const messageSchema: Schema = exactlyOne({
  message,
  suggestions: chipList,
  response: exactlyOne({ reply: tapAnswer, action: tapAnswer }),
  sharedData: fields({ deviceSpecifics }),
})
