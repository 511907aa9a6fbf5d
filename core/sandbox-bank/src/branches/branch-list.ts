import { text, type Text } from '../quotes/terms.ts'

export const services = ['general', 'cash-large', 'coins', 'certificate', 'foreign-currency'] as const
export type Service = (typeof services)[number]

export const serviceNames: Readonly<Record<Service, Text>> = {
  general: text('综合业务', 'General business'),
  'cash-large': text('大额取现', 'Large cash'),
  coins: text('零钱兑换', 'Coins'),
  certificate: text('证明开立', 'Certificates'),
  'foreign-currency': text('外币兑换', 'Foreign currency'),
}

export interface Branch {
  readonly id: string
  readonly name: Text
  readonly district: Text
  readonly address: Text
  readonly latitude: number
  readonly longitude: number
  readonly services: readonly Service[]
  /** Of each half hour and service. */
  readonly capacity: number
}

const most: readonly Service[] = ['general', 'cash-large', 'coins', 'certificate']

/** Invented branches of an invented bank. */
export const branches: readonly Branch[] = [
  {
    id: 'north',
    name: text('北城支行', 'North Town branch'),
    district: text('北城区', 'North'),
    address: text('北城大道 18 号', '18 Beicheng Avenue'),
    latitude: 30.702,
    longitude: 104.061,
    services: most,
    capacity: 2,
  },
  {
    id: 'centre',
    name: text('市中心支行', 'Centre branch'),
    district: text('中心区', 'Centre'),
    address: text('人民路 1 号', '1 Renmin Road'),
    latitude: 30.657,
    longitude: 104.066,
    services: services,
    capacity: 4,
  },
  {
    id: 'south',
    name: text('南湖支行', 'South Lake branch'),
    district: text('南湖区', 'South Lake'),
    address: text('南湖路 208 号', '208 Nanhu Road'),
    latitude: 30.561,
    longitude: 104.074,
    services: ['general', 'coins'],
    capacity: 1,
  },
]

export function findBranch(id: string): Branch | undefined {
  return branches.find((branch) => branch.id === id)
}

/** Metres, as a bird flies; good enough within a town. */
export function measureDistance(branch: Branch, here: { latitude: number; longitude: number }): number {
  const radians = Math.PI / 180
  const east = (branch.longitude - here.longitude) * Math.cos(here.latitude * radians)
  const north = branch.latitude - here.latitude
  return Math.round(Math.hypot(east, north) * radians * 6_371_000)
}
