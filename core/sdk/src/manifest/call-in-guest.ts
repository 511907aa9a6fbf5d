import { Fault } from '../fault.ts'

/** Stands for each function of a plugin whose code runs elsewhere. Whoever calls it on the platform made a mistake. */
export function callInGuest(): never {
  throw new Fault('guest.function_called')
}
