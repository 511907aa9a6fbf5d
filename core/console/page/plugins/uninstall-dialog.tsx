import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { AdminApi } from '@inthread/client'
import { Confirm } from '../parts/confirm.tsx'
import { Copied } from '../parts/copied.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { partWords } from '../parts/part-words.ts'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { saveFile } from '../form/save-file.ts'
import { count, fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { actionWords } from './plugin-words.ts'
import { receiptWords } from './receipt-words.ts'
import type { ActionProps } from './use-package.ts'
import { PlainTable } from '../tables/plain-table.tsx'

type Uninstalled = Awaited<ReturnType<AdminApi['installations']['uninstall']['mutate']>>

/** What is left of a plugin that was uninstalled. */
export interface Remains {
  readonly receipt: NonNullable<Uninstalled['receipt']>
  readonly digest: Uninstalled['digest']
}

interface Props extends ActionProps {
  readonly close: () => void
  readonly gone: (remains: Remains) => void
}

/** Drains first; asked again when nothing is open any more, it erases. */
export function UninstallDialog({ installation, title, close, gone }: Props) {
  const words = useWords(actionWords)
  const uninstall = useUninstall(installation, gone)
  const { data } = uninstall
  return (
    <Confirm
      title={fillIn(words.uninstallTitle, { plugin: title })}
      text={words.uninstallText}
      action={words.uninstall}
      grave
      typed={installation.plugin}
      doing={uninstall}
      go={() => uninstall.mutate(undefined)}
      close={close}
    >
      {data && (
        <Alert color="yellow" title={words.draining}>
          {count(data.open, words.drainingTextOne, words.drainingText)}
        </Alert>
      )}
    </Confirm>
  )
}

/** What is gone is asked for no more: the lists are read again only when the receipt is put away. */
function useUninstall({ bot, plugin }: ActionProps['installation'], gone: Props['gone']) {
  const tenant = useTenantId()
  return useDo({
    act: (client, _: undefined) => client.installations.uninstall.mutate({ tenant, bot, plugin }),
    touches: ['grants', 'proposals'],
    done: ({ receipt, digest }) => {
      if (receipt) gone({ receipt, digest })
    },
  })
}

/** What was erased and what is kept, until its reader goes on to the list. */
export function UninstallReceipt({ receipt, digest }: Remains) {
  const words = useWords(actionWords)
  const common = useWords(partWords)
  const tenant = useTenantId()
  const navigate = useNavigate()
  const leave = (): void => void navigate({ to: '/t/$tenant/plugins', params: { tenant } })
  const save = (): void =>
    saveFile(`${receipt.tenant}-${receipt.plugin}-receipt.json`, JSON.stringify({ ...receipt, digest }, null, 2))
  return (
    <Dialog title={words.receipt} close={leave} wide>
      <Stack>
        <p>{words.receiptText}</p>
        <ReceiptTable receipt={receipt} />
        {digest !== null && (
          <p className="faint">
            {words.digest} <Copied text={digest} short />
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
            {words.download}
          </Button>
          <Button onClick={leave}>{common.close}</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

function ReceiptTable({ receipt: { erased, kept } }: Pick<Remains, 'receipt'>) {
  const words = useWords(actionWords)
  const say = useReceiptWords()
  return (
    <PlainTable label={words.receipt} heads={[words.what, `${words.count} / ${words.why}`]}>
      {erased.map(({ what, count: many }) => (
        <tr key={what}>
          <td>{say(what)}</td>
          <td>
            <span className="state state-bad">{words.erased}</span> {many}
          </td>
        </tr>
      ))}
      {kept.map(({ what, why }) => (
        <tr key={what}>
          <td>{say(what)}</td>
          <td>
            <span className="state state-calm">{words.kept}</span> {say(why)}
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}

function useReceiptWords(): (text: string) => string {
  const words: Readonly<Record<string, string>> = useWords(receiptWords)
  return (text) => {
    const [, name] = /^collection (.+)$/.exec(text) ?? []
    return name === undefined ? (words[text] ?? text) : fillIn(words['collection'] ?? text, { name })
  }
}
