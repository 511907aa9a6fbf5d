import { listDialogueOperations } from '../capability.ts'
import type { Flow } from '../plugin/erased.ts'
import { definePlugin, type Plugin } from '../plugin/plugin.ts'
import { buildCounterContract, type CounterOptions } from './counter-contract.ts'
import { buildCounterFlow } from './counter-flow.ts'

/**
 * The bank's counter: a plugin that holds the same dialogue for each commit of a capability. Which account pays, the
 * confirm card out of the stored order, the bank's code, and the result; what the bank leaves open is told as open.
 * Throws a TypeError for a capability without commits.
 */
export function defineCounter({ provides, words, revision = 1, ...identity }: CounterOptions): Plugin {
  const commits = listDialogueOperations(provides)
  if (commits.length === 0) throw new TypeError(`counter ${identity.id}: ${provides.id} has no commit`)
  const contract = buildCounterContract({ ...identity, provides, words })
  const dialogues: Record<string, Flow<{ order: string }>> = {}
  for (const id of commits) {
    const namesPayee = provides.operations[id]?.confirm?.payee !== false
    dialogues[id] = buildCounterFlow(contract, { id, revision, namesPayee })
  }
  return definePlugin(contract, { flows: Object.values(dialogues), dialogues })
}
