import type { Seat, Train } from './collections.ts'

const between = { fromCity: 'chengdu', toCity: 'beijing' } as const
const route = {
  ...between,
  ...{ fromStation: '成都东', fromStationEn: 'Chengdu East', toStation: '北京西', toStationEn: 'Beijing West' },
}
const seat = { ...between, currency: 'CNY', letters: 'ABCDF' } as const

const trains: readonly Train[] = [
  { ...route, number: 'G308', departs: '08:00', arrives: '15:46', minutes: 466 },
  { ...route, number: 'G310', departs: '09:20', arrives: '17:02', minutes: 462 },
  { ...route, number: 'G320', departs: '14:00', arrives: '21:38', minutes: 458 },
]

const seats: readonly Seat[] = [
  { ...seat, id: 'G308/second', train: 'G308', seatClass: 'second', fare: '553.50', places: 60, ...coach(5, 12) },
  { ...seat, id: 'G308/first', train: 'G308', seatClass: 'first', fare: '885.50', places: 52, ...coach(2, 1) },
  { ...seat, id: 'G310/second', train: 'G310', seatClass: 'second', fare: '549.00', places: 1, ...coach(5, 1) },
  { ...seat, id: 'G320/second', train: 'G320', seatClass: 'second', fare: '589.50', places: 1, ...coach(6, 1) },
]

function coach(number: number, firstRow: number): Pick<Seat, 'coach' | 'firstRow' | 'rowsPerCoach'> {
  return { coach: number, firstRow, rowsPerCoach: 17 }
}

/** Three trains from Chengdu to Beijing: enough for the stories, and little to read in their journals. */
export const documents = { trains, seats }
