import { isEgressHost, type EgressHost } from '../../plugin/egress.ts'
import type { JsonSchema, Manifest } from '../manifest-schema.ts'
import { isSafePattern } from '../safe-pattern.ts'
import { codeMark } from '../write-schema.ts'
import type { ManifestProblem } from './problem.ts'

/** Collections, egress, secrets, events, and what their schemas leave to code. */
export function findDataProblems(manifest: Manifest): ManifestProblem[] {
  return [
    ...findVersionProblems(manifest),
    ...findCollectionProblems(manifest),
    ...findEgressProblems(manifest),
    ...findSecretProblems(manifest),
    ...findEventProblems(manifest),
    ...listSchemas(manifest).flatMap(([path, schema]) => findSchemaProblems(path, schema)),
  ]
}

function findVersionProblems({ config, collections }: Manifest): ManifestProblem[] {
  const versioned = [
    { path: '$.config', what: 'the config', ...config },
    ...Object.entries(collections).map(([name, { version, upgrades }]) => ({
      ...{ path: `$.collections.${name}`, what: `the collection "${name}"`, version, upgrades },
    })),
  ]
  return versioned.flatMap(({ path, what, version, upgrades }) => {
    const wanted = Array.from({ length: version - 1 }, (_, index) => index + 1)
    const missing = wanted.filter((number) => !upgrades.includes(number))
    const extra = upgrades.filter((number) => !wanted.includes(number))
    return [
      ...missing.map((number) => ({
        ...{ path, problem: `${what} has version ${version} and no upgrade from ${number}` },
        remedy: `write the upgrade from ${number} to ${number + 1}`,
      })),
      ...extra.map((number) => ({
        ...{ path, problem: `${what} has version ${version} and an upgrade from ${number}` },
        remedy: 'raise the version, or take the upgrade out',
      })),
    ]
  })
}

function fieldsOf(schema: JsonSchema): string[] {
  const { properties } = schema
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}

function findCollectionProblems({ collections }: Manifest): ManifestProblem[] {
  return Object.entries(collections).flatMap(([name, { schema, key, indexes, counters, dataClass, ttlMs }]) => {
    const path = `$.collections.${name}`
    const fields = fieldsOf(schema)
    const used = [
      { what: 'its key', field: key },
      ...Object.entries(indexes).flatMap(([index, list]) => list.map((field) => ({ what: `index "${index}"`, field }))),
      ...Object.entries(counters).map(([counter, { capacity }]) => ({ what: `counter "${counter}"`, field: capacity })),
    ]
    const problems: ManifestProblem[] = used
      .filter(({ field }) => !fields.includes(field))
      .map(({ what, field }) => ({
        ...{ path, problem: `the collection "${name}" has no field "${field}", which ${what} names` },
        remedy: `name one of ${fields.join(', ')}`,
      }))
    if (dataClass === 'personal' && Object.keys(indexes).length > 0) {
      const problem = `the personal collection "${name}" has indexes`
      problems.push({ path, problem, remedy: 'personal documents are sealed: read them by key or by "mine"' })
    }
    if (ttlMs !== undefined && !(ttlMs > 0)) {
      const problem = `documents of "${name}" live for ${ttlMs} ms`
      problems.push({ path, problem, remedy: 'give ttlMs above 0, or leave it out' })
    }
    return problems
  })
}

function findEgressProblems({ egress, secrets, config }: Manifest): ManifestProblem[] {
  return Object.entries(egress).flatMap(([name, { host, secret, sign, data }]) => {
    const path = `$.egress.${name}`
    const problems = findHostProblems(path, host, config.schema)
    if (data.length === 0) {
      const problem = `the egress "${name}" does not say what it sends`
      problems.push({ path: `${path}.data`, problem, remedy: 'name the classes of data: public, personal' })
    }
    if (secret === undefined) {
      const unsigned = { path, problem: `the egress "${name}" is signed without a secret`, remedy: 'name the secret' }
      return sign === undefined ? problems : [...problems, unsigned]
    }
    const declared = Object.hasOwn(secrets, secret) ? secrets[secret] : undefined
    if (!declared) {
      const problem = `the egress "${name}" sends the secret "${secret}", which is not declared`
      return [...problems, { path, problem, remedy: 'declare it among the secrets' }]
    }
    if (declared.hosts.some((allowed) => writeHost(allowed) === writeHost(host))) return problems
    const problem = `the secret "${secret}" may not go to ${writeHost(host)}`
    return [...problems, { path, problem, remedy: `add the host to the hosts of "${secret}"` }]
  })
}

function findSecretProblems({ secrets, egress, config }: Manifest): ManifestProblem[] {
  const hosts = Object.values(egress).map(({ host }) => writeHost(host))
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const path = `$.secrets.${name}.hosts`
    const strange = secret.hosts.filter((host) => !hosts.includes(writeHost(host)))
    return [
      ...secret.hosts.flatMap((host) => findHostProblems(path, host, config.schema)),
      ...strange.map((host) => ({
        ...{ path, problem: `the secret "${name}" may go to ${writeHost(host)}, which no egress names` },
        remedy: 'declare the egress, or take the host out',
      })),
    ]
  })
}

