import { listCtCuMessageProblems, listCtCuTextProblems } from '../../rcc07/ct-cu-profile.ts'
import { listMessageProblems } from '../../rcc07/list-message-problems.ts'
import type { Problem } from '../../rcc07/rule.ts'
import type { MessageBody, MessagePart } from './build-message.ts'

/** What the message rules and the operators' profile find wrong with a body that is about to be sent. */
export function listBodyProblems(body: MessageBody): readonly Problem[] {
  const parts = body.messageList.flatMap((part, index) =>
    listPartProblems(part).map(({ pointer, message }) => ({
      pointer: `/messageList/${index}/contentText${pointer}`,
      message,
    })),
  )
  return [...listReceiverProblems(body), ...parts]
}

function listPartProblems({ contentText }: MessagePart): readonly Problem[] {
  if (typeof contentText === 'string') return listCtCuTextProblems(contentText)
  return [...listMessageProblems(contentText), ...listCtCuMessageProblems(contentText)]
}

function listReceiverProblems({ destinationAddress }: MessageBody): readonly Problem[] {
  return destinationAddress.flatMap((address, index) =>
    /^tel:\+[1-9]\d{6,14}$/.test(address)
      ? []
      : [{ pointer: `/destinationAddress/${index}`, message: 'must be tel: with a number in E.164 form' }],
  )
}

/** The first problem with its pointer, and how many more there are. Problems carry no values, so this may be logged. */
export function renderProblems(problems: readonly Problem[]): string {
  const [first, ...others] = problems.map(({ pointer, message }) => `${pointer} ${message}`)
  return `rcc07: ${first}${others.length > 0 ? ` (and ${others.length} more)` : ''}`
}
