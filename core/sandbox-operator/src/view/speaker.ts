import type { SpeakerView } from '../views.ts'

export interface Spoken {
  readonly speaker: SpeakerView
  /** The first visible string without its signature. */
  readonly text: string
}

const signature = /^\s*【([^】]{1,30})】\s*/u

/**
 * Reads the message signature every Chinese handset user knows. With payment traffic it is the bank's voice, with any
 * other traffic the platform's; without a signature the chatbot speaks for itself.
 */
export function readSpeaker(text: string, trafficType: string, chatbotName: string): Spoken {
  const match = signature.exec(text)
  const name = match?.[1]
  if (!match || name === undefined) return { speaker: { party: 'merchant', name: chatbotName }, text }
  const party = trafficType === 'payment' ? 'bank' : 'platform'
  return { speaker: { party, name }, text: text.slice(match[0].length) }
}
