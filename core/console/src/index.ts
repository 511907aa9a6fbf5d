/** The built pages of the console, for whoever serves them. */
export { openConsole, type Console } from './build/open-console.ts'
export type { PageFile } from './build/read-pages.ts'
