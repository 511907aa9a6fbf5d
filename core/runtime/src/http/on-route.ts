/** Told of each route as it is opened: whoever tries all of them need not keep a list. */
export type OnRoute = (server: 'platform' | 'internal', methods: readonly string[], url: string) => void
