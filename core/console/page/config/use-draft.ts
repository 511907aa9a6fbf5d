import { useState } from 'react'
import { asGroup, type Group } from '../form/schema.ts'

export interface Draft {
  /** Undefined while nothing differs from what is in force. */
  readonly kept: Group | undefined
  readonly keep: (draft: Group) => void
  readonly discard: () => void
}

/** What somebody is writing, kept in this tab until it is published or thrown away. */
export function useDraft(name: string): Draft {
  const place = `inthread.draft.${name}`
  const [kept, setKept] = useState(() => readDraft(place))
  return {
    kept,
    keep: (draft) => {
      sessionStorage.setItem(place, JSON.stringify(draft))
      setKept(draft)
    },
    discard: () => {
      sessionStorage.removeItem(place)
      setKept(undefined)
    },
  }
}

function readDraft(place: string): Group | undefined {
  const text = sessionStorage.getItem(place)
  return text === null ? undefined : asGroup(JSON.parse(text))
}
