import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildClientTypes, generatedFolder } from '../../scripts/client-types.ts'

it('the client has the types of the router as it is now: run scripts/client-types.ts', async () => {
  const made = await buildClientTypes()
  expect(readdirSync(generatedFolder).toSorted()).toEqual([...made.keys()].toSorted())
  for (const [name, text] of made) expect(readFileSync(join(generatedFolder, name), 'utf8')).toBe(text)
}, 60_000)
