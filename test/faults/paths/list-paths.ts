import { listViolations } from '../kit/violations.ts'
import { customerNumber, ticketOpening, ticketSights } from '../kit/customer.ts'
import { modes } from '../kit/modes.ts'
import { bankPaths } from './bank-paths.ts'
import type { MoneyPath } from './money-path.ts'
import { tillPaths } from './till-paths.ts'

export const ticketPath: MoneyPath = {
  name: 'ticket',
  place: 'rail',
  number: customerNumber,
  opening: ticketOpening,
  sights: ticketSights,
  modes,
  handedOver: 'bank submit',
  judge: listViolations,
  control: /^[2-9] debits/,
}

/** Every other way on which money moves; they share a place, and each has its own customer where it needs one. */
export const otherPaths: readonly MoneyPath[] = [...bankPaths, ...tillPaths]
