import { text, type Text } from '../quotes/terms.ts'

/** What the insurer behind the bank's gateway sells. */
export interface InsuranceProduct {
  readonly id: string
  readonly version: number
  readonly name: Text
  readonly premiumMinor: bigint
  readonly months: number
  readonly cover: Text
  readonly exclusions: Text
  readonly coverMinor: bigint
  /** In these days everything is paid back. */
  readonly coolingOffDays: number
  readonly declaration: Text
}

export const insuranceProducts: readonly InsuranceProduct[] = [
  {
    id: 'car-insurance',
    version: 1,
    name: text('机动车商业险', 'Car insurance'),
    premiumMinor: 98_000n,
    months: 12,
    cover: text('车辆损失与第三者责任 200 万元', 'damage to the car, third parties up to ¥2,000,000'),
    exclusions: text('酒驾、无证驾驶、竞赛', 'drink driving, no licence, races'),
    coverMinor: 200_000_000n,
    coolingOffDays: 0,
    declaration: text('车辆年检有效，未改变使用性质', 'the car is inspected and used as before'),
  },
  {
    id: 'travel-insurance',
    version: 1,
    name: text('境内旅行意外险', 'Travel insurance'),
    premiumMinor: 3_000n,
    months: 1,
    cover: text('意外医疗 5 万元，行李延误 500 元', 'accidents up to ¥50,000, late luggage ¥500'),
    exclusions: text('既往症、高风险运动', 'earlier illness, dangerous sports'),
    coverMinor: 5_000_000n,
    coolingOffDays: 15,
    declaration: text('被保险人身体健康', 'the insured is in good health'),
  },
]

export function findInsuranceProduct(id: string): InsuranceProduct | undefined {
  return insuranceProducts.find((product) => product.id === id)
}

const insurer = { id: 'ins_sample', name: text('安行保险', 'Steady Insurance'), account: '****8800' } as const

/** Who gets the premium, by the name that the customer reads. */
export function nameInsurer(locale: keyof Text): {
  readonly id: string
  readonly name: string
  readonly account: string
} {
  return { ...insurer, name: insurer.name[locale] }
}
