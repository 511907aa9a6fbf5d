/** What a template may use, and what has to stay in it. */
export interface TemplateRules {
  readonly vars: readonly string[]
  readonly keep: readonly string[]
}

type Piece =
  | { readonly kind: 'variable' | 'open'; readonly name: string; readonly block?: string }
  | { readonly kind: 'else' }
  | { readonly kind: 'close'; readonly block: string }
  | { readonly kind: 'odd'; readonly tag: string }

interface Block {
  readonly name: string
  /** What the branches before this one show. */
  readonly first: ReadonlySet<string> | undefined
  shown: Set<string>
}

const tag = /\\*\{\{[^]*?(?:\}\}+|$)/g
const grammar = 'write {{name}}, or {{#if name}}…{{else}}…{{/if}}'
/** Words of the template language, which name no variable. */
const taken = new Set([
  ...['if', 'unless', 'each', 'with', 'log', 'lookup', 'else', 'this', 'true', 'false', 'null', 'undefined'],
  ...['helperMissing', 'blockHelperMissing'],
])

/**
 * What is wrong with a wording, in sentences. Allowed are text, `{{name}}` of declared variables, and `{{#if name}}` or
 * `{{#unless name}}` with `{{else}}`. What has to stay stands where no condition can leave it out.
 */
export function findTemplateProblems(source: string, rules: TemplateRules): readonly string[] {
  const problems: string[] = []
  const blocks: Block[] = [{ name: '', first: undefined, shown: new Set() }]
  for (const [found] of source.matchAll(tag)) {
    const problem = applyPiece(readPiece(found), blocks, rules)
    if (problem !== undefined) problems.push(problem)
  }
  if (blocks.length > 1) problems.push(`{{#${blocks.at(-1)?.name}}} is never closed`)
  const missing = rules.keep.filter((name) => !blocks[0]?.shown.has(name))
  return [...problems, ...missing.map((name) => `{{${name}}} has to stay, outside of every condition`)]
}

function readPiece(found: string): Piece {
  if (found.startsWith('\\') || found.startsWith('{{{')) return { kind: 'odd', tag: found }
  const inner = /^\{\{([^{}]*)\}\}$/.exec(found)?.[1]?.trim()
  if (inner === undefined) return { kind: 'odd', tag: found }
  if (inner === 'else') return { kind: 'else' }
  const [, block, condition] = /^#(if|unless)\s+([\w$]+)$/.exec(inner) ?? []
  if (block !== undefined && condition !== undefined) return { kind: 'open', block, name: condition }
  const closed = /^\/(if|unless)$/.exec(inner)?.[1]
  if (closed !== undefined) return { kind: 'close', block: closed }
  return /^[A-Za-z_$][\w$]*$/.test(inner) ? { kind: 'variable', name: inner } : { kind: 'odd', tag: found }
}

function applyPiece(piece: Piece, blocks: Block[], rules: TemplateRules): string | undefined {
  const last = blocks.at(-1)
  switch (piece.kind) {
    case 'odd':
      return `${piece.tag.slice(0, 40)} is not allowed: ${grammar}`
    case 'variable':
      last?.shown.add(piece.name)
      return findNameProblem(piece.name, rules)
    case 'open':
      blocks.push({ name: piece.block ?? 'if', first: undefined, shown: new Set() })
      return findNameProblem(piece.name, rules)
    case 'else':
      return openElse(blocks)
    case 'close':
      return closeBlock(piece.block, blocks)
  }
}

function findNameProblem(name: string, { vars }: TemplateRules): string | undefined {
  if (taken.has(name)) return `{{${name}}} is a word of templates and names no variable`
  if (vars.includes(name)) return undefined
  return `{{${name}}} is not a variable of this text: ${vars.length === 0 ? 'it has none' : vars.join(', ')}`
}

function openElse(blocks: Block[]): string | undefined {
  const last = blocks.at(-1)
  if (!last || last.name === '' || last.first) return '{{else}} stands outside of a condition'
  blocks.splice(-1, 1, { name: last.name, first: last.shown, shown: new Set() })
  return undefined
}

function closeBlock(name: string, blocks: Block[]): string | undefined {
  const last = blocks.at(-1)
  if (!last || last.name !== name) return `{{/${name}}} closes nothing`
  blocks.pop()
  const always = last.first ? last.shown.intersection(last.first) : new Set<string>()
  for (const shown of always) blocks.at(-1)?.shown.add(shown)
  return undefined
}

/** What of a wording stands there whatever its variables are. */
export function stripTags(source: string): string {
  let left = source
  for (let before = ''; before !== left;) {
    before = left
    left = left.replace(/\{\{#(if|unless)\s[^{}]*\}\}(?:(?!\{\{[#/])[^])*\{\{\/\1\}\}/g, '')
  }
  return left.replace(tag, '')
}
