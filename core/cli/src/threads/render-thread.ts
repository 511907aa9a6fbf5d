import type { AdminApi } from '@inthread/client'

export type Thread = NonNullable<Awaited<ReturnType<AdminApi['threads']['simulate']['mutate']>>['thread']>
type Turn = Thread['turns'][number]
type Message = Turn['messages'][number]
type Asked = Turn['asked'][number]

/** A simulated thread as lines: who said what, and below it why. */
export function renderThread(thread: Thread): readonly string[] {
  return [...thread.turns.flatMap(renderTurn), ...renderEnd(thread)]
}

function renderTurn(turn: Turn): readonly string[] {
  const { said, from, why, steps, messages, asked, problem } = turn
  const place = [why.plugin, why.flow ?? why.intent, why.step].filter((part) => part !== null).join(' › ')
  const reason = [why.by, why.word, place, why.value].filter((part) => part !== null && part !== '').join('  ')
  return [
    `${from === 'user' ? '>' : '·'} ${said ?? (from === 'user' ? '(not shown)' : from)}    ${reason}`,
    ...steps.map((step) => `    ${step.plugin} › ${step.flow}: ${step.heard.replaceAll('_', ' ')}, now at ${step.to}`),
    ...asked.map((each) => `    ${renderAsked(each)}`),
    ...messages.flatMap(renderMessage),
    ...(problem ? [`  ! ${problem.code}${problem.detail === null ? '' : `: ${problem.detail}`}`] : []),
  ]
}

function renderAsked({ who, name, capability, operation, input, verdict, refusal }: Asked): string {
  const what = [capability, operation].filter((part) => part !== null).join('.')
  const refused = refusal ? ` (${refusal.party}: ${refusal.reason} ${refusal.ceiling})`.trimEnd() : ''
  return `${who} ${name} ${verdict}: ${what} ${input ?? ''}${refused}`.trimEnd()
}

function renderMessage({ number, voice, text, cards, buttons }: Message): readonly string[] {
  const said =
    text ?? cards.map(({ title, description }) => [title, description].filter(Boolean).join('\n')).join('\n\n')
  const labels = buttons.map(({ label }) => `[${label}]`).join(' ')
  const lines = [...said.split('\n'), ...(labels === '' ? [] : [labels])]
  return lines.map((line, index) => (index === 0 ? `  ${number} ${voice}: ${line}` : `      ${line}`))
}

function renderEnd({ open, asked, cut }: Thread): readonly string[] {
  const places = open.map(({ plugin, flow, step, kind }) => `waits at ${plugin} › ${flow} › ${step} (${kind})`)
  const question = asked && `${asked.who} ${asked.name} has to answer ${asked.operation}: ${listChoices(asked)}`
  const shortened = cut && `the last acts were left out: the ${cut} of a simulation was used up`
  return [...places, ...(question ? [question] : []), ...(shortened ? [shortened] : [])]
}

function listChoices({ choices }: NonNullable<Thread['asked']>): string {
  return choices.map(({ outcome }) => outcome).join(', ')
}
