import { cardOrCarousel } from './card-or-carousel.ts'
import { anyCount, exactlyOneOf, fields, listOf, text, type Problem } from './rule.ts'
import { suggestion, tappable } from './suggestion-rules.ts'

const upTo = (max: number) => text({ min: 1, max })

const sharedData = fields(
  {},
  {
    deviceSpecifics: fields(
      {},
      {
        deviceModel: upTo(10),
        platformVersion: upTo(20),
        clientVendor: upTo(4),
        clientVersion: upTo(15),
        batteryRemainingMinutes: anyCount,
      },
    ),
  },
)

const body = exactlyOneOf({
  message: cardOrCarousel,
  suggestions: listOf(suggestion, { min: 1, max: 11 }),
  response: exactlyOneOf({ reply: tappable, action: tappable }),
  sharedData,
})

/**
 * What the GSMA rules find wrong with a message body: a card or carousel, a chip list, a tap, or shared device data.
 * Formats of addresses and dates are left to the profile, as the schema leaves them to its reader.
 */
export function listMessageProblems(message: unknown): readonly Problem[] {
  return body(message, '')
}
