import {
  BinaryOperationNode,
  ColumnNode,
  InsertQueryNode,
  OperationNodeTransformer,
  OperatorNode,
  PrimitiveValueListNode,
  ReferenceNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  type ColumnUpdateNode,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type TableNode,
  type UnknownRow,
} from 'kysely'
import { Fault } from '@inthread/sdk/fault'

/** Columns of a library's table that it reads and writes in clear, and that are never in clear in the database. */
export interface SealedColumns {
  readonly table: string
  /** What rows are found by: in its place stands an index of it. */
  readonly found: string
  /** What is empty in the database. */
  readonly hidden: readonly string[]
  /** A column that the library does not know: it holds all of these, sealed; null in rows of before. */
  readonly box: string
  readonly indexOf: (value: string) => string
  readonly seal: (values: Readonly<Record<string, unknown>>, index: string) => string
  readonly open: (box: string, index: string) => Readonly<Record<string, unknown>>
}

/**
 * Stands between a library and its table. Whatever it does with such a column that is not understood here is refused
 * before the database hears of it, so that a new version of the library writes nothing in clear.
 */
export class SealsColumns extends OperationNodeTransformer implements KyselyPlugin {
  readonly #columns: SealedColumns
  readonly #names: ReadonlySet<string>
  /** Whether the statement is about the table at all. */
  #concerned = false

  constructor(columns: SealedColumns) {
    super()
    this.#columns = columns
    this.#names = new Set([columns.found, columns.box, ...columns.hidden])
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    this.#concerned = new NamedTables(node).has(this.#columns.table)
    return this.#concerned ? this.transformNode(node, queryId) : node
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve({ ...result, rows: result.rows.map((row) => this.#open(row)) })
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const { columns, values, into } = node
    if (into?.table.identifier.name !== this.#columns.table) return super.transformInsertQuery(node)
    if (!columns || !values || !ValuesNode.is(values)) throw refusal(this.#columns.found)
    const names = columns.map(({ column }) => column.name)
    const rows = values.values.map((item) => PrimitiveValueListNode.create(this.#seal(names, readValues(item))))
    const sealed = [...columns, ColumnNode.create(this.#columns.box)]
    return super.transformInsertQuery(
      InsertQueryNode.cloneWith(node, { columns: sealed, values: ValuesNode.create(rows) }),
    )
  }

  protected override transformColumnUpdate(node: ColumnUpdateNode): ColumnUpdateNode {
    const name = nameOf(node.column)
    if (name !== undefined && this.#names.has(name)) throw refusal(name)
    return super.transformColumnUpdate(node)
  }

  /** `=` and `in` look for the index; nothing else can be asked of what is sealed. */
  protected override transformBinaryOperation(node: BinaryOperationNode): BinaryOperationNode {
    const { leftOperand, operator, rightOperand } = node
    const word = OperatorNode.is(operator) ? operator.operator : undefined
    if (!this.#isFound(leftOperand) || (word !== '=' && word !== 'in')) return super.transformBinaryOperation(node)
    const wanted = readValues(rightOperand).map((value) => {
      if (typeof value !== 'string') throw refusal(this.#columns.found)
      return this.#columns.indexOf(value)
    })
    const right = word === '=' ? ValueNode.create(wanted[0]) : PrimitiveValueListNode.create(wanted)
    return BinaryOperationNode.create(leftOperand, operator, right)
  }

  protected override transformReference(node: ReferenceNode): ReferenceNode {
    const name = nameOf(node)
    if (name !== undefined && this.#names.has(name) && this.#isOwn(node)) throw refusal(name)
    return super.transformReference(node)
  }

  #isFound(node: OperationNode): boolean {
    return nameOf(node) === this.#columns.found && (!ReferenceNode.is(node) || this.#isOwn(node))
  }

  #isOwn({ table }: ReferenceNode): boolean {
    return table === undefined || table.table.identifier.name === this.#columns.table
  }

  #seal(names: readonly string[], values: readonly unknown[]): unknown[] {
    const { found, hidden, indexOf, seal } = this.#columns
    const row = Object.fromEntries(names.map((name, at) => [name, values[at]]))
    const clear = row[found]
    if (typeof clear !== 'string') throw refusal(found)
    const index = indexOf(clear)
    const kept = Object.fromEntries([found, ...hidden].map((name) => [name, row[name] ?? null]))
    const written = names.map((name) => (name === found ? index : hidden.includes(name) ? '' : row[name]))
    return [...written, seal(kept, index)]
  }

  #open(row: UnknownRow): UnknownRow {
    const { found, box, open } = this.#columns
    const { [box]: sealed, ...rest } = row
    const index = row[found]
    if (typeof sealed !== 'string' || typeof index !== 'string') return sealed === undefined ? row : rest
    return { ...rest, ...open(sealed, index) }
  }
}

/** The tables that a statement names, wherever in it. */
class NamedTables extends OperationNodeTransformer {
  readonly #names = new Set<string>()

  constructor(node: RootOperationNode) {
    super()
    this.transformNode(node)
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  protected override transformTable(node: TableNode): TableNode {
    this.#names.add(node.table.identifier.name)
    return super.transformTable(node)
  }
}

function nameOf(node: OperationNode): string | undefined {
  if (ColumnNode.is(node)) return node.column.name
  return ReferenceNode.is(node) && ColumnNode.is(node.column) ? node.column.column.name : undefined
}

function readValues(node: OperationNode): readonly unknown[] {
  if (PrimitiveValueListNode.is(node)) return node.values
  if (ValueListNode.is(node)) return node.values.flatMap(readValues)
  if (ValueNode.is(node)) return [node.value]
  throw refusal('value')
}

function refusal(column: string): Fault {
  return new Fault('store.column_sealed', { data: { column } })
}
