/** What a test tells the process of a platform. */
export type Order =
  | {
      readonly kind: 'open'
      readonly environment: Readonly<Record<string, string>>
      /** Where its log lines go, appended one by one. */
      readonly logFile: string
      readonly httpDeadlineMs: number
      /** The point at which the process is to end, counted from its start or from the next `arm`. */
      readonly fatal: string | undefined
      /** The number of the customer whom the control pays twice for; undefined for a platform as it is. */
      readonly careless: string | undefined
    }
  | { readonly kind: 'arm'; readonly fatal: string | undefined }
  | { readonly kind: 'list' }
  | { readonly kind: 'close' }

/** What it answers, to each order once. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly points: readonly string[] }
  | { readonly kind: 'failed'; readonly problem: string }
