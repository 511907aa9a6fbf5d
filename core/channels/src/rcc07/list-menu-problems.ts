import { exactlyOneOf, fields, listOf, type Problem, type Rule } from './rule.ts'
import { label, suggestion, suggestionKinds } from './suggestion-rules.ts'

const entriesOf = (entry: Rule): Rule => listOf(entry, { min: 1, max: 5 })

/** Three levels: the two upper ones may hold menus, the lowest only replies and actions. */
const subMenu = (entry: Rule): Rule => fields({ displayText: label, entries: entriesOf(entry) })
const middle = exactlyOneOf({ ...suggestionKinds, menu: subMenu(suggestion) })
const top = exactlyOneOf({ ...suggestionKinds, menu: subMenu(middle) })
const body = fields({ menu: fields({ entries: entriesOf(top) }) })

/** What the GSMA rules find wrong with the body of a fixed menu: `{ "menu": { "entries": […] } }`. */
export function listMenuProblems(menu: unknown): readonly Problem[] {
  return body(menu, '')
}
