import type { Schema } from '../form/schema.ts'

const text: Schema = { type: 'string' }

export const tenantForm: Schema = {
  type: 'object',
  properties: {
    name: { ...text, maxLength: 60 },
    id: { ...text, maxLength: 41 },
    locale: { ...text, enum: ['zh-CN', 'en'] },
    timeZone: text,
    currency: { ...text, maxLength: 3 },
    handOver: { type: 'boolean', default: true },
  },
  required: ['name', 'id', 'locale', 'timeZone', 'currency'],
}

export const botForm: Schema = {
  type: 'object',
  properties: {
    name: { ...text, maxLength: 60 },
    id: { ...text, maxLength: 41 },
    serviceNumber: { ...text, maxLength: 21 },
    description: { ...text, maxLength: 500 },
    provider: { ...text, maxLength: 100 },
    address: { ...text, maxLength: 200 },
    phone: { ...text, maxLength: 21 },
    website: { ...text, maxLength: 150 },
    terms: { ...text, maxLength: 150 },
  },
  required: ['name', 'id'],
}
