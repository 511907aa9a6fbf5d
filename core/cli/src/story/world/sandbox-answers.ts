import { z } from 'zod'

/** What the sandboxes and the platform answer, as far as a story reads it. */
export const clockSchema = z.object({ now: z.string() })
export const codesSchema = z.object({ codes: z.array(z.object({ code: z.string(), state: z.string() })) })
export const paymentsSchema = z.object({
  payments: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      amount: z.object({ value: z.string(), currency: z.string() }),
      failure: z.object({ code: z.string() }).optional(),
      attempts: z.number(),
    }),
  ),
})
export const ledgerSchema = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      mask: z.string().nullable(),
      balanceMinor: z.string(),
      heldMinor: z.string(),
    }),
  ),
  transfers: z.array(z.object({ id: z.string(), kind: z.string(), cr: z.string() })),
  totals: z.record(z.string(), z.string()),
})

interface MenuEntry {
  readonly reply?: { readonly displayText: string } | undefined
  readonly action?: { readonly displayText: string } | undefined
  readonly menu?: { readonly entries: readonly MenuEntry[] } | undefined
}

const label = z.object({ displayText: z.string() })
const menuEntrySchema: z.ZodType<MenuEntry> = z.object({
  reply: label.optional(),
  action: label.optional(),
  menu: z.object({ entries: z.array(z.lazy(() => menuEntrySchema)) }).optional(),
})
export const chatbotsSchema = z.object({
  chatbots: z.array(
    z.object({ chatbotId: z.string(), menu: z.object({ entries: z.array(menuEntrySchema) }).nullable() }),
  ),
})

export const definitionSchema = z.object({
  tenant: z.object({ id: z.string(), locale: z.string(), timeZone: z.string() }),
  operators: z.array(z.object({ chatbotId: z.string().optional() })),
})

/** Leaves in reading order: that is how a tap on the menu counts them. */
export function listMenuLabels({ entries }: { readonly entries: readonly MenuEntry[] }): string[] {
  return entries.flatMap(({ reply, action, menu }) =>
    menu ? listMenuLabels(menu) : [(reply ?? action)?.displayText ?? ''],
  )
}
