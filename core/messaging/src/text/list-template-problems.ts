import Handlebars from 'handlebars'

/** What a template is checked against: the variables it may use, and those it must. */
export interface TemplateRules {
  readonly vars: readonly string[]
  readonly keep: readonly string[]
}

const sourceLimit = 16_000
const nodeLimit = 500
const depthLimit = 32
const blocks: ReadonlySet<string> = new Set(['if', 'unless'])

interface Walk {
  readonly rules: TemplateRules
  readonly problems: string[]
  readonly used: Set<string>
  nodes: number
}

/**
 * What a template does that templates may not do, in sentences. An allow-list over the parsed tree: plain text,
 * declared variables, and `{{#if name}}` or `{{#unless name}}` with `{{else}}`. Everything else that Handlebars knows
 * is refused.
 */
export function listTemplateProblems(source: string, rules: TemplateRules): readonly string[] {
  if (typeof source !== 'string') return ['a template is a text']
  if (source.length > sourceLimit) return [`a template has at most ${sourceLimit} characters`]
  let program: hbs.AST.Program
  try {
    program = Handlebars.parseWithoutProcessing(source)
  } catch {
    return ['the braces do not close properly']
  }
  const walk: Walk = { rules, problems: [], used: new Set(), nodes: 0 }
  walkProgram(program, walk, 0)
  const missing = rules.keep.filter((name) => !walk.used.has(name))
  return [...walk.problems, ...missing.map((name) => `{{${name}}} has to stay in this text`)]
}

function walkProgram(program: hbs.AST.Program, walk: Walk, depth: number): void {
  if (depth > depthLimit) return void walk.problems.push(`blocks stand inside each other more than ${depthLimit} deep`)
  for (const statement of program.body) {
    walk.nodes += 1
    if (walk.nodes > nodeLimit) return void walk.problems.push(`a template has at most ${nodeLimit} parts`)
    walkStatement(statement, walk, depth)
  }
}

function walkStatement(statement: hbs.AST.Statement, walk: Walk, depth: number): void {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return
    case 'MustacheStatement':
      return checkMustache(statement as hbs.AST.MustacheStatement, walk)
    case 'BlockStatement':
      return checkBlock(statement as hbs.AST.BlockStatement, walk, depth)
    default:
      walk.problems.push(`${statement.type} is not allowed`)
  }
}

function checkMustache(mustache: hbs.AST.MustacheStatement, walk: Walk): void {
  if (!mustache.escaped) walk.problems.push('write {{name}} with two braces')
  if (mustache.params.length > 0 || (mustache.hash?.pairs.length ?? 0) > 0)
    walk.problems.push('a variable takes nothing after its name')
  checkVariable(mustache.path, walk)
}

function checkBlock(block: hbs.AST.BlockStatement, walk: Walk, depth: number): void {
  if (!blocks.has(block.path.original))
    walk.problems.push(`{{#${block.path.original}}} is not allowed: only if and unless`)
  const [condition] = block.params
  if (block.params.length !== 1 || !condition || (block.hash?.pairs.length ?? 0) > 0) {
    walk.problems.push(`{{#${block.path.original}}} takes exactly one variable`)
  } else {
    checkVariable(condition, walk)
  }
  walkProgram(block.program, walk, depth + 1)
  // Handlebars leaves it out where there is no else, whatever its types say.
  const otherwise: hbs.AST.Program | undefined = block.inverse
  if (otherwise) walkProgram(otherwise, walk, depth + 1)
}

function checkVariable(expression: hbs.AST.Expression, walk: Walk): void {
  if (expression.type !== 'PathExpression') return void walk.problems.push('only variables may stand between braces')
  const path = expression as hbs.AST.PathExpression
  const [name] = path.parts
  if (
    path.data ||
    path.depth !== 0 ||
    path.parts.length !== 1 ||
    path.original !== name ||
    !walk.rules.vars.includes(name)
  ) {
    walk.problems.push(
      `{{${path.original}}} is not a variable of this text: ${walk.rules.vars.join(', ') || 'it has none'}`,
    )
    return
  }
  walk.used.add(name)
}
