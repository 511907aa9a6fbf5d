/** All pages of a list, one after the other. */
export async function gatherPages<T>(
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = []
  for (let next: string | null | undefined; next !== null;) {
    const page = await read({ limit: 200, ...(next === undefined ? {} : { cursor: next }) })
    for (const item of page.items) items.push(item)
    next = page.next
  }
  return items
}
