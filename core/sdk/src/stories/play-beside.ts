import type { Act } from '../testing/act.ts'
import { openStage } from '../testing/stage.ts'
import { performAct } from '../testing/perform.ts'
import { StoryFailure } from '../testing/story-failure.ts'
import type { Thread } from '../testing/thread.ts'
import type { StorySetting } from './story.ts'

/** A story with what was done in it. */
export interface Played {
  readonly setting: StorySetting
  readonly acts: readonly Act[]
}

/**
 * Two threads of two tenants in lockstep, the first one an act ahead. Both have to go as they go alone: what is
 * otherwise has crossed over, by a variable of the plugin's that outlives a run.
 */
export function playBeside(one: Played, other: Played, alone: readonly string[]): string | undefined {
  const acts = listPossible(other)
  const otherAlone = openThread(other)
  for (const act of acts) performAct(otherAlone, act)
  const [left, right] = [openThread(one), openThread(other)]
  for (let at = 0; at <= Math.max(one.acts.length, acts.length); at += 1) {
    const [ahead, behind] = [one.acts[at], acts[at - 1]]
    if (ahead) performAct(left, ahead)
    if (behind && !tryAct(right, behind)) return 'the other tenant cannot go on as it can alone'
  }
  if (left.record.join('\n') !== alone.join('\n')) return 'it goes otherwise than alone'
  return right.record.join('\n') === otherAlone.record.join('\n')
    ? undefined
    : 'the other tenant goes otherwise than alone'
}

function openThread({ setting }: Played): Thread {
  return openStage(setting.plugin, setting).thread
}

/** With another config or other documents a story may come to an end before its time. */
function listPossible(played: Played): readonly Act[] {
  const thread = openThread(played)
  const end = played.acts.findIndex((act) => !tryAct(thread, act))
  return end < 0 ? played.acts : played.acts.slice(0, end)
}

function tryAct(thread: Thread, act: Act): boolean {
  try {
    performAct(thread, act)
    return true
  } catch (error) {
    if (error instanceof StoryFailure) return false
    throw error
  }
}
