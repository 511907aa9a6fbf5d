import type { AdminApi } from '@inthread/client'

export type Template = Awaited<ReturnType<AdminApi['templates']['get']['query']>>
export type Preview = Awaited<ReturnType<AdminApi['templates']['preview']['query']>>

/** What is said in a language: the tenant's own words where there are any, else the plugin's. */
export function wordingOf({ own, wording }: Template, language: string): string {
  return own[language]?.source ?? wording[language] ?? ''
}

export function languagesOf({ own, wording }: Template): readonly string[] {
  return [...new Set([...Object.keys(wording), ...Object.keys(own)])]
}

/** The one that the page is read in, where the text has it. */
export function pickLanguage(languages: readonly string[], wanted: string | undefined, page: string): string {
  if (wanted !== undefined && languages.includes(wanted)) return wanted
  return languages.find((each) => each.startsWith(page)) ?? languages[0] ?? ''
}
