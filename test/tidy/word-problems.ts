import { type BannedWord, bannedWords } from './banned-words.ts'
import type { Problem } from './problem.ts'
import { isGlobal, listBound } from './source/free-names.ts'
import { listCode, type Project } from './source/project.ts'
import { findPropertyName, findRootName, getSyntax, isMember, type Node, type Syntax, walk } from './source/syntax.ts'

export function findWordProblems(project: Project): Problem[] {
  return listCode(project).flatMap((path) => {
    const syntax = getSyntax(project, path)
    const [error] = syntax.errors
    if (error !== undefined) return [{ rule: 'word/unreadable', path, text: `cannot be parsed: ${error}` }]
    return [...findBanned(path, syntax), ...findSkips(path, syntax)]
  })
}

function findBanned(path: string, syntax: Syntax): Problem[] {
  const words = bannedWords.filter(({ within, allowed }) => (within?.test(path) ?? true) && !allowed?.test(path))
  const bound = listBound(syntax.program)
  const problems: Problem[] = []
  walk(syntax.program, (node, ancestors) => {
    const free = (...names: string[]): boolean => isFree(node, ancestors.at(-1), { bound, names })
    for (const word of words) {
      if (word.isUsed(node, free)) problems.push(buildProblem(word, path, syntax.lineAt(node.start)))
    }
  })
  return problems
}

interface Names {
  readonly bound: ReadonlySet<string>
  readonly names: readonly string[]
}

function isFree(node: Node, parent: Node | undefined, { bound, names }: Names): boolean {
  if (isMember(node, 'globalThis', names)) return true
  return node.type === 'Identifier' && names.includes(node.name) && isGlobal(node, parent, bound)
}

function buildProblem(word: BannedWord, path: string, line: number): Problem {
  return { rule: word.rule, path, line, text: word.instead }
}

const suites = /^(it|test|suite|bench|describe\w*)$/

/** `.only` hides every other test and never stays; whatever leaves a test out says why, beside it or just above. */
function findSkips(path: string, syntax: Syntax): Problem[] {
  const problems: Problem[] = []
  walk(syntax.program, (node) => {
    const how = findPropertyName(node)
    if (how === undefined || !suites.test(findRootName(node) ?? '')) return
    const line = syntax.lineAt(node.start)
    if (how === 'only')
      problems.push({ rule: 'word/only', path, line, text: '`.only` hides the other tests: remove it' })
    if (!/^(skip|skipIf|runIf|todo|fails)$/.test(how) || hasReason(syntax, line)) return
    problems.push({ rule: 'word/skip', path, line, text: `\`.${how}\` without a reason: write it in a comment above` })
  })
  return problems
}

function hasReason(syntax: Syntax, line: number): boolean {
  return syntax.comments.some(
    ({ value, start, end }) =>
      value.trim().length >= 10 && syntax.lineAt(start) <= line && syntax.lineAt(end) >= line - 1,
  )
}
