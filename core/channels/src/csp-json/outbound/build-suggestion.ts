import type { RenderedSuggestion } from '@inthread/sdk/channel'

type Action = Exclude<RenderedSuggestion, { kind: 'reply' }>

/** A suggestion in RCC.07 form: a reply, or one of the actions. */
export function buildSuggestion(suggestion: RenderedSuggestion): object {
  if (suggestion.kind === 'reply') return buildReply(suggestion)
  return { action: { displayText: suggestion.label, ...buildAction(suggestion) } }
}

export function buildReply({ label, postback }: { readonly label: string; readonly postback: string }): object {
  return { reply: { displayText: label, postback: { data: postback } } }
}

function buildAction(action: Action): object {
  switch (action.kind) {
    case 'open':
      return { urlAction: { openUrl: { url: action.url, application: 'browser' } } }
    case 'dial':
      return { dialerAction: { dialPhoneNumber: { phoneNumber: action.number } } }
    case 'place':
      return { mapAction: { showLocation: { location: { latitude: action.latitude, longitude: action.longitude } } } }
    case 'event': {
      const { title, startsAt, endsAt } = action
      return { calendarAction: { createCalendarEvent: { startTime: startsAt, endTime: endsAt, title } } }
    }
  }
}
