import { createContext } from 'preact'
import type { ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { usePreferences } from '../desk/preferences.tsx'

/** Which message the drawer shows. */
export interface Hood {
  readonly selected: string | undefined
  readonly select: (messageId: string | undefined) => void
}

const HoodContext = createContext<Hood>({ selected: undefined, select: () => undefined })

export function useHood(): Hood {
  return useContext(HoodContext)
}

export function HoodProvider({ children }: { readonly children: ComponentChildren }) {
  const { hood } = usePreferences()
  const [selected, select] = useState<string | undefined>(undefined)
  return (
    <HoodContext.Provider value={{ selected: hood ? selected : undefined, select }}>{children}</HoodContext.Provider>
  )
}
