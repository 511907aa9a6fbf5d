import { Group, SegmentedControl, Select, Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Sentences } from '../form/problem-list.tsx'
import { Problem } from '../parts/problem.tsx'
import { useSession } from '../session/session.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { count } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import type { Preview } from './template.ts'
import { textWords } from './text-words.ts'

interface Props {
  readonly tenant: string
  readonly plugin: string
  readonly text: string
  readonly language: string
  readonly source: string
}

const places = ['text', 'title', 'description', 'label'] as const
type Where = (typeof places)[number]

/** What a phone shows of it, as it is being written: rendered by the platform, as it renders every message. */
export function PhonePreview(props: Props) {
  const words = useWords(textWords)
  const [where, setWhere] = useState<Where>('text')
  const [chosen, setChosen] = useState('')
  const { data, error } = usePreview(props, where)
  const channels = data?.channels ?? []
  const channel = channels.find((each) => each.channel === chosen) ?? channels[0]
  const names = { text: words.asText, title: words.asTitle, description: words.asDescription, label: words.asLabel }
  return (
    <section className="panel" aria-label={words.preview}>
      <div className="panel-head">
        <h2>{words.preview}</h2>
      </div>
      <Group mb="md" align="flex-end" justify="space-between">
        {channel && (
          <SegmentedControl
            size="xs"
            aria-label={words.channel}
            value={channel.channel}
            onChange={setChosen}
            data={channels.map(({ channel: value }) => ({ value, label: value === 'sms' ? words.sms : words.rcs }))}
          />
        )}
        <Select
          size="xs"
          aria-label={words.place}
          data={places.map((value) => ({ value, label: names[value] }))}
          value={where}
          onChange={(value) => setWhere((value ?? where) as Where)}
          allowDeselect={false}
          w={130}
        />
      </Group>
      {error && <Problem error={error} />}
      {!data && !error && <Skeleton height={360} />}
      {data && <Sentences sentences={data.problems} />}
      {channel && <Phone channel={channel} />}
      <p className="faint">
        {words.sample} {channel && channel.sms !== null && count(channel.sms, words.smsCountOne, words.smsCount)}
      </p>
    </section>
  )
}

function usePreview({ tenant, plugin, text, language, source }: Props, where: Where) {
  const { client } = useSession()
  const [typed] = useDebouncedValue(source, 300)
  return useQuery({
    queryKey: ['preview', tenant, plugin, text, language, typed, where],
    queryFn: () => client.templates.preview.query({ tenant, plugin, text, locale: language, source: typed, as: where }),
    placeholderData: keepPreviousData,
  })
}

type Channel = Preview['channels'][number]

function Phone({ channel: { channel, messages } }: { readonly channel: Channel }) {
  const words = useWords(textWords)
  const { bots } = useTenantSettings()
  return (
    <div className="phone" role="group" aria-label={words.preview}>
      <div className="phone-bar">{[...bots.values()][0] ?? ''}</div>
      <div className="phone-thread">
        {messages.length === 0 && <p className="faint">{words.empty}</p>}
        {messages.map((message, index) => (
          <PhoneMessage key={index} message={message} isSms={channel === 'sms'} />
        ))}
      </div>
    </div>
  )
}

interface MessageProps {
  readonly message: Channel['messages'][number]
  readonly isSms: boolean
}

function PhoneMessage({ message: { text, cards, buttons }, isSms }: MessageProps) {
  return (
    <>
      {text !== '' && <div className={isSms ? 'phone-bubble phone-sms' : 'phone-bubble'}>{text}</div>}
      {cards.map(({ title, description }, index) => (
        <div key={index} className="phone-card">
          <strong>{title}</strong>
          {description !== null && <p>{description}</p>}
        </div>
      ))}
      {buttons.length > 0 && (
        <div className="phone-chips">
          {buttons.map(({ label }, index) => (
            <span key={index}>{label}</span>
          ))}
        </div>
      )}
    </>
  )
}
