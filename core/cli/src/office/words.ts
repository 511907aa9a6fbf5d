import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AdminError, type AdminApi } from '@inthread/client'
import { CommandError, exits } from '../commands/output.ts'

type Words = Awaited<ReturnType<AdminApi['tenants']['export']['query']>>['words']
type Text = Words['texts'][number]
type Intent = Words['intents'][number]

export const wordsFile = 'words.json'

/** What a tenant words itself, as a file: without versions, which count where they are. Nothing where it is nothing. */
export function writeWords({ texts, intents }: Words): string | undefined {
  if (texts.length + intents.filter(isWorded).length === 0) return undefined
  const told = {
    texts: texts.map(({ version: _, ...text }) => text),
    intents: intents.filter(isWorded).map(({ version: _, ...intent }) => intent),
  }
  return `${JSON.stringify(told, null, 2)}\n`
}

/** The words beside a definition; undefined where there is no such file: then they stay as they are. */
export function readWords(path: string): Words | undefined {
  const file = join(path, wordsFile)
  if (!statSync(path).isDirectory() || !existsSync(file)) return undefined
  try {
    const { texts, intents } = JSON.parse(readFileSync(file, 'utf8')) as Words
    return { texts: texts.map((each) => ({ ...each })), intents: intents.map((each) => ({ ...each })) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new CommandError(
      `${file} is not what "inthread export" writes: two lists, texts and intents.`,
      exits.badInput,
    )
  }
}

/** One change of a tenant's words, told and done. */
export interface WordsChange {
  readonly line: string
  /** What is wrong with it, if anything is. */
  run(api: AdminApi): Promise<readonly string[]>
}

/** What has to change for a tenant to have these words and no others. */
export async function planWords(api: AdminApi, tenant: string, wanted: Words): Promise<readonly WordsChange[]> {
  const present = await readPresent(api, tenant)
  return [
    ...compare({ wanted: wanted.texts, present: present.texts }, nameText, (text, known) => ({
      line: `${text ? (known ? 'update' : 'create') : 'remove'} text ${nameText(text ?? known)}  ${wordsFile}`,
      run: async (to) => {
        const { plugin, text: name, locale } = text ?? known ?? unnamed
        const put = { tenant, plugin, text: name, locale, source: text?.source ?? null, version: known?.version ?? 0 }
        return (await to.templates.put.mutate(put)).problems.map(({ message }) => message)
      },
    })),
    ...compare({ wanted: wanted.intents.filter(isWorded), present: present.intents }, nameIntent, (intent, known) => ({
      line: `${intent ? (known ? 'update' : 'create') : 'remove'} intent ${nameIntent(intent ?? known)}  ${wordsFile}`,
      run: async (to) => {
        const { plugin, intent: name } = intent ?? known ?? unnamed
        const put = { tenant, plugin, intent: name, words: intent?.words ?? {}, version: known?.version ?? 0 }
        return (await to.intents.put.mutate(put)).problems.map(({ message }) => message)
      },
    })),
  ]
}

const unnamed = { plugin: '', text: '', locale: '', intent: '' }
const nameText = (text: Text | undefined): string => `${text?.plugin}/${text?.text}/${text?.locale}`
const nameIntent = (intent: Intent | undefined): string => `${intent?.plugin}/${intent?.intent}`

/** A tenant that a dry run would create has none. */
async function readPresent(api: AdminApi, tenant: string): Promise<Words> {
  try {
    return (await api.tenants.export.query({ tenant })).words
  } catch (error) {
    if (error instanceof AdminError && error.code === 'NOT_FOUND') return { texts: [], intents: [] }
    throw error
  }
}

function compare<T extends object>(
  { wanted, present }: { readonly wanted: readonly T[]; readonly present: readonly T[] },
  nameOf: (item: T) => string,
  change: (wanted: T | undefined, known: T | undefined) => WordsChange,
): WordsChange[] {
  const known = new Map(present.map((item) => [nameOf(item), item]))
  const changes = wanted.flatMap((item) => {
    const there = known.get(nameOf(item))
    known.delete(nameOf(item))
    return there && tell(there) === tell(item) ? [] : [change(item, there)]
  })
  return [...changes, ...[...known.values()].filter(isWorded).map((item) => change(undefined, item))]
}

/** An intent whose words were taken away is still listed, because it has a version. */
function isWorded(item: object): boolean {
  return !('words' in item) || Object.keys(item.words ?? {}).length > 0
}

/** Without the version, and with members in one order. */
function tell(item: object): string {
  const sorted = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .sort(([left], [right]) => (left < right ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
  return JSON.stringify(sorted({ ...item, version: 0 }))
}
