const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `2026-02` is 2026年2月 or Feb 2026; a period of another form stays as the biller wrote it. */
export function writePeriod(period: string, locale: string): string {
  const [, year = '', digits = ''] = /^(\d{4})-(\d{2})$/.exec(period) ?? []
  const month = months[Number(digits) - 1]
  if (month === undefined) return period
  return locale.startsWith('zh') ? `${year}年${Number(digits)}月` : `${month} ${year}`
}
