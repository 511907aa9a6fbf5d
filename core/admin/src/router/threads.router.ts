import { z } from 'zod'
import { readStored } from '../simulation/read-stored.ts'
import { runSimulation } from '../simulation/run-simulation.ts'
import { scriptOutput, simulateInput, simulateOutput } from '../simulation/thread-schema.ts'
import { notFound, procedure, router } from './procedure.ts'

/** Threads that are only tried: nobody's phone, no order at a bank, no row. */
export const threadsRouter = router({
  /**
   * What a bot would say to this script, turn by turn and why: with what the tenant has installed, worded and stored,
   * or with a draft of it. The platform keeps nothing between two calls; send the whole script again, and one act more.
   * It is a mutation for the size of what is sent, and changes nothing.
   */
  simulate: procedure('thread.simulate')
    .input(simulateInput)
    .output(simulateOutput)
    .mutation(async ({ ctx, input }) => {
      const done = await runSimulation(input, ctx.ports)
      if (!done) throw notFound('bot')
      return done
    }),

  /** A stored thread as a script to simulate. What was said to the bank or in confidence is left out, and counted. */
  script: procedure('conversation.read')
    .input(z.strictObject({ tenant: z.string(), conversation: z.string() }))
    .output(scriptOutput)
    .query(async ({ ctx, input }) => {
      const script = await readStored(input, ctx.ports)
      if (!script) throw notFound('conversation')
      return script
    }),
})
