import { Button, Group, Skeleton } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Package } from '../flows/flow.ts'
import { findGrant } from '../plugins/need-grant.tsx'
import { useGrants } from '../plugins/use-package.ts'
import { useSecrets } from '../secrets/use-secrets.ts'
import { useMay } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { capabilityWords } from '../words/capability-words.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { installWords } from './install-words.ts'
import type { GrantResult } from './use-install.ts'
import { useSay } from '../saying/use-say.ts'

interface Props {
  readonly package: Package
  readonly bot: string
  readonly granted: readonly GrantResult[]
  readonly title: string
}

/** It is there; and this is what keeps it from being of use yet. */
export function ResultStep(props: Props) {
  const words = useWords(installWords)
  const tenant = useTenantId()
  const may = useMay()
  return (
    <section className="panel result" aria-label={words.finish}>
      <IconCircleCheck size={34} stroke={1.4} aria-hidden />
      <h2>{fillIn(words.done, { plugin: props.title })}</h2>
      <p className="faint">{words.doneText}</p>
      <Missing {...props} />
      <Group>
        <Button
          component={Link}
          to="/t/$tenant/plugins/$bot/$plugin"
          params={{ tenant, bot: props.bot, plugin: props.package.plugin } as never}
        >
          {words.toPlugin}
        </Button>
        {may('proposal.read') && (
          <Button component={Link} variant="default" to="/t/$tenant/approvals" params={{ tenant } as never}>
            {words.toApprovals}
          </Button>
        )}
        {may('collection.read') && (
          <Button component={Link} variant="default" to="/t/$tenant/data" params={{ tenant } as never}>
            {words.toData}
          </Button>
        )}
      </Group>
    </section>
  )
}

function Missing(props: Props) {
  const words = useWords(installWords)
  const missing = useMissing(props)
  if (!missing) return <Skeleton height={60} width="100%" />
  if (missing.length === 0) return <p>{words.missingNone}</p>
  return (
    <div className="missing">
      <h3>{words.missing}</h3>
      <ul>
        {missing.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}

/** Undefined while it is not known: nothing is called ready that may not be. */
function useMissing({ package: described, bot, granted }: Props): readonly string[] | undefined {
  const words = useWords(installWords)
  const names: Readonly<Record<string, string>> = useWords(capabilityWords)
  const say = useSay()
  const tenant = useTenantId()
  const may = useMay()
  const grants = useGrants(tenant)
  const collections = useAsk({
    key: ['collections', tenant],
    ask: (client) => client.collections.list.query({ tenant }),
    enabled: may('collection.read'),
  })
  const secrets = useSecrets(bot, described.plugin, described.secrets.length > 0)
  if ((may('grant.read') && !grants.data) || (may('collection.read') && !collections.data)) return undefined
  if (described.secrets.length > 0 && !secrets.data) return undefined
  const { plugin } = described
  const known = grants.data ?? []
  const ofNeeds = described.needs.flatMap(({ need, optional }): readonly string[] => {
    const asked = granted.find((each) => each.need === need)
    if (findGrant(known, { plugin, need, bot })?.state === 'active') return []
    if (asked?.why !== undefined) return [fillIn(words.grantFailed, { need, why: say(asked.why) })]
    if (asked) return [fillIn(words.grantWaits, { need })]
    return optional ? [] : [fillIn(words.grantAbsent, { need })]
  })
  const wanted = new Set(described.needs.filter(({ optional }) => !optional).map(({ capability }) => capability))
  const ofBank = [...wanted].filter(
    (capability) =>
      !known.some(({ grant, state }) => grant.side === 'bank' && grant.capability === capability && state === 'active'),
  )
  const empty = (collections.data ?? []).filter(
    (each) => each.plugin === plugin && each.dataClass === 'public' && each.documents === 0,
  )
  return [
    ...ofNeeds,
    ...ofBank.map((capability) => fillIn(words.bankGrant, { capability: names[capability] ?? capability })),
    ...(secrets.data?.filter(({ from }) => from === 'nowhere').map(({ secret }) => fillIn(words.secret, { secret })) ??
      []),
    ...empty.map(({ collection }) => fillIn(words.data, { collection })),
  ]
}
