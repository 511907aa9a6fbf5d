import { minutes, reply, textMessage, type Reply } from '@inthread/sdk'
import { readPhone, showPhone } from '../words/read-phone.ts'
import type { TransferContext, TransferState, TransferSteps } from './slots.ts'

type Payee = NonNullable<TransferState['payees']>[number]
type Who = NonNullable<TransferState['who']>

export const patience = { timeout: { afterMs: minutes(15), to: 'sayQuiet' }, giveUp: 'sayQuiet' } as const

const shownAtMost = 8

const toWho = ({ phone, nick, bank }: Payee): Who => ({
  phone,
  ...(nick === undefined ? {} : { nick }),
  ...(bank === undefined ? {} : { bank }),
})

const isMeant = (nick: string | undefined) => (payee: Payee) =>
  nick !== undefined && payee.nick?.toLowerCase() === nick.toLowerCase()

/** From the user's words to the number that is looked up. What a sentence said is shown before anything is done. */
export const whoSteps: TransferSteps<'who'> = {
  start: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.who !== undefined, to: 'banks' }],
    otherwise: 'readPayees',
  },
  readPayees: {
    kind: 'read',
    from: 'payees',
    by: 'mine',
    limit: 50,
    on: {
      found: {
        to: 'whoKnown',
        set: (payees, { input }) => ({ payees: [...payees], meant: payees.filter(isMeant(input.nick)) }),
      },
      none: { to: 'whoKnown', set: () => ({ payees: [], meant: [] }) },
    },
  },
  whoKnown: {
    kind: 'branch',
    when: [
      { is: ({ input, state }) => input.nick === undefined || state.right === 'change', to: 'askWho' },
      { is: ({ state: { meant = [] } }) => meant.length > 1, to: 'askWhich' },
      { is: ({ state: { meant = [] } }) => meant.length === 1, to: 'askDraft' },
    ],
    otherwise: 'sayUnknownNick',
  },
  askDraft: {
    kind: 'ask',
    slot: 'right',
    prompt: (context) =>
      textMessage(writeDraft(context), [reply(context.t('right'), 'right'), reply(context.t('change'), 'change')]),
    ...patience,
    next: {
      to: 'drafted',
      set: (right, { state: { meant = [] } }) => {
        const [payee] = meant
        return right === 'right' && payee ? { who: toWho(payee) } : { said: undefined, amount: undefined }
      },
    },
  },
  drafted: { kind: 'branch', when: [{ is: ({ state }) => state.who !== undefined, to: 'banks' }], otherwise: 'askWho' },
  askWhich: {
    kind: 'ask',
    slot: 'who',
    prompt: ({ t, input, state: { meant = [] } }) =>
      textMessage(
        t('askWhich', { nick: input.nick ?? '' }),
        meant
          .slice(0, shownAtMost)
          .map((payee) =>
            reply(t('nickPhone', { nick: payee.nick ?? '', phone: showPhone(payee.phone) }), toWho(payee)),
          ),
      ),
    ...patience,
    next: 'banks',
  },
  sayUnknownNick: {
    kind: 'say',
    message: ({ t, input }) => textMessage(t('unknownNick', { nick: input.nick ?? '' })),
    next: 'askWho',
  },
  askWho: {
    kind: 'ask',
    slot: 'who',
    prompt: (context) => {
      const payees = listPayees(context)
      return textMessage(context.t('askWho', { known: payees.length }), payees)
    },
    read: (words, { state: { payees = [] } }) => {
      const phone = readPhone(words)
      if (phone !== undefined) return toWho(payees.find((payee) => payee.phone === phone) ?? { phone, name: '' })
      const named = payees.find(isMeant(words.trim()))
      return named && toWho(named)
    },
    ...patience,
    next: 'banks',
  },
}

function listPayees({ t, state: { payees = [] } }: TransferContext): readonly Reply<Who>[] {
  const labels = new Set<string>()
  return payees.slice(0, shownAtMost).flatMap((payee) => {
    const name = payee.nick ?? `${payee.name} ${payee.phone.slice(-4)}`
    if (labels.has(name)) return []
    labels.add(name)
    return [reply(t('payeeLabel', { name }), toWho(payee))]
  })
}

function writeDraft({ t, state, input }: TransferContext): ReturnType<TransferContext['t']> {
  const [payee] = state.meant ?? []
  const shown = { nick: payee?.nick ?? '', phone: showPhone(payee?.phone ?? ''), name: payee?.name ?? '' }
  const { said } = input
  return said && 'amount' in said ? t('askDraft', { ...shown, amount: said.amount }) : t('askDraftPayee', shown)
}
