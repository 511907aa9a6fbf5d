import { normalise } from '../vocabulary/normalise.ts'

const yes = new Set(
  [
    '对|对的|是|是的|没错|正确|好|好的|可以|嗯|行|确认|确定|同意',
    'yes|y|yep|ok|okay|right|correct|sure|that is right|confirm|go ahead',
  ].flatMap((words) => words.split('|')),
)
const no = new Set('不对|不|不是|不是的|不要|不用|算了|错|错了|no|n|nope|wrong|no thanks'.split('|'))
/** Of something that was read: to be put right. Of a ticket they may mean the very change that is offered. */
const corrections = new Set('修改|改|改一下|change|edit'.split('|'))
const changes = new Set('改|改吧|改签吧|change|change it'.split('|'))

const longestVerdict = 30

/** A plain yes or no. Whatever says more than that is left to the other readers. */
export function readVerdict(words: string): 'yes' | 'no' | undefined {
  const text = tidy(words)
  if (yes.has(text)) return 'yes'
  return no.has(text) ? 'no' : undefined
}

/** The answer to "is this right?": who wants to change something says no. */
export function readCorrection(words: string): 'yes' | 'no' | undefined {
  return corrections.has(tidy(words)) ? 'no' : readVerdict(words)
}

/** The answer to "change the ticket?": 改 is a yes, and 改一下 might be either, so it is asked again. */
export function readChangeVerdict(words: string): 'yes' | 'no' | undefined {
  const text = tidy(words)
  if (changes.has(text)) return 'yes'
  return text === '不改' ? 'no' : readVerdict(words)
}

function tidy(words: string): string {
  return words.length > longestVerdict ? '' : normalise(words).replace(/[\s,.!。]+$/u, '')
}
