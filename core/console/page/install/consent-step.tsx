import { Alert, Checkbox } from '@mantine/core'
import type { Package } from '../flows/flow.ts'
import { GrantLimits, type Limits } from '../plugins/grant-limits.tsx'
import { NeedLine, type Need } from '../plugins/need-line.tsx'
import { Outside } from '../plugins/reach.tsx'
import { reachWords } from '../plugins/plugin-words.ts'
import { useMay } from '../session/session.ts'
import { useWords } from '../words/use-words.ts'
import { installWords } from './install-words.ts'
import type { Choice } from './use-install.ts'

interface Props {
  readonly package: Package
  readonly choice: Choice
  readonly change: (choice: Choice) => void
}

/** The consent screen: everything it will be able to do, and how far. */
export function ConsentStep({ package: described, choice, change }: Props) {
  const words = useWords(installWords)
  const reach = useWords(reachWords)
  const mayGrant = useMay()('grant.write')
  const setGrant = (need: string, limits: Limits | undefined): void => {
    const { [need]: _, ...rest } = choice.grants
    change({ ...choice, grants: limits === undefined ? rest : { ...rest, [need]: limits } })
  }
  return (
    <>
      <section className="panel" aria-label={words.consent}>
        <p className="form-help">{words.consentText}</p>
        {described.needs.length === 0 && <p className="faint">{reach.needsNone}</p>}
        {described.needs.map((need) => (
          <NeedLine key={need.need} need={need}>
            {mayGrant && (
              <GrantWish need={need} limits={choice.grants[need.need]} change={(to) => setGrant(need.need, to)} />
            )}
          </NeedLine>
        ))}
        {!mayGrant && described.needs.length > 0 && <Alert color="yellow">{words.noGrant}</Alert>}
      </section>
      <Outside package={described} />
    </>
  )
}

interface WishProps {
  readonly need: Need
  /** Undefined while it is not asked for. */
  readonly limits: Limits | undefined
  readonly change: (limits: Limits | undefined) => void
}

function GrantWish({ need, limits, change }: WishProps) {
  const words = useWords(installWords)
  return (
    <>
      <Checkbox
        label={words.ask}
        aria-label={`${words.ask}: ${need.need}`}
        checked={limits !== undefined}
        onChange={(event) => change(event.currentTarget.checked ? {} : undefined)}
      />
      {limits !== undefined && <GrantLimits limits={limits} change={change} />}
    </>
  )
}
