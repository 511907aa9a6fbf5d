import { readFileSync } from 'node:fs'
import { extname, relative, sep } from 'node:path'
import { listFiles } from './sources.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** One built file, in memory, with its compressed forms by the names that HTTP has for them. */
export interface PageFile {
  readonly type: string
  readonly plain: Buffer
  readonly encoded: Readonly<Partial<Record<'br' | 'gzip', Buffer>>>
}

/** All built files by their path below `/console/`. */
export function readPages(folder: string): ReadonlyMap<string, PageFile> {
  const files = listFiles(folder)
  const forms = new Set(files)
  const pages = files.filter((file) => !/\.(br|gz)$/.test(file))
  return new Map(pages.map((file) => [relative(folder, file).split(sep).join('/'), readPage(file, forms)]))
}

function readPage(file: string, forms: ReadonlySet<string>): PageFile {
  return {
    type: contentTypes[extname(file)] ?? 'application/octet-stream',
    plain: readFileSync(file),
    encoded: {
      ...(forms.has(`${file}.br`) ? { br: readFileSync(`${file}.br`) } : {}),
      ...(forms.has(`${file}.gz`) ? { gzip: readFileSync(`${file}.gz`) } : {}),
    },
  }
}
