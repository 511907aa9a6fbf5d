import { startBankSignIn, tellWays } from './bank-sign-in.ts'
import type { DoorCall, Entrance, Reply } from './entrance.ts'
import { acceptInvitation, lookAtInvitation } from './invitations.ts'
import { changePassword, confirmFactor, startFactor, stepUp } from './second-factor.ts'
import { changePlace, endSessions, listSessions, tellMe } from './sessions.ts'
import { showFactor, signIn, signOut } from './sign-in.ts'

type Action = (entrance: Entrance, call: DoorCall) => Promise<Reply>

/** What people do about themselves, by the last word of its address below `/auth/`. All of it is asked with POST. */
export const actions: Readonly<Record<string, Action>> = {
  'sign-in': signIn,
  'second-factor': showFactor,
  'sign-out': signOut,
  'step-up': stepUp,
  me: tellMe,
  sessions: listSessions,
  'end-sessions': endSessions,
  place: changePlace,
  password: changePassword,
  'factor-start': startFactor,
  'factor-confirm': confirmFactor,
  ways: tellWays,
  'bank-start': startBankSignIn,
  invitation: lookAtInvitation,
  accept: acceptInvitation,
}
