/** Names of fixed things, in the two languages. They stand inside of texts, which cannot hold other texts. */
export interface Name {
  readonly zh: string
  readonly en: string
}

export function nameIn(locale: string, name: Name): string {
  return locale.startsWith('zh') ? name.zh : name.en
}

export const seatClassNames = {
  second: { zh: '二等座', en: 'Second class' },
  first: { zh: '一等座', en: 'First class' },
  business: { zh: '商务座', en: 'Business class' },
} as const satisfies Record<string, Name>

export type SeatClass = keyof typeof seatClassNames

/** The cheaper ones first. */
export const seatClasses = Object.keys(seatClassNames) as [SeatClass, ...SeatClass[]]

export const dayPartNames = {
  dawn: { zh: '凌晨', en: 'Before dawn' },
  morning: { zh: '上午', en: 'Morning' },
  noon: { zh: '中午', en: 'Around noon' },
  afternoon: { zh: '下午', en: 'Afternoon' },
  evening: { zh: '晚上', en: 'Evening' },
  any: { zh: '全天', en: 'Any time' },
} as const satisfies Record<string, Name>

export type DayPart = keyof typeof dayPartNames

export const dayParts = Object.keys(dayPartNames) as [DayPart, ...DayPart[]]
