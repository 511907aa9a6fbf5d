import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { defineReading, type Route } from '../routes/define-route.ts'
import { bilingual, idParams, instant } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { branches, findBranch, measureDistance, services, type Branch } from './branch-list.ts'
import { countFree, listSlots } from './slots.store.ts'

const branchSchema = Type.Object({
  id: Type.String(),
  name: bilingual,
  district: bilingual,
  address: bilingual,
  services: Type.Array(Type.Enum([...services])),
  location: Type.Object({ latitude: Type.Number(), longitude: Type.Number() }),
  distanceMetres: Type.Optional(Type.Integer({ description: 'Where a place was named; nearest first.' })),
})

const query = Type.Object({
  service: Type.Optional(Type.Enum([...services])),
  near: Type.Optional(
    Type.String({
      pattern: '^-?[0-9]{1,2}(\\.[0-9]{1,6})?,-?[0-9]{1,3}(\\.[0-9]{1,6})?$',
      description: 'Latitude and longitude. Used for this answer alone, and kept nowhere.',
    }),
  ),
})

const slotSchema = Type.Object({
  id: Type.String(),
  from: instant,
  to: instant,
  free: Type.Integer({ minimum: 0 }),
})

export function buildBranchRoutes(bank: Bank): Route[] {
  return [buildBranches(), buildSlots(bank)]
}

function buildBranches(): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/branches',
    id: 'listBranches',
    summary: 'Branches, the nearest first where a place is named.',
    query,
    answers: { 200: Type.Object({ items: Type.Array(branchSchema) }) },
    problems: ['malformed'],
    run: ({ query: { service, near } }) => {
      const found = branches.filter((branch) => service === undefined || branch.services.includes(service))
      const items = found.map((branch) => renderBranch(branch, near))
      return {
        status: 200,
        body: { items: items.toSorted((a, b) => (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0)) },
      }
    },
  })
}

function renderBranch(branch: Branch, near: string | undefined) {
  const { id, name, district, address, latitude, longitude } = branch
  const shown = { id, name, district, address, services: [...branch.services], location: { latitude, longitude } }
  if (near === undefined) return { ...shown, distanceMetres: undefined }
  const [north = 0, east = 0] = near.split(',').map(Number)
  return { ...shown, distanceMetres: measureDistance(branch, { latitude: north, longitude: east }) }
}

function buildSlots(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/branches/:id/slots',
    id: 'listSlots',
    summary: 'The half hours of a day, with the places that are free.',
    params: idParams,
    query: Type.Object({ service: Type.Enum([...services]), day: Type.String({ format: 'date' }) }),
    answers: { 200: Type.Object({ items: Type.Array(slotSchema) }) },
    problems: ['malformed', 'not_found'],
    run: ({ params, query: { service, day } }) => {
      const branch = findBranch(params.id)
      if (!branch?.services.includes(service)) throw new Problem('not_found', 'This branch does not do that.')
      const slots = listSlots(branch, service, day).filter(({ fromMs }) => fromMs > bank.clock.now())
      const items = slots.map((slot) => ({
        ...{ id: slot.id, from: renderInstant(slot.fromMs), to: renderInstant(slot.toMs), free: countFree(bank, slot) },
      }))
      return { status: 200, body: { items } }
    },
  })
}
