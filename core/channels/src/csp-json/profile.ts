import type { ChannelProfile } from '@inthread/sdk/channel'

/** What both operators take in one message. Lengths in Unicode code points. */
export const profile: ChannelProfile = {
  textLength: 2000,
  titleLength: 200,
  descriptionLength: 2000,
  labelLength: 25,
  postbackLength: 2048,
  cardSuggestions: 4,
  chips: 11,
  cards: { min: 2, max: 12 },
  menu: { top: 3, sub: 5 },
}
