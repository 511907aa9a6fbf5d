import { allOf, anyNumber, anyText, exactlyOneOf, fields, has, isObject, oneWordOf, text, type Rule } from './rule.ts'

export const label = text({ min: 1, max: 25 })
const postback = fields({ data: text({ min: 0, max: 2048 }) })
const nothing = fields({})

const openUrl = allOf(
  fields({ url: anyText, application: oneWordOf('browser', 'webview') }),
  onlyIf(
    'application',
    'webview',
    fields(
      {},
      {
        viewMode: oneWordOf('full', 'half', 'tall'),
        parameters: text({ min: 1, max: 200 }),
      },
    ),
  ),
)

const dialerAction = exactlyOneOf({
  dialPhoneNumber: fields({ phoneNumber: anyText }, { fallbackUrl: anyText }),
  dialEnrichedCall: fields({ phoneNumber: anyText }, { subject: text({ min: 0, max: 60 }), fallbackUrl: anyText }),
  dialVideoCall: fields({ phoneNumber: anyText }, { fallbackUrl: anyText }),
})

const coordinates = fields({ latitude: anyNumber, longitude: anyNumber }, { label: text({ min: 1, max: 100 }) })
const query = fields({ query: text({ min: 1, max: 200 }) })

const mapAction = exactlyOneOf({
  showLocation: fields({ location: placeOrQuery }, { fallbackUrl: anyText }),
  requestLocationPush: nothing,
})

const calendarAction = exactlyOneOf({
  createCalendarEvent: fields(
    { startTime: anyText, endTime: anyText, title: text({ min: 1, max: 100 }) },
    { description: text({ min: 1, max: 500 }), fallbackUrl: anyText },
  ),
})

const composeAction = exactlyOneOf({
  composeTextMessage: fields({ phoneNumber: anyText, text: text({ min: 0, max: 100 }) }),
  composeRecordingMessage: fields({ phoneNumber: anyText, type: oneWordOf('AUDIO', 'VIDEO') }),
})

/** What a phone sends back of a suggestion, and the part that replies and actions have in common. */
export const tappable = fields({ displayText: label }, { postback })

const action = allOf(
  tappable,
  exactlyOneOf({
    urlAction: exactlyOneOf({ openUrl }),
    dialerAction,
    mapAction,
    calendarAction,
    composeAction,
    deviceAction: exactlyOneOf({ requestDeviceSpecifics: nothing }),
    settingsAction: exactlyOneOf({ disableAnonymization: nothing, enableDisplayedNotifications: nothing }),
  }),
)

/** Twelve kinds of action in seven groups, and the reply. Menus add their sub-menus to these two. */
export const suggestionKinds = { reply: tappable, action } as const

export const suggestion = exactlyOneOf(suggestionKinds)

function placeOrQuery(value: unknown, pointer: string): ReturnType<Rule> {
  if (!isObject(value) || !has(value, 'query')) return coordinates(value, pointer)
  const both = ['latitude', 'longitude'].some((name) => has(value, name))
  return both ? [{ pointer, message: 'must have coordinates or a query, not both' }] : query(value, pointer)
}

function onlyIf(name: string, word: string, rule: Rule): Rule {
  return (value, pointer) => (isObject(value) && value[name] === word ? rule(value, pointer) : [])
}
