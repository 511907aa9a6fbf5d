import { definePlugin, reaction, z } from '@inthread/sdk'
import { accountFlow } from './account/account-flow.ts'
import { billFlow } from './bills/bill-flow.ts'
import { cardsFlow } from './cards/cards-flow.ts'
import { disputeFlow } from './cards/dispute-flow.ts'
import { spentFlow } from './cards/spent-flow.ts'
import { contract, delayedSchema, newsSchema } from './contract.ts'
import { everydayIntents } from './intents.ts'
import { moreIntents } from './more-intents.ts'
import { rememberFlow } from './transfer/remember-flow.ts'
import { transferFlow } from './transfer/transfer-flow.ts'
import { withdrawFlow } from './transfer/withdraw-flow.ts'
import { calledOffFlow } from './visit/called-off-flow.ts'
import { myVisitsFlow } from './visit/my-visits-flow.ts'
import { pickSlotFlow } from './visit/pick-slot-flow.ts'
import { visitFlow } from './visit/visit-flow.ts'
import { envelopeFlow } from './wallet/envelope-flow.ts'
import { pointsFlow } from './wallet/points-flow.ts'
import { walletFlow } from './wallet/wallet-flow.ts'
import { assessFlow } from './wealth/assess-flow.ts'
import { buyFlow } from './wealth/buy-flow.ts'
import { cancelOrderFlow } from './wealth/cancel-order-flow.ts'
import { holdingsFlow } from './wealth/holdings-flow.ts'

type News = z.infer<typeof newsSchema>

const disputed = reaction({ flow: disputeFlow, input: ({ id, state }: News) => ({ notice: id, told: state }) })

export default definePlugin(contract, {
  flows: [
    ...[transferFlow, rememberFlow, withdrawFlow, accountFlow, billFlow],
    ...[visitFlow, pickSlotFlow, myVisitsFlow, calledOffFlow, spentFlow, disputeFlow, cardsFlow],
    ...[walletFlow, pointsFlow, envelopeFlow, buyFlow, assessFlow, holdingsFlow, cancelOrderFlow],
  ],
  intents: { ...everydayIntents, ...moreIntents },
  menu: ['balance', 'transfer', 'bills', 'topUp', 'visit', 'cards', 'wallet', 'wealth', 'points'],
  reactions: {
    delayed: reaction({ flow: withdrawFlow, input: (delayed: z.infer<typeof delayedSchema>) => ({ delayed }) }),
    spent: reaction({ flow: spentFlow, input: ({ id }: News) => ({ notice: id }) }),
    ...{ credited: disputed, won: disputed, lost: disputed },
    reminded: reaction({ flow: myVisitsFlow, input: ({ id }: News) => ({ appointment: id }) }),
    calledOff: reaction({ flow: calledOffFlow, input: ({ id }: News) => ({ appointment: id }) }),
  },
})
