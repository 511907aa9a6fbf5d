import { Alert, Button, Group, Loader, Stack } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { AdminApi } from '@inthread/client'
import { saveFile } from '../form/save-file.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Facts } from '../parts/facts.tsx'
import { Problem } from '../parts/problem.tsx'
import { useSession } from '../session/session.ts'
import { count, fillIn } from '../words/fill-in.ts'
import { PlainTable } from '../tables/plain-table.tsx'
import { useWords } from '../words/use-words.ts'
import { auditWords } from './audit-words.ts'

type Part = Awaited<ReturnType<AdminApi['audit']['verify']['query']>>

interface Verified {
  readonly checked: number
  readonly findings: Part['findings']
  readonly summary: Part['summary']
}

/** Looks at every record from the first one on, part by part, and says what was found. */
export function VerifyChain({ tenant }: { readonly tenant: string }) {
  const words = useWords(auditWords)
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button variant="default" leftSection={<IconLink size={16} aria-hidden />} onClick={() => setOpened(true)}>
        {words.verify}
      </Button>
      {opened && (
        <Dialog title={words.verifyTitle} close={() => setOpened(false)} wide growing>
          <Verification tenant={tenant} />
        </Dialog>
      )}
    </>
  )
}

const nothing: Verified = { checked: 0, findings: [], summary: null }

function Verification({ tenant }: { readonly tenant: string }) {
  const words = useWords(auditWords)
  const { verified, error, isOn, start, stop } = useVerification(tenant)
  useEffect(() => {
    start()
    return stop
  }, [])
  return (
    <Stack>
      {isOn && (
        <Group role="status">
          <Loader size="xs" /> {fillIn(words.verifying, { n: verified.checked })}
        </Group>
      )}
      {error && <Problem error={error} />}
      {verified.summary && <Verdict verified={verified} />}
      {verified.findings.length > 0 && <Findings findings={verified.findings} />}
      <Group justify="flex-end">
        {verified.summary && (
          <Button
            variant="default"
            onClick={() => saveFile(`${tenant}-audit-chain.json`, JSON.stringify(verified, null, 2))}
          >
            {words.report}
          </Button>
        )}
        <Button variant={isOn ? 'default' : 'filled'} onClick={isOn ? stop : start}>
          {isOn ? words.stop : words.again}
        </Button>
      </Group>
    </Stack>
  )
}

/** Goes on from part to part until the end, or until somebody stops it. */
function useVerification(tenant: string) {
  const { client } = useSession()
  const [verified, setVerified] = useState<Verified>(nothing)
  const [error, setError] = useState<Error>()
  const [isOn, setOn] = useState(false)
  const turn = useRef(0)
  const stop = (): void => {
    turn.current += 1
    setOn(false)
  }
  const run = async (mine: number): Promise<void> => {
    let sum = nothing
    let cursor: string | undefined
    do {
      const part: Part = await client.audit.verify.query({ tenant, cursor })
      if (turn.current !== mine) return
      sum = {
        checked: sum.checked + part.checked,
        findings: [...sum.findings, ...part.findings],
        summary: part.summary,
      }
      setVerified(sum)
      cursor = part.next ?? undefined
    } while (cursor !== undefined)
    setOn(false)
  }
  const start = (): void => {
    turn.current += 1
    setVerified(nothing)
    setError(undefined)
    setOn(true)
    run(turn.current).catch((reason: unknown) => {
      setError(reason instanceof Error ? reason : new Error(String(reason)))
      setOn(false)
    })
  }
  return { verified, error, isOn, start, stop }
}

const hasAnchors = (anchors: NonNullable<Part['summary']>['anchors']): boolean =>
  Object.values(anchors).some((many) => many > 0)

function Verdict({ verified: { checked, findings, summary } }: { readonly verified: Verified }) {
  const words = useWords(auditWords)
  if (!summary) return null
  const { head, tail, anchors } = summary
  const isWhole = findings.length === 0
  return (
    <>
      <Alert
        color={isWhole ? 'green' : 'red'}
        title={isWhole ? words.whole : count(findings.length, words.brokenOne, words.broken)}
      >
        {isWhole && count(checked, words.wholeTextOne, words.wholeText)}
      </Alert>
      <Facts
        facts={[
          [words.head, head?.seq ?? 0],
          [words.tail, tail],
          [words.anchors, hasAnchors(anchors) ? fillIn(words.anchorsText, anchors) : words.noAnchors],
        ]}
      />
    </>
  )
}

function Findings({ findings }: { readonly findings: Verified['findings'] }) {
  const words = useWords(auditWords)
  return (
    <PlainTable label={words.finding} heads={[words.place, words.finding, words.record]}>
      {findings.map(({ kind, seq, until, record }, index) => (
        <tr key={index}>
          <td>{seq === until ? seq : `${seq}–${until}`}</td>
          <td>{words[kind]}</td>
          <td className="mono">{record ?? '—'}</td>
        </tr>
      ))}
    </PlainTable>
  )
}
