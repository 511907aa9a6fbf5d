import { defineFlow, hours, money, textMessage, z } from '@inthread/sdk'
import { contract } from './till-contract.ts'

/** Five envelopes are filled out of the merchant's account, for whoever comes first. */
export const fillFlow = defineFlow(contract, {
  id: 'fill',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ campaign: z.string() }).partial(),
  start: 'fill',
  steps: {
    fill: {
      kind: 'call',
      need: 'envelopes',
      operation: 'fill',
      input: () => ({
        name: { 'zh-CN': '开业红包', en: 'Opening day' },
        total: money('10.00', 'CNY'),
        count: 5,
        split: 'random' as const,
      }),
      on: {
        filled: { to: 'keep', set: ({ id }) => ({ campaign: id }) },
        declined: 'sayNotFilled',
        unknown: 'sayNotFilled',
      },
    },
    keep: {
      kind: 'write',
      to: 'campaigns',
      insert: ({ state: { campaign = '' } }) => ({ id: 'opening-day', campaign }),
      on: { written: 'sayFilled', present: 'sayFilled' },
    },
    sayFilled: { kind: 'say', message: ({ t }) => textMessage(t('filled')), next: 'end' },
    sayNotFilled: { kind: 'say', message: ({ t }) => textMessage(t('notFilled')), next: 'end' },
    end: { kind: 'end' },
  },
})

/** An envelope is opened by one tap. */
export const openFlow = defineFlow(contract, {
  id: 'open',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ campaign: z.string(), change: z.string(), standing: z.string() }).partial(),
  start: 'find',
  steps: {
    find: {
      kind: 'read',
      from: 'campaigns',
      by: 'key',
      key: () => 'opening-day',
      on: { found: { to: 'open', set: ([found]) => ({ campaign: found.campaign }) }, none: 'sayNone' },
    },
    open: {
      kind: 'call',
      need: 'envelopes',
      operation: 'open',
      input: ({ state: { campaign = '' } }) => ({ campaign }),
      on: {
        paying: 'sayOpening',
        paid: 'sayOpened',
        known: { to: 'again', set: ({ state }) => ({ standing: state }) },
        empty: 'sayNone',
        over: 'sayNone',
        declined: 'sayNone',
        unknown: 'sayUnknown',
      },
    },
    // The run of the first tap tells the result.
    again: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.standing === 'paid', to: 'sayTaken' }],
      otherwise: 'sayChecked',
    },
    sayChecked: { kind: 'say', message: ({ t }) => textMessage(t('opening')), next: 'end' },
    sayTaken: { kind: 'say', message: ({ t }) => textMessage(t('openedBefore')), next: 'end' },
    sayUnknown: { kind: 'say', message: ({ t }) => textMessage(t('openUnknown')), next: 'wait' },
    sayOpening: { kind: 'say', message: ({ t }) => textMessage(t('opening')), next: 'wait' },
    wait: {
      kind: 'wait',
      need: 'envelopes',
      event: 'changed',
      limitMs: hours(24),
      on: { happened: { to: 'changed', set: ({ state }) => ({ change: state }) }, limit: 'end' },
    },
    changed: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.change === 'paid', to: 'sayOpened' }],
      otherwise: 'wait',
    },
    sayOpened: { kind: 'say', message: ({ t }) => textMessage(t('opened')), next: 'end' },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noneLeft')), next: 'end' },
    end: { kind: 'end' },
  },
})
