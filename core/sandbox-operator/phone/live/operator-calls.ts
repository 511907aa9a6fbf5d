import type { WireView } from '../../src/views.ts'

/** The operator refused; `message` says why in English, as its controls do. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

async function call<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(path, body ? { method: 'POST', ...asJson(body) } : {})
  const answer = (await response.json()) as { error?: { message: string } }
  if (!response.ok) throw new Refused(response.status, answer.error?.message ?? '')
  return answer as T
}

function asJson(body: object): RequestInit {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

export interface PhoneSwitches {
  readonly phone: string
  readonly fiveG: boolean
  readonly on: boolean
}

/** The sandbox controls this page uses. */
export const operator = {
  say: (from: string, to: string, text: string) => call<{ messageId: string }>('/sandbox/say', { from, to, text }),
  tap: (tap: { from: string; to: string; messageId: string; index: number }) =>
    call<{ messageId: string }>('/sandbox/tap', tap),
  displayed: (seen: { phone: string; threadId: number; messageIds: readonly string[] }) =>
    call('/sandbox/displayed', seen),
  listPhones: () => call<{ phones: PhoneSwitches[] }>('/sandbox/phones'),
  setPhone: (switches: PhoneSwitches) => call('/sandbox/phones', switches),
  getWire: (messageId: string) => call<WireView>(`/sandbox/wire?messageId=${encodeURIComponent(messageId)}`),
}
