import { minutes } from '@inthread/sdk'
import { readAnswer } from '../words/read-wish.ts'
import { readTrain } from '../words/read-train.ts'
import { readCorrection } from '../words/read-verdict.ts'
import { applyDecision } from './apply-answer.ts'
import {
  holdOverNote,
  noClassQuestion,
  noneInPartQuestion,
  noneThatDayQuestion,
  noRouteQuestion,
  partQuestion,
  pickQuestion,
  soldOutNote,
  summaryQuestion,
  tooLateNote,
} from './offer-messages.ts'
import { addSoldOut, buildOffers, fewTrains, isOnSale, listOffersInPart, listOffersOnPage } from './offers.ts'
import { onward, patience, readFor } from './search-steps.ts'
import type { Answer, BookContext, BookStep, Decision } from './slots.ts'
import type { OfferStep } from './step-names.ts'
import { classOf, findSeat, getChosen, getHold, getSeat, getTrip } from './trip.ts'

/** How long a seat is kept for somebody who has not paid. */
const holdMs = minutes(15)

export const offerSteps: Readonly<Record<OfferStep, BookStep>> = {
  readTrains: {
    kind: 'read',
    from: 'trains',
    by: 'route',
    where: routeOf,
    limit: 50,
    on: { found: { to: 'readFares', set: (trains) => ({ trains: [...trains], chosen: undefined }) }, none: 'noRoute' },
  },
  readFares: {
    kind: 'read',
    from: 'seats',
    by: 'route',
    where: ({ state }) => ({ ...routeOf({ state }), seatClass: classOf(state) }),
    limit: 50,
    on: {
      found: { to: 'offered', set: (seats, context) => ({ offers: buildOffers(seats, context), trains: undefined }) },
      none: 'noClass',
    },
  },
  offered: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.offers?.length === 0, to: 'noneThatDay' },
      { is: ({ state }) => state.detour === 'part', to: 'askPart' },
      { is: ({ state }) => !state.dayPart && (state.offers?.length ?? 0) > fewTrains, to: 'askPart' },
      { is: ({ state }) => listOffersInPart(state).length === 0, to: 'noneInPart' },
    ],
    otherwise: 'pick',
  },
  noRoute: { kind: 'ask', prompt: noRouteQuestion, read: readFor(undefined), ...onward },
  noClass: { kind: 'ask', prompt: noClassQuestion, read: readFor(undefined), ...onward },
  noneThatDay: { kind: 'ask', prompt: noneThatDayQuestion, read: readFor(undefined), ...onward },
  noneInPart: { kind: 'ask', prompt: noneInPartQuestion, read: readFor(undefined), ...onward },
  askPart: { kind: 'ask', prompt: partQuestion, read: readFor(undefined), ...onward },
  pick: { kind: 'ask', prompt: pickQuestion, read: readPick, ...onward, next: { ...onward.next, to: 'picked' } },
  picked: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.chosen === undefined, to: 'start' },
      { is: (context) => !isOnSale(getChosen(context.state), context), to: 'sayTooLate' },
    ],
    otherwise: 'readClasses',
  },
  sayTooLate: { kind: 'say', message: tooLateNote, next: 'readTrains' },
  readClasses: {
    kind: 'read',
    from: 'seats',
    by: 'train',
    where: ({ state }) => ({ train: getChosen(state).number }),
    limit: 10,
    on: { found: { to: 'hasClass', set: (seats) => ({ classes: [...seats] }) }, none: 'saySoldOut' },
  },
  hasClass: { kind: 'branch', when: [{ is: ({ state }) => !findSeat(state), to: 'saySoldOut' }], otherwise: 'reserve' },
  reserve: {
    kind: 'reserve',
    from: 'seats',
    counter: 'places',
    of: ({ state }) => ({ key: getSeat(state).id, part: getTrip(state).date }),
    holdMs,
    on: { held: { to: 'summary', set: (hold) => ({ hold, decision: undefined }) }, none_left: 'saySoldOut' },
  },
  saySoldOut: { kind: 'say', message: soldOutNote, next: 'readOthers' },
  readOthers: {
    kind: 'read',
    from: 'trains',
    by: 'route',
    where: routeOf,
    limit: 50,
    on: {
      found: {
        to: 'readFares',
        set: (trains, { state }) => ({ trains: [...trains], soldOut: addSoldOut(state), chosen: undefined }),
      },
      none: 'noRoute',
    },
  },
  summary: {
    kind: 'ask',
    slot: 'decision',
    prompt: summaryQuestion,
    read: readDecision,
    timeout: { afterMs: holdMs, to: 'sayHoldOver' },
    giveUp: patience.giveUp,
    next: { to: 'decided', set: applyDecision },
  },
  decided: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.decision === 'pay', to: 'pay' },
      { is: ({ state }) => isOtherClass(state.decision) && findSeat(state) !== undefined, to: 'releaseForClass' },
    ],
    otherwise: 'releaseForSearch',
  },
  releaseForClass: { kind: 'release', hold: ({ state }) => getHold(state), next: 'reserve' },
  releaseForSearch: { kind: 'release', hold: ({ state }) => getHold(state), next: 'start' },
  sayHoldOver: { kind: 'say', message: holdOverNote, next: 'end' },
}

function routeOf({ state }: Pick<BookContext, 'state'>): Pick<ReturnType<typeof getTrip>, 'fromCity' | 'toCity'> {
  const { fromCity, toCity } = getTrip(state)
  return { fromCity, toCity }
}

function readPick(words: string, context: BookContext): Answer | undefined {
  const numbers = listOffersOnPage(context.state).map((offer) => offer.number)
  const train = readTrain(words, numbers)
  return train === undefined ? readAnswer(words, context) : { train }
}

const payWords = new Set(['付', '付款', '付钱', '支付', '买', '购买', 'pay', 'pay now', 'buy', 'buy it'])
const otherWords = new Set(['换', '换一个', '别的', 'another', 'another one', 'other'])

function readDecision(words: string, context: BookContext): Decision | undefined {
  const plain = words.trim().toLowerCase()
  if (payWords.has(plain) || readCorrection(words) === 'yes') return 'pay'
  if (otherWords.has(plain) || readCorrection(words) === 'no') return 'other'
  return readAnswer(words, context)
}

/** Only the class of the held seat is to change; the train stays. */
function isOtherClass(decision: Decision | undefined): boolean {
  return typeof decision === 'object' && Object.keys(decision).every((slot) => slot === 'seatClass')
}
