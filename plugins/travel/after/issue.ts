import { addMs, defineFlow, minutes, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'

/** After this long without a word of the ticket office the money goes back. */
const issueWithinMs = minutes(10)
const askEveryMs = minutes(1)

/**
 * Has the seat issued by the merchant's ticket office, under a number of our own; without an office the seat is the
 * ticket. What the office does not answer is asked about for ten minutes, then called off, so that nobody has a ticket
 * and the money.
 */
export const issue = defineFlow(contract, {
  id: 'issue',
  revision: 1,
  input: z.strictObject({ order: z.string(), train: z.string(), date: z.string(), coach: z.int(), place: z.string() }),
  state: z.strictObject({ issued: z.boolean(), until: z.int() }).partial(),
  result: z.strictObject({ issued: z.boolean() }),
  start: 'hasOffice',
  steps: {
    hasOffice: {
      kind: 'branch',
      when: [{ is: ({ config }) => config.ticketOffice === undefined, to: 'own' }],
      otherwise: 'order',
    },
    own: { kind: 'end', result: () => ({ issued: true }) },
    order: {
      kind: 'fetch',
      from: 'office',
      request: ({ input }) => ({ method: 'POST', path: '/tickets', body: input }),
      on: {
        answered: { to: 'end', set: ({ state }) => ({ issued: state === 'issued' }) },
        failed: { to: 'sayIssuing', set: (_failure, { now }) => ({ until: addMs(now, issueWithinMs) }) },
      },
    },
    sayIssuing: { kind: 'say', message: ({ t }) => textMessage(t('issuing')), next: 'later' },
    later: { kind: 'wait', until: ({ now }) => addMs(now, askEveryMs), next: 'look' },
    look: {
      kind: 'fetch',
      from: 'office',
      request: ({ input }) => ({ method: 'GET', path: `/tickets/${input.order}` }),
      on: {
        answered: { to: 'known', set: ({ state }) => ({ issued: state === 'issued' }) },
        failed: 'known',
      },
    },
    known: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.issued === true, to: 'end' },
        { is: ({ state, now }) => state.issued === false || now >= (state.until ?? 0), to: 'callOff' },
      ],
      otherwise: 'later',
    },
    callOff: {
      kind: 'fetch',
      from: 'office',
      request: ({ input }) => ({ method: 'POST', path: `/tickets/${input.order}/void`, body: {} }),
      on: { answered: 'end', failed: 'end' },
    },
    end: { kind: 'end', result: ({ state }) => ({ issued: state.issued ?? false }) },
  },
})
