import type { GuestNeed, Need, NeedAnswers } from '../fold/need.ts'

export function isGuestNeed(need: Need): need is GuestNeed {
  return need.kind === 'advance' || need.kind === 'words' || need.kind === 'sentence' || need.kind === 'reaction'
}

/** Asks the guest. Only called while no transaction is open. */
export async function answerGuest(need: GuestNeed): Promise<NeedAnswers[GuestNeed['kind']]> {
  switch (need.kind) {
    case 'advance':
      return need.guest.advance(need.call)
    case 'words':
      return { value: await need.guest.read(need.call) }
    case 'sentence':
      return need.guest.understand(need.call)
    case 'reaction':
      return { value: await need.guest.react(need.call) }
  }
}
