import Handlebars from 'handlebars'
import type { Said } from '@inthread/sdk/fault'
import { sayTemplate as say } from './say-template.ts'

/** What a template is checked against: the variables it may use, and those it must. */
export interface TemplateRules {
  readonly vars: readonly string[]
  readonly keep: readonly string[]
}

const sourceLimit = 16_000
const nodeLimit = 500
const depthLimit = 32
const blocks: ReadonlySet<string> = new Set(['if', 'unless'])
/** Handlebars would call them, whatever a text declares. */
const helpers: ReadonlySet<string> = new Set(Object.keys(Handlebars.create().helpers))

interface Walk {
  readonly rules: TemplateRules
  readonly problems: Said[]
  nodes: number
}

/** The variables that a part of a template shows, whatever their values are. */
type Shown = ReadonlySet<string>
const nothing: Shown = new Set()

/**
 * What a template does that templates may not do, in sentences. An allow-list over the parsed tree: plain text,
 * declared variables, and `{{#if name}}` or `{{#unless name}}` with `{{else}}`. Everything else that Handlebars knows
 * is refused. What has to stay stands where no condition can leave it out.
 */
export function listTemplateProblems(source: string, rules: TemplateRules): readonly Said[] {
  if (typeof source !== 'string') return [say('template.no_text')]
  if (source.length > sourceLimit) return [say('template.too_long', { most: sourceLimit })]
  let program: hbs.AST.Program
  try {
    program = Handlebars.parseWithoutProcessing(source)
  } catch {
    return [say('template.braces')]
  }
  const walk: Walk = { rules, problems: [], nodes: 0 }
  const shown = walkProgram(program, walk, 0)
  const missing = rules.keep.filter((name) => !shown.has(name))
  return [...walk.problems, ...missing.map((name) => say('template.keep', { name }))]
}

function walkProgram(program: hbs.AST.Program, walk: Walk, depth: number): Shown {
  if (depth > depthLimit) return complain(walk, say('template.too_deep', { most: depthLimit }))
  const shown = new Set<string>()
  for (const statement of program.body) {
    walk.nodes += 1
    if (walk.nodes > nodeLimit) return complain(walk, say('template.too_many', { most: nodeLimit }))
    for (const name of walkStatement(statement, walk, depth)) shown.add(name)
  }
  return shown
}

function walkStatement(statement: hbs.AST.Statement, walk: Walk, depth: number): Shown {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return nothing
    case 'MustacheStatement':
      return checkMustache(statement as hbs.AST.MustacheStatement, walk)
    case 'BlockStatement':
      return checkBlock(statement as hbs.AST.BlockStatement, walk, depth)
    default:
      return complain(walk, say('template.statement', { statement: statement.type }))
  }
}

function checkMustache(mustache: hbs.AST.MustacheStatement, walk: Walk): Shown {
  if (!mustache.escaped) complain(walk, say('template.raw'))
  if (mustache.params.length > 0 || (mustache.hash?.pairs.length ?? 0) > 0) complain(walk, say('template.parameters'))
  return checkVariable(mustache.path, walk)
}

function checkBlock(block: hbs.AST.BlockStatement, walk: Walk, depth: number): Shown {
  const named = `{{#${block.path.original}}}`
  if (!blocks.has(block.path.original)) complain(walk, say('template.block', { block: named }))
  const [condition] = block.params
  if (block.params.length !== 1 || !condition || (block.hash?.pairs.length ?? 0) > 0) {
    complain(walk, say('template.condition', { block: named }))
  } else {
    checkVariable(condition, walk)
  }
  // Handlebars leaves out the branch that is not there (`{{^if}}` has the first one missing), whatever its types say.
  const branches: readonly (hbs.AST.Program | undefined)[] = [block.program, block.inverse]
  const [first = nothing, second = nothing] = branches.map((branch) => branch && walkProgram(branch, walk, depth + 1))
  return first.intersection(second)
}

function checkVariable(expression: hbs.AST.Expression, walk: Walk): Shown {
  if (expression.type !== 'PathExpression') return complain(walk, say('template.no_variable'))
  const path = expression as hbs.AST.PathExpression
  const [name] = path.parts
  const plain = !path.data && path.depth === 0 && path.parts.length === 1 && path.original === name
  if (plain && helpers.has(name)) return complain(walk, say('template.helper', { name }))
  if (plain && walk.rules.vars.includes(name)) return new Set([name])
  const known = walk.rules.vars.join(', ')
  const unknown = path.original
  if (known === '') return complain(walk, say('template.unknown_of_none', { name: unknown }))
  return complain(walk, say('template.unknown', { name: unknown, known }))
}

function complain(walk: Walk, problem: Said): Shown {
  walk.problems.push(problem)
  return nothing
}
