import {
  addMs,
  cardMessage,
  formatDateTime,
  formatMoney,
  minutes,
  money,
  reply,
  textMessage,
  type Content,
} from '@inthread/sdk'
import { toRows } from '../common-texts.ts'
import type { AccountContext, AccountState } from './slots.ts'

type Next = NonNullable<AccountState['next']>

/** Only the last four digits are said: the rest is covered anyway. */
function maskOf({ state }: AccountContext): string {
  return (state.account?.mask ?? '').replaceAll('*', '')
}

/**
 * The figures are shown while they are fresh. Asked again later, after something else that may have moved money, the
 * question comes without them: an old balance looks like the one of now.
 */
export function balanceCard(context: AccountContext): Content<Next> {
  const { t, state } = context
  const none = money('0', 'CNY')
  const {
    available = none,
    held = none,
    income = none,
    spending = none,
    asOf = context.now,
    owed,
    seenAt = context.now,
  } = state.balance ?? {}
  if (addMs(seenAt, minutes(1)) < context.now) {
    return textMessage(t('whatMore', { mask: maskOf(context), time: asOf }), [
      reply(t('showBalance'), 'balance' as const),
      reply(t('showEntries'), 'entries' as const),
      ...others(context),
      reply(t('done'), 'done' as const),
    ])
  }
  return cardMessage({
    title: t('balanceTitle', { mask: maskOf(context), available, time: asOf }),
    description: t('balanceBody', { held, income, spending, owed: owed ? formatMoney(owed) : '' }),
    suggestions: [reply(t('showEntries'), 'entries'), ...others(context), reply(t('done'), 'done')],
  })
}

/** Lines like `3月6日 09:31 −¥480.00 星光小学`, newest first. */
export function entriesCard(context: AccountContext): Content<Next> {
  const { t, state, locale, timeZone } = context
  const lines = (state.entries ?? []).map(({ direction, amount, text, at }) => {
    const sign = direction === 'in' ? '+' : '−'
    return `${formatDateTime(at, locale, timeZone)}  ${sign}${formatMoney(amount)}  ${text}`
  })
  return cardMessage({
    title: t('entriesTitle', { mask: maskOf(context) }),
    description: t('rows', toRows(lines)),
    suggestions: [
      ...(state.after === undefined ? [] : [reply(t('more'), 'more' as const)]),
      ...others(context),
      reply(t('done'), 'done'),
    ],
  })
}

function others({ t, state: { accounts = [] } }: AccountContext) {
  return accounts.length > 1 ? [reply(t('otherAccount'), 'other' as const)] : []
}
