export const confirmationStates = ['pending', 'verified', 'locked', 'expired', 'superseded', 'used'] as const
export type ConfirmationState = (typeof confirmationStates)[number]

export type ConfirmationEvent =
  'answer_ok' | 'answer_wrong' | 'answer_wrong_last' | 'expire' | 'token_expired' | 'payload_changed' | 'consumed'

const transitions: Readonly<Record<ConfirmationState, Partial<Record<ConfirmationEvent, ConfirmationState>>>> = {
  pending: {
    answer_ok: 'verified',
    answer_wrong: 'pending',
    answer_wrong_last: 'locked',
    expire: 'expired',
    payload_changed: 'superseded',
  },
  verified: { consumed: 'used', token_expired: 'expired' },
  locked: {},
  expired: {},
  superseded: {},
  used: {},
}

/** Undefined when this state does not know the event: the event is then refused without effect. */
export function findNextState(state: ConfirmationState, event: ConfirmationEvent): ConfirmationState | undefined {
  return transitions[state][event]
}

/** What an answered code means, given the tries left before it. */
export function judgeAnswer(right: boolean, triesLeft: number): { event: ConfirmationEvent; triesLeft: number } {
  if (right) return { event: 'answer_ok', triesLeft }
  return triesLeft > 1
    ? { event: 'answer_wrong', triesLeft: triesLeft - 1 }
    : { event: 'answer_wrong_last', triesLeft: 0 }
}