function writeHost(host: EgressHost): string {
  return typeof host === 'string' ? host : `the host in config.${host.config}`
}

function findHostProblems(path: string, host: EgressHost, config: JsonSchema): ManifestProblem[] {
  if (typeof host === 'string') {
    if (isEgressHost(host)) return []
    const remedy = 'name a host on the public internet in full, like "api.example.com"; no address, no inner name'
    return [{ path, problem: `"${host}" is no public host`, remedy }]
  }
  if (fieldsOf(config).includes(host.config)) return []
  const problem = `the config has no field "${host.config}" with a host`
  return [{ path, problem, remedy: 'add the field to the config' }]
}

function findEventProblems({ emits, listens }: Manifest): ManifestProblem[] {
  const untyped = [
    ...Object.entries(emits).map(([name, schema]) => ({ path: `$.emits.${name}`, what: 'emitted', name, schema })),
    ...Object.entries(listens).map(([name, { data }]) => ({
      ...{ path: `$.listens.${name}`, what: 'listened to', name, schema: data },
    })),
  ]
    .filter(({ schema }) => schema['type'] !== 'object')
    .map(({ path, what, name }) => ({
      ...{ path, problem: `the event "${name}" is ${what}, and its data has no type` },
      remedy: 'describe its data with z.strictObject({ … })',
    }))
  return [
    ...untyped,
    ...Object.entries(listens).flatMap(([name, { plugin, urgent }]) => {
      const problem = `it calls "${name}" urgent, which "${plugin}" tells`
      const remedy = 'only what the bank tells can be urgent: take it out'
      return urgent && plugin !== 'bank' ? [{ path: `$.listens.${name}`, problem, remedy }] : []
    }),
    ...Object.entries(listens).flatMap(([name, { flow }]) => {
      const path = `$.listens.${name}`
      const remedy = 'add it to the reactions of definePlugin, or do not listen'
      const lost = { path, problem: `it listens to "${name}", and no reaction starts a flow`, remedy }
      return flow === undefined ? [lost] : []
    }),
  ]
}

function listSchemas(manifest: Manifest): [path: string, schema: JsonSchema][] {
  const { config, collections, egress, emits, listens, flows, provides } = manifest
  return [
    ['$.config.schema', config.schema],
    ...Object.entries(collections).map(([name, { schema }]): [string, JsonSchema] => [
      `$.collections.${name}.schema`,
      schema,
    ]),
    ...Object.entries(egress).map(([name, { answer }]): [string, JsonSchema] => [`$.egress.${name}.answer`, answer]),
    ...Object.entries(emits).map(([name, schema]): [string, JsonSchema] => [`$.emits.${name}`, schema]),
    ...Object.entries(listens).map(([name, { data }]): [string, JsonSchema] => [`$.listens.${name}.data`, data]),
    ...listCapabilitySchemas(provides?.definition),
    ...Object.entries(flows).flatMap(([id, { input, state, result }]): [string, JsonSchema][] => [
      [`$.flows.${id}.input`, input],
      [`$.flows.${id}.state`, state],
      ...(result ? [[`$.flows.${id}.result`, result] satisfies [string, JsonSchema]] : []),
    ]),
  ]
}

function listCapabilitySchemas(
  definition: NonNullable<Manifest['provides']>['definition'],
): [path: string, schema: JsonSchema][] {
  const path = '$.provides.definition'
  const { operations = {}, events = {} } = definition ?? {}
  const name = (at: string, schemas: Readonly<Record<string, JsonSchema>>): [string, JsonSchema][] =>
    Object.entries(schemas).map(([each, schema]) => [`${path}.${at}.${each}`, schema])
  return [
    ...Object.entries(operations).flatMap(([operation, { input, outcomes }]) => [
      ...name(`operations.${operation}`, { input }),
      ...name(`operations.${operation}.outcomes`, outcomes),
    ]),
    ...name('events', events),
  ]
}

/** A condition written as code may stay: the plugin checks it. What changes a value may not: two would see two. */
function findSchemaProblems(path: string, schema: unknown): ManifestProblem[] {
  if (typeof schema !== 'object' || schema === null) return []
  const problems: ManifestProblem[] = []
  if (codeMark in schema && schema[codeMark] !== 'refine' && schema[codeMark] !== 'limits of a bigint') {
    const problem = `the schema leaves this to code: ${String(schema[codeMark])}`
    const remedy = 'describe plain values that survive JSON, without transform or coerce; convert in a step'
    problems.push({ path, problem, remedy })
  }
  if ('$ref' in schema) {
    const remedy = 'write values of a known depth, and leave the id out of .meta()'
    problems.push({ path, problem: 'the schema speaks of itself', remedy })
  }
  if ('pattern' in schema && typeof schema.pattern === 'string' && !isSafePattern(schema.pattern)) {
    const problem = `the pattern ${schema.pattern.slice(0, 60)} could take for ever`
    const remedy = 'begin it with ^, repeat no groups, use at most two parts of any length; or check it in a step'
    problems.push({ path, problem, remedy })
  }
  return [...problems, ...Object.entries(schema).flatMap(([name, part]) => findSchemaProblems(`${path}.${name}`, part))]
}
