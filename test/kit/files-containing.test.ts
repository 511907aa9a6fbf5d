import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { listFilesContaining, listForms } from './files-containing.ts'

it('finds a text in any file below the folder, between bytes that are no text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inthread-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'deep'))
  writeFileSync(
    join(folder, 'deep/log'),
    Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from('号码13800000001'), Buffer.from([0x80])]),
  )
  writeFileSync(join(folder, 'other'), '13800000002')
  expect(listFilesContaining(folder, '号码1380000000')).toEqual([join(folder, 'deep/log')])
  expect(listFilesContaining(folder, '13800000003')).toEqual([])
})

it('knows the forms a secret may take', () => {
  expect(listForms('382917')).toEqual(['382917', '719283', 'MzgyOTE3', 'MzgyOTE3', '333832393137'])
})
