import { addMs, holdSchema, hours, listPick, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { itemSchema, priceOf, type Item } from '../collections.ts'
import type { contract } from '../contract.ts'

const remedies = ['again', 'parts', 'loan', 'card', 'leave'] as const
export type Remedy = (typeof remedies)[number]

export const buySlots = z
  .strictObject({
    found: z.array(itemSchema),
    item: itemSchema,
    pick: listPick(itemSchema),
    page: z.number(),
    hold: holdSchema,
    way: z.enum(['pay', 'parts', 'leave']),
    /** The price that was shown, where it has changed since. */
    before: z.string(),
    closed: z.boolean(),
    reason: z.string(),
    /** The bank has refused a payment: another account may pay. */
    refused: z.boolean(),
    /** What to do when it is not paid; asked anew, without what has come to nothing. */
    remedy: z.enum(remedies),
    tried: z.array(z.enum(remedies)),
    notHere: z.enum(['again', 'leave']),
    quote: z.string(),
    rate: z.string(),
    rows: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    inParts: z.enum(['yes', 'no']),
    resumes: z.enum(['yes', 'no']),
    receipt: z.string(),
    by: z.enum(['payment', 'instalments', 'loan']),
    /** How an unknown ended: the payment's, or the card's. */
    paid: z.boolean(),
  })
  .partial()

export type BuySlots = z.infer<typeof buySlots>
export type BuyContext = ContextOf<typeof contract, BuySlots>

export type BuyNames =
  | ShelfNames
  | PayNames
  | PriceNames
  | RemedyNames
  | BackNames
  | 'take'
  | 'keep'
  | 'bought'
  | 'release'
  | 'notPaid'
  | 'sayLapsed'
  | 'soldOut'
  | 'nothingOnSale'
  | 'end'
type ShelfNames = 'find' | 'isOne' | 'listStart' | 'listPage' | 'listFork' | 'hold' | 'ask' | 'chosen'
type PayNames = 'stillOpen' | 'pay' | 'checking' | 'whichWait' | 'waitPay' | 'waitParts' | 'waitLoan' | 'settled'
export type PriceNames = 'fresh' | 'judge' | 'sayMoved' | 'closed' | 'sayClosed'
export type BackNames =
  | 'gone'
  | 'sayGone'
  | 'sayGoneByLoan'
  | 'sayGoneByParts'
  | 'giveBackPaid'
  | 'giveBackLoan'
  | 'giveBackParts'
  | 'waitPaidBack'
  | 'waitLoanBack'
  | 'waitPartsBack'
  | 'backSettled'
  | 'wentBack'
  | 'notBackYet'
type RemedyNames =
  | 'isOver'
  | 'askRemedy'
  | 'remedyChosen'
  | 'offerParts'
  | 'askParts'
  | 'partsChosen'
  | 'buyParts'
  | 'sayNoParts'
  | 'finance'
  | 'soon'
  | 'applyForCard'
  | 'sayCardChecked'
  | 'waitCard'
  | 'cardDecided'
  | 'isStillKept'
  | 'askResume'
  | 'resumeChosen'
  | 'askOther'
  | 'otherChosen'

export type BuyStep = StepOf<typeof contract, BuySlots, BuyNames>
export type BuySteps<N extends BuyNames> = { readonly [K in N]: BuyStep }

const none: Item = { id: '', name: '', price: '0.00', currency: 'CNY' }
export const itemOf = ({ state }: BuyContext): Item => state.item ?? none
export const amountOf = (context: BuyContext) => priceOf(itemOf(context))
export const noHold = { id: '', unit: 0, until: 0 }
export const untilOf = ({ state, now }: BuyContext): number => state.hold?.until ?? addMs(now, hours(1))

/** How the buyer wants to pay: their youngest word. */
export function goalOf({ resumes, notHere, remedy, way }: BuySlots): 'pay' | 'parts' | 'loan' {
  if (resumes === 'yes' || notHere === 'again') return 'pay'
  const wish = remedy ?? way
  return wish === 'parts' || wish === 'loan' ? wish : 'pay'
}

/** What does not work out is not offered again. */
export const dismiss =
  (remedy: Remedy) =>
  (_outcome: unknown, { state }: BuyContext): Partial<BuySlots> => ({
    tried: [...(state.tried ?? []), remedy],
    remedy: undefined,
    reason: undefined,
  })
