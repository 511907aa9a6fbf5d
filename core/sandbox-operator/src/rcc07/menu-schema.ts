import { exactlyOne, fields, listOf } from './schema-parts.ts'
import type { Schema } from './schema-parts.ts'
import { displayText, suggestion } from './suggestion-schema.ts'

const leaf = suggestion['properties'] as Readonly<Record<string, Schema>>

function menuOf(entry: Schema, most: number): Schema {
  return fields({ displayText, entries: listOf(entry, 1, most) }, ['displayText', 'entries'])
}

const level2 = suggestion
const level1 = exactlyOne({ ...leaf, menu: menuOf(level2, 5) })
const level0 = exactlyOne({ ...leaf, menu: menuOf(level1, 5) })

/** The menu document as RCC.07 allows it: three levels of one to five entries. */
export const menuSchema: Schema = fields({ menu: fields({ entries: listOf(level0, 1, 5) }, ['entries']) }, ['menu'])

/** What China Telecom and China Unicom allow: two levels, three keys, five entries under each. */
export const operatorMenuSchema: Schema = fields(
  { menu: fields({ entries: listOf(exactlyOne({ ...leaf, menu: menuOf(suggestion, 5) }), 1, 3) }, ['entries']) },
  ['menu'],
)
