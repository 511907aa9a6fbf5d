import type { z } from 'zod'
import { readScript, type ScriptAct, type SimulatedAct } from '@inthread/messaging'
import { openScope } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'
import { actsAtMost, type scriptOutput, type WireAct } from './thread-schema.ts'

type Output = z.infer<typeof scriptOutput>

/** What a stored thread's user did, as a script; undefined where there is no such conversation. */
export async function readStored(
  { tenant, conversation }: { readonly tenant: string; readonly conversation: string },
  { store, sealer }: Pick<AdminPorts, 'store' | 'sealer'>,
): Promise<Output | undefined> {
  const query = { conversationId: conversation, limit: actsAtMost, sealer }
  const stored = await store.read('simulation.script', (reader) => readScript(reader, openScope(tenant), query))
  if (!stored) return undefined
  const { bot, startsAt, shortened, acts } = stored
  return {
    ...{ bot, startsAt, shortened },
    acts: acts.flatMap((each) => (each.kind === 'act' ? [showAct(each.act)] : [])),
    left: countLeft(acts),
  }
}

function countLeft(acts: readonly ScriptAct[]): Record<string, number> {
  const reasons = acts.flatMap((each) => (each.kind === 'left' ? [each.why] : []))
  return Object.fromEntries([...Map.groupBy(reasons, (why) => why)].map(([why, all]) => [why, all.length]))
}

function showAct(act: SimulatedAct): WireAct {
  if (act.does === 'waits')
    return { does: 'waits', seconds: Math.min(5_184_000, Math.max(1, Math.floor(act.ms / 1000))) }
  if (act.does === 'host') return { does: 'host', fails: act.answer.kind === 'failed' ? act.answer.reason : 'late' }
  if (act.does === 'bank') return { does: 'bank', answers: act.answers }
  if (act.does === 'taps') return { does: 'taps', label: act.label.slice(0, 200) }
  return act.does === 'says' ? { does: 'says', words: act.words.slice(0, 2000) } : act
}
