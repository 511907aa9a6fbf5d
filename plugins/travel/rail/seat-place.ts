import type { Seat } from './collections.ts'

/** Where somebody sits: coach 5, place `12A`. */
export interface SeatPlace {
  readonly coach: number
  readonly place: string
}

type Coaches = Pick<Seat, 'coach' | 'firstRow' | 'rowsPerCoach' | 'letters'>

/** The seat with this number within its class, counted from 1: row by row, coach by coach. */
export function buildSeatPlace(unit: number, seats: Coaches): SeatPlace {
  if (!Number.isInteger(unit) || unit < 1) throw new RangeError('seats are counted from 1')
  const perCoach = seats.rowsPerCoach * seats.letters.length
  const inCoach = (unit - 1) % perCoach
  const row = seats.firstRow + Math.floor(inCoach / seats.letters.length)
  return {
    coach: seats.coach + Math.floor((unit - 1) / perCoach),
    place: `${row}${seats.letters.charAt(inCoach % seats.letters.length)}`,
  }
}

/** Chinese tickets write coaches with two digits: 05车. */
export function coachIn(locale: string, coach: number): string {
  return locale.startsWith('zh') ? String(coach).padStart(2, '0') : String(coach)
}
