import { capabilityWords } from '../words/capability-words.ts'
import { useWords } from '../words/use-words.ts'

export function Capability({ id }: { readonly id: string }) {
  const words = useWords(capabilityWords)
  return <>{words[id as keyof typeof words] ?? id}</>
}
