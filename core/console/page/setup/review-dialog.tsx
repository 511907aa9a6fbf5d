import { notifications } from '@mantine/notifications'
import { ProblemList } from '../form/problem-list.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { count } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import type { Definition } from './definition.ts'
import { setupWords } from './setup-words.ts'
import { useApply } from './use-setup.ts'
import { SaidText } from '../saying/said-text.tsx'
import type { Said } from '../saying/word-said.ts'

interface Change {
  readonly action: 'create' | 'update' | 'remove'
  readonly path: string
  readonly what: Said
  readonly details: readonly Said[]
}

interface Props {
  readonly definition: Definition
  readonly plan: readonly Change[]
  readonly done: () => void
  readonly close: () => void
}

/** What saving changes, line by line, before it does. */
export function ReviewDialog({ definition, plan, done, close }: Props) {
  const words = useWords(setupWords)
  const apply = useApply(false)
  const problems = apply.data?.problems ?? []
  const finish = ({ applied, waiting }: { readonly applied: boolean; readonly waiting: unknown }): void => {
    if (!applied) return
    notifications.show({ title: words.saved, message: waiting ? words.waiting : '', color: 'green' })
    done()
  }
  return (
    <Confirm
      title={words.planTitle}
      text={plan.length === 0 ? words.planNone : words.planText}
      action={words.save}
      grave={plan.some(({ action }) => action === 'remove')}
      ready={plan.length > 0}
      doing={apply}
      go={() => apply.mutate(definition, { onSuccess: finish })}
      close={close}
    >
      <Plan plan={plan} />
      {problems.length > 0 && (
        <ProblemList title={count(problems.length, words.problemOne, words.problems)} problems={problems} />
      )}
    </Confirm>
  )
}

function Plan({ plan }: Pick<Props, 'plan'>) {
  const words = useWords(setupWords)
  return (
    <ul className="plan">
      {plan.map(({ action, path, what, details }) => (
        <li key={`${action} ${path} ${what.message}`}>
          <strong>{words[action]}</strong> <SaidText said={what} />
          {details.map((detail) => (
            <div key={detail.message} className="mono faint">
              <SaidText said={detail} />
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}
