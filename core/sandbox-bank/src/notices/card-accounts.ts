/** Where money goes that cards spend in shops, and where it comes from while a purchase is disputed. */
export const cardAccounts = { shops: 'acc_card_shops', disputes: 'acc_disputes' } as const
