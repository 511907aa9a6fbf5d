import { applyEvent, buildContext, getStep, startRun, type Plugin, type Program } from '@inthread/sdk/engine'
import { isFault } from '@inthread/sdk/fault'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { GuestCall, GuestReply } from '../guest-call.ts'

export { tame } from './tame.ts'

/**
 * Runs within the engine, in front of the plugin's own code: the sdk's fold, the same as in process, with text in and
 * text out. Whatever goes wrong is told by its code alone; what a plugin throws may hold what a user wrote.
 */
export function answer(plugin: Plugin, text: string): string {
  try {
    return encodeJson(compute(plugin, decodeJson(text) as GuestCall))
  } catch (error) {
    const reply: GuestReply = { failed: isFault(error) ? error.code : isMemory(error) ? 'guest.memory' : 'guest.threw' }
    return encodeJson(reply)
  }
}

/** The engine's own words. A plugin that says so itself is believed, to its own disadvantage. */
function isMemory(error: unknown): boolean {
  return error instanceof Error && error.message === 'out of memory'
}

function compute(plugin: Plugin, call: GuestCall): GuestReply {
  switch (call.kind) {
    case 'advance': {
      const program = buildProgram(plugin, call.setup)
      const { state, event } = call
      return { value: event.kind === 'started' || !state ? start(program, event) : applyEvent(program, state, event) }
    }
    case 'read':
      return { value: read(buildProgram(plugin, call.setup), call) }
    case 'understand':
      return { value: understand(plugin, call) }
    case 'upgrade':
      return { value: upgrade(plugin, call) }
    case 'react':
      return { value: react(plugin, call) }
  }
}

function start(program: Program, event: Extract<GuestCall, { kind: 'advance' }>['event']): unknown {
  if (event.kind !== 'started') throw new TypeError('a run begins with its start')
  return startRun(program, event)
}

function read(program: Program, { state, words, now }: Extract<GuestCall, { kind: 'read' }>): unknown {
  const step = getStep(program, state.step)
  return step.kind === 'ask' && step.read ? step.read(words, buildContext(program, state, now)) : undefined
}

function understand(plugin: Plugin, { words, ...context }: Extract<GuestCall, { kind: 'understand' }>): unknown {
  for (const [intent, declaration] of Object.entries(plugin.intents)) {
    const input = declaration.understand?.(words, context)
    if (input !== undefined) return { intent, input }
  }
  return undefined
}

/** One function per version, one after the other. */
function upgrade(
  plugin: Plugin,
  { collection, document, fromVersion }: Extract<GuestCall, { kind: 'upgrade' }>,
): unknown {
  const { collections } = plugin.contract.declaration
  const declaration = Object.hasOwn(collections, collection) ? collections[collection] : undefined
  if (!declaration) throw new TypeError('the bundle has no such collection')
  let upgraded = document
  for (let version = fromVersion; version < declaration.version; version += 1) {
    const bring = declaration.upgrades[version]
    if (!bring) throw new TypeError('the bundle has no such upgrade')
    upgraded = bring(upgraded)
  }
  return upgraded
}

function react(plugin: Plugin, { alias, data, ...context }: Extract<GuestCall, { kind: 'react' }>): unknown {
  const reaction = Object.hasOwn(plugin.reactions, alias) ? plugin.reactions[alias] : undefined
  if (!reaction) throw new TypeError('the bundle has no such reaction')
  return reaction.input(data, context)
}

function buildProgram(plugin: Plugin, { flow: id, ...setup }: Extract<GuestCall, { kind: 'read' }>['setup']): Program {
  const flow = Object.hasOwn(plugin.flows, id) ? plugin.flows[id] : undefined
  if (!flow) throw new TypeError('the bundle has no such flow')
  return { flow, ...setup }
}
