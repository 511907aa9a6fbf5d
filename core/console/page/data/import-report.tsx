import { Button } from '@mantine/core'
import { saveFile } from '../form/save-file.ts'
import { useWords } from '../words/use-words.ts'
import type { Report } from './collection.ts'
import { dataWords } from './data-words.ts'
import { PlainTable } from '../tables/plain-table.tsx'
import { SaidText } from '../saying/said-text.tsx'
import { useSay } from '../saying/use-say.ts'

const listed = 100

/** How many lines are good, and each bad one with its place and what is wrong with it. */
export function ImportReport({ report: { lines, good, bad, problems } }: { readonly report: Report }) {
  const words = useWords(dataWords)
  const say = useSay()
  const save = (): void =>
    saveFile(
      'import-problems.txt',
      problems.map((problem) => `${problem.line}\t${problem.field}\t${say(problem)}`).join('\n'),
    )
  return (
    <section aria-label={words.report}>
      <dl className="counts">
        <div>
          <dt>{words.lines}</dt>
          <dd>{lines}</dd>
        </div>
        <div>
          <dt>{words.good}</dt>
          <dd className="count-good">{good}</dd>
        </div>
        <div>
          <dt>{words.bad}</dt>
          <dd className={bad > 0 ? 'count-bad' : ''}>{bad}</dd>
        </div>
      </dl>
      {problems.length === 0 ? (
        <p className="faint">{good > 0 ? words.allGood : words.allBad}</p>
      ) : (
        <>
          <div className="problem-lines" tabIndex={0} role="group" aria-label={words.bad}>
            <PlainTable heads={[words.line, words.field, words.problem]}>
              {problems.map(({ line, field, ...said }, index) => (
                <tr key={index}>
                  <td>{line}</td>
                  <td className="mono">{field}</td>
                  <td>
                    <SaidText said={said} />
                  </td>
                </tr>
              ))}
            </PlainTable>
          </div>
          {bad >= listed && <p className="faint">{words.firstHundred}</p>}
          <Button variant="subtle" size="xs" onClick={save}>
            {words.saveProblems}
          </Button>
        </>
      )}
    </section>
  )
}
