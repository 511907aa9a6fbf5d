import { cardMessage, minutes, reply, textMessage } from '@inthread/sdk'
import { showPhone } from '../words/read-phone.ts'
import type { TransferState, TransferSteps } from './slots.ts'
import { patience } from './who-steps.ts'

/** Nobody has been chosen: the next answer begins anew. */
export const nobody: Partial<TransferState> = {
  who: undefined,
  bank: undefined,
  found: undefined,
  isThem: undefined,
}

/** The bank says who a number belongs to, masked, and the user says whether that is the right person. */
export const findSteps: TransferSteps<'find'> = {
  banks: {
    kind: 'call',
    need: 'transfer',
    operation: 'banks',
    input: () => ({}),
    on: {
      listed: {
        to: 'askBank',
        // Somebody who was paid before is looked for where they were.
        set: ({ items }, { state: { who, bank } }) => ({ banks: items.slice(0, 8), bank: bank ?? who?.bank }),
      },
      declined: { to: 'lookup', set: () => ({ bank: 'any' }) },
      unknown: { to: 'lookup', set: () => ({ bank: 'any' }) },
    },
  },
  askBank: {
    kind: 'ask',
    slot: 'bank',
    prompt: ({ t, state: { banks = [] } }) =>
      textMessage(t('askBank'), [
        ...banks.map(({ id, name }) => reply(t('bankLabel', { name }), id)),
        reply(t('anyBank'), 'any'),
      ]),
    ...patience,
    next: 'lookup',
  },
  lookup: {
    kind: 'call',
    need: 'transfer',
    operation: 'lookup',
    input: ({ state: { who, bank = 'any' } }) => ({ phone: who?.phone ?? '', ...(bank === 'any' ? {} : { bank }) }),
    on: {
      found: {
        to: 'askThem',
        set: ({ id, expiresAt, payee, bank, firstTime = true, nameAskedFrom, facts }) => ({
          found: {
            ...{ quote: id, until: expiresAt, name: payee.name, account: payee.account, first: firstTime },
            ...{ bank: bank?.name ?? '', bankId: bank?.id ?? '', facts },
            ...(nameAskedFrom ? { nameAskedFrom } : {}),
          },
        }),
      },
      not_registered: { to: 'sayNotRegistered', set: () => nobody },
      limited: 'sayLimited',
      declined: { to: 'whyNot', set: ({ reason }) => ({ linked: reason !== 'not_linked' }) },
      unknown: 'sayUnreachable',
    },
  },
  whyNot: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.linked === false, to: 'sayNotLinked' }],
    otherwise: 'sayCannotLook',
  },
  sayNotRegistered: { kind: 'say', message: ({ t }) => textMessage(t('notRegistered')), next: 'askWho' },
  sayLimited: { kind: 'say', message: ({ t }) => textMessage(t('lookupLimited')), next: 'end' },
  askThem: {
    kind: 'ask',
    slot: 'isThem',
    prompt: ({ t, state: { found, who } }) =>
      cardMessage({
        title: t('payeeTitle', { name: found?.name ?? '' }),
        description: t('payeeBody', {
          ...{ bank: found?.bank ?? '', account: found?.account ?? '', first: found?.first ? 1 : 0 },
          phone: showPhone(who?.phone ?? ''),
        }),
        suggestions: [reply(t('isThem'), 'yes'), reply(t('isNotThem'), 'no')],
      }),
    // The bank keeps what it found for five minutes.
    timeout: { afterMs: minutes(5), to: 'sayQuiet' },
    next: { to: 'isThem', set: (isThem) => (isThem === 'no' ? nobody : {}) },
  },
  isThem: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.isThem === 'yes', to: 'hasAmount' }],
    otherwise: 'askWho',
  },
}
