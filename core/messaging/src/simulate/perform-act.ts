import type { RenderedContent, RenderedSuggestion } from '@inthread/sdk/channel'
import { findPlatformWord, normalize } from '@inthread/sdk/engine'
import { seconds } from '@inthread/sdk/time'
import { writeToken } from '../conversation/token.ts'
import { tokenOf } from '../outbox/publisher.ts'
import { pickWording, type MenuEntry } from '../tenancy/tenancy.ts'
import type { SimulatedAct } from './act.ts'
import { answerAsBank, answerAsHost, settleAsBank } from './answer-outside.ts'
import type { Play } from './play.ts'
import { isUnplayed } from './stand-in.ts'

/** Between two things that somebody does. */
const pauseMs = seconds(1)

/** One act, and everything that follows from it by itself. */
export async function performAct(play: Play, act: SimulatedAct): Promise<void> {
  if (act.does === 'waits') return play.pass(act.ms)
  await play.pass(pauseMs)
  switch (act.does) {
    case 'says':
      return say(play, act.words)
    case 'taps':
      return tap(play, act)
    case 'picks':
      return pick(play, act.label)
    case 'bank':
      return answerAsBank(play, act)
    case 'settles':
      return settleAsBank(play, act.result)
    case 'host':
      return answerAsHost(play, act.answer)
  }
}

async function say(play: Play, words: string): Promise<void> {
  const unplayed = play.stage.runs.findLast(({ plugin }) => isUnplayed(plugin))
  // What only the bank may hear goes nowhere; that the user leaves is heard.
  if (unplayed && findPlatformWord(words) === 'cancel')
    return answerAsBank(play, { does: 'bank', answers: 'cancelled' })
  if (unplayed) return play.note({ by: 'for_bank', plugin: unplayed.row.plugin })
  await play.take({ body: { kind: 'message', content: { kind: 'text', text: words } } })
}

type Tap = Extract<SimulatedAct, { does: 'taps' }>

async function tap(play: Play, { label, message }: Tap): Promise<void> {
  const { shown } = play.stage
  const searched = message === undefined ? shown.toReversed() : shown.filter(({ number }) => number === message)
  const button = searched.flatMap(({ content }) => listButtons(content)).find((each) => isLabelled(each, label))
  if (!button) return play.note({ by: 'missing' }, { said: label, problem: missing('button') })
  if (button.kind !== 'reply') return play.note({ by: 'opens', value: button.kind }, { said: button.label })
  const content = { kind: 'tap', postback: button.postback, label: button.label } as const
  await play.take({ body: { kind: 'message', content } })
}

function isLabelled(button: RenderedSuggestion, label: string): boolean {
  return normalize(button.label) === normalize(label)
}

export function listButtons(content: RenderedContent): readonly RenderedSuggestion[] {
  return [...(content.kind === 'cards' ? content.cards.flatMap((card) => card.suggestions) : []), ...content.chips]
}

async function pick(play: Play, label: string): Promise<void> {
  const { parts, tenancy, keyring, conversation } = play.stage
  const entry = listEntries(parts.bot.menu).find((each) => {
    return normalize(pickWording(each.label, tenancy.locale)) === normalize(label)
  })
  if (!entry) return play.note({ by: 'missing' }, { said: label, problem: missing('entry') })
  const realm = { tenantId: tenancy.scope.tenantId, conversationId: conversation.id, botId: conversation.bot_id }
  const content = { kind: 'tap', postback: writeToken(keyring, realm, tokenOf(entry)), label } as const
  await play.take({ body: { kind: 'message', content } })
}

type Leaf = Exclude<MenuEntry, { kind: 'menu' }>

function listEntries(menu: readonly MenuEntry[]): readonly Leaf[] {
  return menu.flatMap((entry) => (entry.kind === 'menu' ? entry.entries : [entry]))
}

const missing = (what: string) => ({ code: `simulation.no_such_${what}`, data: {}, detail: undefined }) as const
