import { normalise } from '../vocabulary/normalise.ts'

const yes = new Set(
  '对|对的|是|是的|没错|正确|好|好的|可以|嗯|行|yes|y|yep|ok|okay|right|correct|sure|that is right'.split('|'),
)
const no = new Set('不对|不|不是|不是的|错|错了|修改|改|改一下|no|n|nope|wrong|change|edit'.split('|'))

const longestVerdict = 30

/** A plain yes or no. Whatever says more than that is left to the other readers. */
export function readVerdict(words: string): 'yes' | 'no' | undefined {
  if (words.length > longestVerdict) return undefined
  const text = normalise(words).replace(/[\s,.!。]+$/u, '')
  if (yes.has(text)) return 'yes'
  return no.has(text) ? 'no' : undefined
}
