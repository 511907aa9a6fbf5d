import { listViolations } from '../kit/violations.ts'
import { customerNumber, ticketOpening, ticketSights } from '../kit/customer.ts'
import { modes } from '../kit/modes.ts'
import { bankPaths } from './bank-paths.ts'
import {
  businessPaths,
  cardBillPaths,
  giftPaths,
  instalmentPaths,
  issuedCardPaths,
  offeredCardPaths,
  repaymentPaths,
} from './credit-paths.ts'
import { claimPaths, insurancePaths, renewalPaths } from './insurance-paths.ts'
import { keptPaths, letGoPaths } from './kept-paths.ts'
import { alertPaths, servicePaths, walletPaths } from './service-paths.ts'
import type { MoneyPath, PathGroup } from './money-path.ts'
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

/** What else the bank does in the thread. The paths of a group begin at the same place, and share its template. */
export const otherGroups: readonly PathGroup[] = [
  { about: "services in the bank's own bot", paths: servicePaths },
  { about: 'a first wallet', paths: walletPaths },
  { about: 'a price that is watched', paths: alertPaths },
  { about: 'an insurance', paths: insurancePaths },
  { about: 'an insurance that runs out', paths: renewalPaths },
  { about: 'a loan for a business', paths: businessPaths },
  { about: 'a loan that is paid back', paths: repaymentPaths },
  { about: 'an offered credit card', paths: offeredCardPaths },
  { about: 'an issued credit card', paths: issuedCardPaths },
  { about: 'the bill of a card', paths: cardBillPaths },
  { about: 'a gift', paths: giftPaths },
  { about: 'a claim', paths: claimPaths },
  { about: 'a mall', paths: [...instalmentPaths, ...keptPaths] },
  { about: 'money that the bank lets go of', paths: letGoPaths },
]
