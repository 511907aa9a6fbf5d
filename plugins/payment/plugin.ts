import { definePlugin } from '@inthread/sdk'
import { contract } from './contract.ts'
import { pay } from './pay.ts'

export default definePlugin(contract, { flows: [pay], dialogues: { pay } })
