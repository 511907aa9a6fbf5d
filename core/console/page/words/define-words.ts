export type Language = 'zh' | 'en'

/** The same words in both languages; what one has and the other lacks does not compile. */
export interface Words<T> {
  readonly zh: T
  readonly en: T
}

type Wording<T> = { readonly [K in keyof T]: T[K] extends string ? string : T[K] }

export function defineWords<T>(zh: T, en: Wording<T>): Words<Wording<T>> {
  return { zh: zh as Wording<T>, en }
}
