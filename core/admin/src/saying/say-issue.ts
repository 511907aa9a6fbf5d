import type { z } from 'zod'
import { defineSentences, findSaid, quote, type Said } from '@inthread/sdk/fault'

const say = defineSentences({
  'value.unknown_field': 'there is no field of this name',
  'value.missing': 'is missing: {expected}',
  'value.kind': 'Invalid input: expected {expected}',
  'value.option': 'Invalid option: expected one of {options}',
  'value.form': 'Invalid string: it has another form',
  'value.step': 'Invalid number: must be a multiple of {n}',
  'value.letters_at_most': 'Too big: expected at most {n} characters',
  'value.letters_at_least': 'Too small: expected at least {n} characters',
  'value.entries_at_most': 'Too big: expected at most {n} entries',
  'value.entries_at_least': 'Too small: expected at least {n} entries',
  'value.at_most': 'Too big: expected at most {n}',
  'value.at_least': 'Too small: expected at least {n}',
  'value.unfit': 'Invalid input',
})

/** Our schemas tell sentences of ours; the parser has usual ones; any other is of whoever wrote the schema. */
export function sayIssue(issue: z.core.$ZodIssue): Said {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return say('value.missing', { expected: issue.expected })
  const ours = findSaid(issue.message)
  if (ours) return ours
  if (!/^(Invalid|Too (big|small)|Unrecognized)\b/.test(issue.message)) return quote(issue.message)
  return { ...sayUsual(issue), message: issue.message }
}

export function sayUnknownField(): Said {
  return say('value.unknown_field')
}

function sayUsual(issue: z.core.$ZodIssue): Said {
  switch (issue.code) {
    case 'too_big':
      return say(mostOf(issue.origin), { n: Number(issue.maximum) })
    case 'too_small':
      return say(leastOf(issue.origin), { n: Number(issue.minimum) })
    case 'invalid_type':
      return say('value.kind', { expected: issue.expected })
    case 'invalid_value':
      return say('value.option', { options: issue.values.map(String).join(', ') })
    case 'invalid_format':
      return say('value.form')
    case 'not_multiple_of':
      return say('value.step', { n: issue.divisor })
    default:
      return say('value.unfit')
  }
}

function mostOf(origin: string) {
  if (origin === 'string') return 'value.letters_at_most' as const
  return isList(origin) ? ('value.entries_at_most' as const) : ('value.at_most' as const)
}

function leastOf(origin: string) {
  if (origin === 'string') return 'value.letters_at_least' as const
  return isList(origin) ? ('value.entries_at_least' as const) : ('value.at_least' as const)
}

const isList = (origin: string): boolean => ['array', 'set', 'map', 'object'].includes(origin)
