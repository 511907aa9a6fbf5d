import { listLabels, listTexts, type Message } from '../world/sight.ts'
import { waitUntilFine, type Stage } from './stage.ts'
import type { Notice, Tap, Turn } from '../format/story-schema.ts'
import { StoryError } from '../world/story-world.ts'
import type { Thread } from './thread.ts'

/** What a turn does, as a line. Codes stay placeholders: what is printed may be kept. */
export function describeAct({ user, tap, notice, clock, fault }: Turn): string {
  if (user !== undefined) return `says   ${user}`
  if (tap !== undefined) return `taps   ${describeTap(tap)}`
  if (clock !== undefined) return `clock  ${clock}`
  if (fault) return `fault  ${fault.at}: ${fault.do}`
  if (notice?.at === 'bank') return `notice ${notice.account} is ${notice.state}`
  return `notice ${notice?.status ?? ''}${notice?.of === undefined ? '' : ` of “${notice.of}”`}`
}

/** Does what the turn does; rejects with a `StoryError` when it cannot be done. */
export async function runAct({ user, tap, notice, clock, fault }: Turn, thread: Thread, stage: Stage): Promise<void> {
  const { world } = stage
  if (user !== undefined) await world.say(thread.who, await fillIn(user, thread, stage))
  if (tap !== undefined) await runTap(tap, thread, stage)
  if (clock !== undefined) await world.advance(clock)
  if (fault) await (fault.do === 'behave' ? world.clearFaults(fault.at) : world.setFault(fault))
  if (notice) await runNotice(notice, thread, stage)
}

function describeTap(tap: Tap): string {
  if (typeof tap === 'string') return `[${tap}]`
  if (tap.menu !== undefined) return `menu [${tap.menu}]`
  return `[${tap.label}]${tap.of === undefined ? '' : ` of “${tap.of}”`}`
}

/** `{{code}}` is the code that this phone has to type now; `{{wrongCode}}` is any other. */
async function fillIn(text: string, { who }: Thread, { world, options }: Stage): Promise<string> {
  if (!/\{\{(code|wrongCode)\}\}/.test(text)) return text
  let code = ''
  const problems = await waitUntilFine(options, async () => {
    code = (await world.listCodes(who.phone)).find(({ state }) => state === 'pending')?.code ?? ''
    return { problems: code === '' ? ['the bank has sent no code that it still waits for'] : [] }
  })
  refuseIf(problems)
  const wrong = code.replace(/./, (digit) => String((Number(digit) + 1) % 10))
  return text.replaceAll('{{code}}', code).replaceAll('{{wrongCode}}', wrong)
}

async function runTap(tap: Tap, thread: Thread, stage: Stage): Promise<void> {
  const button =
    typeof tap === 'object' && tap.menu !== undefined
      ? await findKey(tap.menu, thread, stage)
      : await findButton(
          typeof tap === 'string' ? { label: tap } : { label: tap.label ?? '', of: tap.of },
          thread,
          stage,
        )
  for (let time = 0; time < (stage.options.twice ? 2 : 1); time += 1) await stage.world.tap(thread.who, button)
}

interface Button {
  readonly messageId: string
  readonly index: number
}

async function findKey(label: string, { who }: Thread, { world, options }: Stage): Promise<Button> {
  let index = -1
  const problems = await waitUntilFine(options, async () => {
    const labels = await world.listMenu(who.bot)
    index = labels.indexOf(label)
    return { problems: index < 0 ? [`the menu has no key “${label}”: ${labels.join(', ') || 'it is empty'}`] : [] }
  })
  refuseIf(problems)
  return { messageId: 'menu', index }
}

interface Wanted {
  readonly label: string
  readonly of?: string | undefined
}

async function findButton({ label, of }: Wanted, thread: Thread, { options }: Stage): Promise<Button> {
  const name = of === undefined ? `“${label}”` : `“${label}” of “${of}”`
  let button: Button | undefined
  const problems = await waitUntilFine(options, async () => {
    await thread.listNews()
    const message = thread.heard.findLast((each) => says(each, of) && listLabels(each).includes(label))
    const found = message?.suggestions.find((each) => each.label === label)
    button = message && found ? { messageId: message.id, index: found.index } : undefined
    const there = listLabels(thread.heard.at(-1) ?? { id: '', direction: 'in', suggestions: [] }).join(', ')
    return { problems: button ? [] : [`there is no button ${name}; the last message has ${there || 'none'}`] }
  })
  if (button) return button
  throw new StoryError('refused', problems.join('; '))
}

function says(message: Message, words: string | undefined): boolean {
  return words === undefined || listTexts(message).join('\n').includes(words)
}

async function runNotice(notice: Notice, thread: Thread, { world }: Stage): Promise<void> {
  if (notice.at === 'operator') {
    await thread.listNews()
    const message = thread.heard.findLast((each) => says(each, notice.of))
    if (!message) throw new StoryError('refused', 'there is no such message to report on')
    return world.forceStatus(message.id, notice)
  }
  const { accounts } = await world.readBank()
  const account = accounts.find(({ mask }) => mask === notice.account)
  if (!account) throw new StoryError('refused', `the bank has no account ${notice.account}`)
  return world.setAccountState(account.id, notice.state)
}

function refuseIf(problems: readonly string[]): void {
  if (problems.length > 0) throw new StoryError('refused', problems.join('; '))
}
