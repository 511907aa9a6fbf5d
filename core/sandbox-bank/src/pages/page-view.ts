import type { Text } from '../quotes/terms.ts'
import type { Html } from './page-html.ts'

/** What a customer typed, by the names of the fields. */
export type Form = Readonly<Record<string, string>>

/** What stands on a page between its head and its foot. */
export interface PageView {
  readonly title: Text
  readonly problem?: Text
  readonly content: Html
}
