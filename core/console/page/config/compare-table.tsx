import { showValue, type Group, type Schema } from '../form/schema.ts'
import { PlainTable } from '../tables/plain-table.tsx'
import { useWords } from '../words/use-words.ts'
import { configWords } from './config-words.ts'
import { compareConfigs } from './layers.ts'

interface Props {
  readonly schema: Schema
  readonly before: Group
  readonly after: Group
}

/** What differs between two configs, by the names that the form has for it. */
export function CompareTable({ schema, before, after }: Props) {
  const words = useWords(configWords)
  const changes = compareConfigs(before, after)
  if (changes.length === 0) return <p className="faint">{words.nothingChanged}</p>
  return (
    <PlainTable className="compare" heads={[words.change, words.before, words.after]}>
      {changes.map(({ path, before: old, after: now }) => (
        <tr key={path}>
          <td>{titleOf(schema, path.split('.')) ?? path}</td>
          <Changed old={old} now={now} />
        </tr>
      ))}
    </PlainTable>
  )
}

function Changed({ old, now }: { readonly old: unknown; readonly now: unknown }) {
  const words = useWords(configWords)
  const show = (value: unknown): string => (value === undefined ? words.standard : showValue(value))
  return (
    <>
      <td>
        <del>{show(old)}</del>
      </td>
      <td>
        <ins>{show(now)}</ins>
      </td>
    </>
  )
}

function titleOf(schema: Schema, [name = '', ...rest]: readonly string[]): string | undefined {
  const member = schema.properties?.[name]
  return rest.length === 0 || !member ? member?.title : titleOf(member, rest)
}
