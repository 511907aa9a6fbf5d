import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useWords } from '../words/use-words.ts'
import { partWords } from './part-words.ts'

/** Something to be read out or pasted elsewhere. */
export function Copied({ text, short }: { readonly text: string; readonly short?: boolean }) {
  const words = useWords(partWords)
  return (
    <span className="copied">
      <code title={text}>{short ? `${text.slice(0, 8)}…` : text}</code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? words.copied : words.copy}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`${copied ? words.copied : words.copy} ${text}`}
              onClick={copy}
            >
              {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  )
}
