import { defineContract, defineFlow, definePlugin, hours, intent, text, textMessage, z } from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'

export interface TalkOptions {
  /** Its id, and the word that begins it; `talk` when left out. */
  readonly id?: string
  /** `inthread` when left out. */
  readonly publisher?: string
  readonly version: string
  readonly revision: number
  /** Runs of the first revision may go on here, from the step `city`. */
  readonly moves?: boolean
  /** Called whenever its code runs. */
  readonly onRun?: () => void
}

/** A plugin of two questions, in as many versions as a test needs. */
export function buildTalk(options: TalkOptions): Plugin {
  const { id = 'talk', publisher = 'inthread', version, revision, moves = false, onRun = () => undefined } = options
  const contract = defineContract({
    id,
    publisher,
    version,
    host: '^0.1',
    locales: ['en'],
    title: { en: 'Talk' },
    config: z.strictObject({ greeting: z.string().default('Hello') }),
    needs: {},
    texts: {
      city: text({ version: 'text', greeting: 'text' }, { en: '{{greeting}} from {{version}}: which city?' }),
      day: text({}, { en: 'Which day?' }),
      done: text({ version: 'text' }, { en: 'Done by {{version}}.' }),
    },
    collections: {},
  })
  const flow = defineFlow(contract, {
    id: 'talk',
    revision,
    input: z.strictObject({}),
    state: z.strictObject({ city: z.string(), day: z.string() }).partial(),
    start: 'city',
    steps: {
      city: {
        kind: 'ask',
        slot: 'city',
        prompt: ({ t, config }) => {
          onRun()
          return textMessage(t('city', { version, greeting: config.greeting }))
        },
        read: (words) => words,
        timeout: { afterMs: hours(20), to: 'end' },
        next: 'day',
      },
      day: {
        kind: 'ask',
        slot: 'day',
        prompt: ({ t }) => textMessage(t('day')),
        read: (words) => words,
        timeout: { afterMs: hours(20), to: 'end' },
        next: 'done',
      },
      done: { kind: 'say', message: ({ t }) => textMessage(t('done', { version })), next: 'end' },
      end: { kind: 'end' },
    },
    ...(moves ? { moves: { 1: { steps: { city: 'city' } } } } : {}),
  })
  return definePlugin(contract, {
    flows: [flow],
    intents: { talk: intent({ flow, title: { en: 'Talk' }, words: { en: [id] }, input: {} }) },
    menu: ['talk'],
  })
}
