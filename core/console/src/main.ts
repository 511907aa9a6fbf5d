import { buildConsole } from './build/build-console.ts'

/** Builds the pages in a process of its own: `node main.ts <folder>`. */
const [, , folder = ''] = process.argv
process.exitCode = await buildConsole(folder)
