import { CommandError, exits, type Output } from '../commands/output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from '../commands/platform.ts'

export interface PeopleOptions extends PlatformOptions {
  readonly tenant: string
  readonly role?: string
  readonly days?: string
  readonly keep?: string
  readonly endKeys?: boolean
}

interface PeopleCall {
  readonly action: string
  readonly whom: string | undefined
}

export const peopleHelp = `
invite <e-mail> --role <role>   makes a link for somebody, and shows it, once: hand it over yourself
list                            shows who works for the tenant, and which links nobody has used
renew <person>                  makes a link for who has lost the password or the second factor
withdraw <invitation>           from now on its link opens nothing
remove <person>                 from their next call on they are out; keys that they have made end with them:
                                --end-keys for all, --keep <name,name> for those that go on

Without --tenant it is about the platform and the bank: operator, bank, product-owner, risk, auditor.
With it, about a tenant: owner, editor, agent, developer.
`

/** People who sign in with address and password, and links that invite them. */
export async function runPeople({ action, whom }: PeopleCall, options: PeopleOptions, output: Output): Promise<number> {
  const { api } = openPlatform(options)
  const { tenant } = options
  const call = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw toCommandError(error)
    })
  switch (action) {
    case 'invite': {
      const made = await call(
        api.people.invite.mutate({ tenant, email: need(whom, 'an e-mail address'), ...wish(options) }),
      )
      output.result(made)
      output.line(made.link)
      output.line(`It opens once, until ${made.expiresAt}, and is shown this once: hand it over yourself.`)
      return exits.ok
    }
    case 'renew': {
      const made = await call(api.people.renew.mutate({ tenant, person: need(whom, 'the person, by id') }))
      output.result(made)
      output.line(made.link)
      output.line(`It opens once, until ${made.expiresAt}. The second factor has to be set up anew.`)
      return exits.ok
    }
    case 'list': {
      const people = await call(api.people.list.query({ tenant }))
      const invitations = await call(api.people.invitations.query({ tenant }))
      output.result({ people, invitations })
      for (const { id, name, email, role, secondFactor } of people)
        output.line(`${id}  ${role.padEnd(24)} ${name} <${email}>${secondFactor ? '' : ', no second factor'}`)
      for (const { id, email, role, expired } of invitations)
        output.line(`${id.slice(0, 16)}  ${role.padEnd(24)} ${email}, ${expired ? 'its time is over' : 'not used yet'}`)
      return exits.ok
    }
    case 'withdraw': {
      const wanted = need(whom, 'the invitation')
      const waiting = await call(api.people.invitations.query({ tenant }))
      const { id } = waiting.find((each) => each.id.startsWith(wanted)) ?? { id: wanted }
      const answer = await call(api.people.withdraw.mutate({ tenant, id }))
      output.result(answer)
      output.line(answer.withdrawn ? 'It is withdrawn.' : 'It was used or withdrawn before.')
      return exits.ok
    }
    case 'remove': {
      const person = need(whom, 'the person, by id')
      const answer = await call(api.people.remove.mutate({ tenant, person, ...whatStays(options) }))
      output.result(answer)
      output.line('They are out.')
      if (answer.ended.length > 0) output.line(`Revoked: ${answer.ended.join(', ')}.`)
      if (answer.kept.length > 0) output.line(`Kept: ${answer.kept.join(', ')}.`)
      return exits.ok
    }
    default:
      throw new CommandError(
        `There is no "people ${action}": use invite, list, renew, withdraw or remove.`,
        exits.badInput,
      )
  }
}

/** Which keys go on; nothing where nobody has said, as the platform then says which there are. */
function whatStays({ keep, endKeys }: PeopleOptions): { readonly keep?: string[] } {
  if (keep !== undefined) return { keep: keep.split(',').map((each) => each.trim()) }
  return endKeys === true ? { keep: [] } : {}
}

const roles = [
  ...(['operator', 'bank', 'product-owner', 'risk', 'auditor'] as const),
  ...(['owner', 'editor', 'agent', 'developer'] as const),
]

type Role = (typeof roles)[number]

function wish({ role: given, days }: PeopleOptions): { readonly role: Role; readonly days?: number } {
  const role = roles.find((each) => each === given)
  if (role === undefined) throw new CommandError(`Name the role: --role ${roles.join(' | ')}.`, exits.badInput)
  if (days !== undefined && !/^([1-9]|[12][0-9]|30)$/.test(days))
    throw new CommandError('--days takes a whole number from 1 to 30.', exits.badInput)
  return { role, ...(days === undefined ? {} : { days: Number(days) }) }
}

function need(given: string | undefined, what: string): string {
  if (given === undefined) throw new CommandError(`Name ${what}.`, exits.badInput)
  return given
}
