export const billTexts = {} as const
