import type { Problem } from './problem.ts'
import { folderOf, nameOf, type Project } from './source/project.ts'

interface BannedText {
  readonly rule: string
  readonly pattern: RegExp
  readonly instead: string
}

/** The patterns are put together from pieces, so that this file does not hold what it looks for. */
const join = (...pieces: string[]): string => pieces.join('')

const unfinished: BannedText = {
  rule: 'word/unfinished',
  pattern: new RegExp(`\\b(${join('TO', 'DO')}|${join('FIX', 'ME')}|${join('X', 'XX')})\\b`),
  instead: 'a note to oneself: do it now, or write an issue and say here what does not work yet',
}

const workplaces = [
  join('\\.\\.\\/sha', 'red\\b'),
  join('\\/wo', 'rk\\/'),
  join('\\/fa', 'rm\\/'),
  join('\\/tmp\\/br', 'ief'),
]
const papers = [
  join('DEVELO', 'PERS\\.md'),
  join('COMP', 'ASS\\.md'),
  join('\\.lib', 'rary\\b'),
  join('before', '-stop'),
  join('seed doc', 'ument'),
  join('hold', 'out'),
  join('farm-(stu', 'dio|be', 'nch)'),
]
const makers = [
  join('\\bclau', 'de\\b'),
  join('\\banthro', 'pic\\b'),
  join('\\bchat', 'gpt\\b'),
  join('\\bcopi', 'lot\\b'),
  join('\\b(ai|llm)[- ](gene', 'rated|writ', 'ten)'),
  join('co-auth', 'ored-by'),
]

const making: BannedText = {
  rule: 'word/making',
  pattern: new RegExp([...workplaces, ...papers, ...makers].join('|'), 'i'),
  instead: 'how the project is made is none of its business: say what the thing does, name files of the project only',
}

/** Written by a tool, or a licence in somebody else's words. */
const isForeign = (path: string): boolean => /(^|\/)(pnpm-lock\.yaml|LICENSE)$/.test(path)

export function findTextProblems(project: Project): Problem[] {
  return project.paths
    .filter((path) => !isForeign(path))
    .flatMap((path) => findBannedTexts(path, project.readText(path)))
}

function findBannedTexts(path: string, text: string): Problem[] {
  return [unfinished, making].flatMap(({ rule, pattern, instead }) => {
    if (!pattern.test(text)) return []
    return text.split('\n').flatMap((content, index) => {
      const found = pattern.exec(content)
      return found === null ? [] : [{ rule, path, line: index + 1, text: `"${found[0]}" is ${instead}` }]
    })
  })
}

const emptyNames: Readonly<Record<string, string>> = {
  utils: 'name it after what it works on',
  helpers: 'name it after what it works on',
  misc: 'name it after its one subject, or split it',
  common: 'name it after what is common to them',
  shared: 'name it after what is shared',
  manager: 'name the thing it keeps',
  base: 'name what the others have from it',
  types: 'put the types beside the code that they describe',
}

/** Names under which everything fits say nothing. Folders count as well as files. */
export function findEmptyNames(project: Project): Problem[] {
  return project.paths.flatMap((path) => {
    const stem = nameOf(path).split('.')[0] ?? ''
    const empty = [...folderOf(path).split('/'), stem].find((name) => Object.hasOwn(emptyNames, name))
    if (empty === undefined) return []
    return [{ rule: 'word/empty-name', path, text: `"${empty}" says nothing: ${emptyNames[empty]}` }]
  })
}
