import { TRPCError } from '@trpc/server'
import type { Said } from '@inthread/sdk/fault'

interface Options {
  readonly code: TRPCError['code']
  readonly said: Said
  readonly cause?: unknown
}

/** What we refuse ourselves, in words of ours. The messages of tRPC and of parsers quote what came in. */
export class Refusal extends TRPCError {
  readonly said: Said

  constructor({ said, ...options }: Options) {
    super({ ...options, message: said.message })
    this.said = said
  }
}
