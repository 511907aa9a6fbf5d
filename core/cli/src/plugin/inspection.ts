/** What came of loading a bundle where nobody helps it. */
export interface Inspection {
  /** The text of its manifest; undefined when it cannot be loaded. */
  readonly manifest: string | undefined
  /** What is wrong, in sentences. */
  readonly problems: readonly string[]
}
