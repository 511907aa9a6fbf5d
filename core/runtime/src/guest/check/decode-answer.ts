import { decodeJson } from '@inthread/sdk/json'
import { Refusal, refuseUnless } from './refusal.ts'

const depthAtMost = 40
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** JSON of an ordinary depth, without names that objects have from elsewhere. */
export function decodeAnswer(text: string): unknown {
  refuseUnless(measureDepth(text) <= depthAtMost, 'json.depth')
  const value = parse(text)
  refuseUnless(!hasForbiddenName(value), 'json.name')
  return value
}

function parse(text: string): unknown {
  try {
    return decodeJson(text)
  } catch {
    throw new Refusal('json.text')
  }
}

/** Counted in the text, before anything recursive looks at it. */
function measureDepth(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false]
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (quoted && sign === '\\') at += 1
    else if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '{' || sign === '[')) deepest = Math.max(deepest, (depth += 1))
    else if (!quoted && (sign === '}' || sign === ']')) depth -= 1
  }
  return deepest
}

function hasForbiddenName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(hasForbiddenName)
  return Object.entries(value).some(([name, item]) => forbiddenNames.has(name) || hasForbiddenName(item))
}
