import { AdminError } from '@inthread/client'

/** What is wanted of whoever is signed in: their second factor, or that they set one up. */
export type Wanted = { readonly kind: 'show' | 'set_up'; readonly answer: (shown: boolean) => void }

let tell: ((wanted: Wanted) => void) | undefined

/** The dialog that asks; there is one. */
export function answerFactor(listen: (wanted: Wanted) => void): () => void {
  tell = listen
  return () => {
    tell = undefined
  }
}

/** Does something; where the platform wants a second factor first, asks for it and does it once more. */
export async function withFactor<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const kind = findKind(error)
    if (kind === undefined || !(await ask(kind))) throw error
    return act()
  }
}

function findKind(error: unknown): Wanted['kind'] | undefined {
  if (!(error instanceof AdminError)) return undefined
  if (error.fault === 'auth.step_up_required') return 'show'
  return error.fault === 'auth.second_factor_missing' ? 'set_up' : undefined
}

function ask(kind: Wanted['kind']): Promise<boolean> {
  return new Promise((resolve) => (tell ? tell({ kind, answer: resolve }) : resolve(false)))
}
