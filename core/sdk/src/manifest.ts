/** A plugin as plain JSON: building it, reading it, checking it, drawing it, comparing two. */
export { buildManifest } from './manifest/build-manifest.ts'
export { parseManifest, writeManifest } from './manifest/parse-manifest.ts'
export { restorePlugin, type FindCapability } from './manifest/restore-plugin.ts'
export { readObjectSchema, readSchema } from './manifest/read-schema.ts'
export { writeSchema } from './manifest/write-schema.ts'
export type * from './manifest/manifest-schema.ts'
