import { exactlyOne, fields, listOf, number, oneWord, text, uri } from './schema-parts.ts'
import type { Schema } from './schema-parts.ts'

export const displayText = text(1, 25)

const postback = fields({ data: { type: 'string', maxLength: 2048 } }, ['data'])
const phoneNumber = text(0)

const openUrl = fields(
  {
    url: uri,
    application: oneWord('browser', 'webview'),
    viewMode: oneWord('full', 'half', 'tall'),
    parameters: text(1, 200),
  },
  ['url', 'application'],
)

const dialerAction = exactlyOne({
  dialPhoneNumber: fields({ phoneNumber, fallbackUrl: uri }, ['phoneNumber']),
  dialEnrichedCall: fields({ phoneNumber, subject: text(0, 60), fallbackUrl: uri }, ['phoneNumber']),
  dialVideoCall: fields({ phoneNumber, fallbackUrl: uri }, ['phoneNumber']),
})

const location: Schema = {
  ...fields({ latitude: number, longitude: number, label: text(1, 100), query: text(1, 200) }),
  oneOf: [{ required: ['latitude', 'longitude'] }, { required: ['query'] }],
}

const mapAction = exactlyOne({
  showLocation: fields({ location, fallbackUrl: uri }, ['location']),
  requestLocationPush: fields({}),
})

const calendarAction = exactlyOne({
  createCalendarEvent: fields(
    { startTime: text(0), endTime: text(0), title: text(1, 100), description: text(1, 500), fallbackUrl: uri },
    ['startTime', 'endTime', 'title'],
  ),
})

const composeAction = exactlyOne({
  composeTextMessage: fields({ phoneNumber, text: text(0, 100) }, ['phoneNumber', 'text']),
  composeRecordingMessage: fields({ phoneNumber, type: oneWord('AUDIO', 'VIDEO') }, ['phoneNumber', 'type']),
})

const actionGroups: Readonly<Record<string, Schema>> = {
  urlAction: exactlyOne({ openUrl }),
  dialerAction,
  mapAction,
  calendarAction,
  composeAction,
  deviceAction: exactlyOne({ requestDeviceSpecifics: fields({}) }),
  settingsAction: exactlyOne({ disableAnonymization: fields({}), enableDisplayedNotifications: fields({}) }),
}

const reply = fields({ displayText, postback }, ['displayText'])

const action: Schema = {
  ...exactlyOne(actionGroups),
  properties: { displayText, postback, ...actionGroups },
  required: ['displayText'],
}

export const suggestion = exactlyOne({ reply, action })

export const chipList = listOf(suggestion, 1, 11)
export const cardSuggestions = listOf(suggestion, 1, 4)

/** What a phone sends back: the tapped label and its postback, without the action's details. */
export const tapAnswer = fields({ displayText, postback }, ['displayText'])
