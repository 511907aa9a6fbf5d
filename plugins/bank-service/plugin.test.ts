import { expect, it } from 'vitest'
import { buildManifest, listManifestProblems } from '@inthread/sdk/manifest'
import plugin from './plugin.ts'

it('passes the check of its manifest', () => {
  expect(listManifestProblems(buildManifest(plugin))).toEqual([])
})
