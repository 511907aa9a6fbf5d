import { listNodes, type Node } from './syntax.ts'

/** The names that a file binds itself: parameters, variables, functions, imports. Scopes are not told apart. */
export function listBound(program: Node): ReadonlySet<string> {
  return new Set(listNodes(program).flatMap(listBindings).flatMap(listPatternNames))
}

function listBindings(node: Node): Node[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [node.id]
    case 'FunctionDeclaration':
      return [...(node.id ? [node.id] : []), ...node.params]
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.params
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [node.local]
    default:
      return []
  }
}

function listPatternNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => listPatternNames(each.type === 'RestElement' ? each : each.value))
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each ? listPatternNames(each) : []))
    case 'AssignmentPattern':
      return listPatternNames(pattern.left)
    case 'RestElement':
      return listPatternNames(pattern.argument)
    default:
      return []
  }
}

/** Whether the node takes the global of that name: neither a property, nor a type, nor a name of the file's own. */
export function isGlobal(node: Node, parent: Node | undefined, bound: ReadonlySet<string>): boolean {
  return node.type === 'Identifier' && !bound.has(node.name) && !isLabel(node, parent)
}

const expressionTypes = ['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']

function isLabel(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined) return false
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed
  if (parent.type === 'Property' || parent.type === 'PropertyDefinition' || parent.type === 'MethodDefinition') {
    return parent.key === node && !parent.computed
  }
  if (/^(Import|Export).*Specifier$/.test(parent.type)) return true
  return parent.type.startsWith('TS') && !expressionTypes.includes(parent.type)
}
