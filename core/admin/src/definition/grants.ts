import { findGrantProblem } from '@inthread/finance'
import type { Need, Plugin } from '@inthread/sdk/engine'
import { pathOf, type Problem } from './problem.ts'
import type { BankEntry, BotDefinition } from './schema.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'

interface GrantSections {
  readonly bots: readonly (BotDefinition | undefined)[]
  readonly banks: readonly (BankEntry | undefined)[]
  readonly plugins: ReadonlyMap<string, Plugin>
  readonly currency: string
}

/** Grants that name what is not there, that cannot be meant, or that leave out what a plugin cannot do without. */
export function listGrantProblems(sections: GrantSections): Problem[] {
  return [
    ...listBankProblems(sections),
    ...sections.bots.flatMap((bot, index) => listBotProblems(bot, index, sections)),
  ]
}

function listBankProblems({ banks, currency }: GrantSections): Problem[] {
  return banks.flatMap((bank, index) =>
    Object.entries(bank?.grants ?? {}).flatMap(([capability, text]) => {
      const problem = findGrantProblem(text, currency)
      return problem ? [{ path: pathOf('banks', index, 'grants', capability), ...problem }] : []
    }),
  )
}

function listBotProblems(bot: BotDefinition | undefined, index: number, sections: GrantSections): Problem[] {
  return (bot?.plugins ?? []).flatMap(({ use, grants }, position) => {
    const plugin = sections.plugins.get(use)
    if (!plugin) return []
    const { needs } = plugin.contract.declaration
    const at = ['bots', index, 'plugins', position] as const
    const named = Object.entries(grants).flatMap(([name, text]): Problem[] => {
      const problem = findProblem(needs, { name, text, currency: sections.currency })
      return problem ? [{ path: pathOf(...at, 'grants', name), ...problem }] : []
    })
    return [...named, ...listUngranted(needs, sections).map((said) => ({ path: pathOf(...at, 'use'), ...said }))]
  })
}

type Needs = Readonly<Record<string, Need>>

interface NamedGrant {
  readonly name: string
  readonly text: BotDefinition['plugins'][number]['grants'][string]
  readonly currency: string
}

function findProblem(needs: Needs, { name, text, currency }: NamedGrant): Said | undefined {
  const need = needs[name]
  const known = Object.keys(needs).join(', ')
  if (!need) return known === '' ? say('definition.no_needs') : say('definition.no_need', { known })
  if (text !== false) return findGrantProblem(text, currency)
  return need.optional ? undefined : say('definition.need_required')
}

/** A bank that says what it grants grants nothing else. */
function listUngranted(needs: Needs, { banks }: GrantSections): Said[] {
  const given = banks[0]?.grants
  if (!given) return []
  return Object.values(needs)
    .filter(({ capability, optional }) => !optional && capability.audience === 'scene' && !(capability.id in given))
    .map(({ capability }) => say('definition.ungranted', { capability: capability.id }))
}
