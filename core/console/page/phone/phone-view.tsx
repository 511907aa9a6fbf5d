import { ActionIcon, TextInput } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { PhoneMenu } from './phone-menu.tsx'
import { PhoneMessage } from './phone-message.tsx'
import type { Act, Thread, Turn } from '../simulator/simulator.ts'
import { simulatorWords } from '../simulator/simulator-words.ts'

interface Props {
  readonly bot: string
  readonly thread: Thread
  readonly sms: boolean
  readonly busy: boolean
  readonly act: (act: Act) => void
}

/** The thread as its user sees it, and all that a user can do in it. */
export function PhoneView({ bot, thread, sms, busy, act }: Props) {
  const words = useWords(simulatorWords)
  const { bots } = useTenantSettings()
  return (
    <section className="phone simulator-phone" aria-label={words.phone} aria-busy={busy}>
      <h2 className="phone-bar">{bots.get(bot) ?? bot}</h2>
      <PhoneThread turns={thread.turns} sms={sms} act={act} />
      <PhoneMenu menu={thread.menu} act={act} />
      <Composer act={act} busy={busy} />
    </section>
  )
}

function PhoneThread({ turns, sms, act }: Pick<Props, 'sms' | 'act'> & { readonly turns: readonly Turn[] }) {
  const words = useWords(simulatorWords)
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Some browsers answer with a promise, which an effect must not hand on.
    void end.current?.scrollIntoView({ block: 'nearest' })
  }, [turns])
  return (
    <div className="phone-thread" role="log" tabIndex={0} aria-label={words.log}>
      {turns.length === 0 && <p className="faint">{words.nothingSaid}</p>}
      {turns.map((turn, index) => (
        <PhoneTurn key={index} turn={turn} number={index + 1} sms={sms} act={act} />
      ))}
      <div ref={end} />
    </div>
  )
}

interface TurnProps extends Pick<Props, 'sms' | 'act'> {
  readonly turn: Turn
  readonly number: number
}

function PhoneTurn({ turn: { from, said, why, messages }, number, sms, act }: TurnProps) {
  const words = useWords(simulatorWords)
  return (
    <>
      {from === 'user' && why.by !== 'missing' && (
        <div className="phone-bubble phone-own">
          {said ?? (why.by === 'button' ? words.agreed : words.secret)} <span className="phone-number">{number}</span>
        </div>
      )}
      {messages.map((message) => (
        <PhoneMessage key={message.number} message={message} sms={sms} act={act} />
      ))}
    </>
  )
}

function Composer({ act, busy }: Pick<Props, 'act' | 'busy'>) {
  const words = useWords(simulatorWords)
  const [text, setText] = useState('')
  const send = (event: FormEvent): void => {
    event.preventDefault()
    const said = text.trim()
    if (said === '' || busy) return
    act({ does: 'says', words: said })
    setText('')
  }
  return (
    <form className="phone-composer" onSubmit={send}>
      <TextInput
        aria-label={words.say}
        placeholder={words.placeholder}
        maxLength={2000}
        value={text}
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ActionIcon type="submit" size="lg" aria-label={words.send} disabled={busy || text.trim() === ''}>
        <IconSend size={17} aria-hidden />
      </ActionIcon>
    </form>
  )
}
