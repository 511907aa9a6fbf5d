import { resolve } from 'node:path'
import { packAll } from './pack/pack-all.ts'

/** Makes tarballs of what others install: `npm run packages -- <folder>`. */
const [folder = 'dist/packages'] = process.argv.slice(2)
for (const file of packAll(resolve(process.env['INIT_CWD'] ?? '.', folder))) process.stdout.write(`${file}\n`)
