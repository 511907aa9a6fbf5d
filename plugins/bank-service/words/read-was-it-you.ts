import { toPlainWords } from './read-yes.ts'

const yes = /^(?:是|是的|对|对的|是我|是我的|是我刷的|我刷的|是本人|本人|yes|yeah|yep|me|it was me|that was me)$/u
const no =
  /^(?:不|不是|不是的|不对|没|没有|不是我|不是我的|不是我刷的|不是我消费|不是本人|盗刷|被盗刷|no|nope|not me|it was not me|this was not me|it wasn't me)$/u

/** The answer to "was that you?"; undefined for everything else. */
export function readWasItYou(words: string): 'confirmed' | 'denied' | undefined {
  const said = toPlainWords(words).replaceAll('’', "'")
  if (no.test(said)) return 'denied'
  return yes.test(said) ? 'confirmed' : undefined
}
