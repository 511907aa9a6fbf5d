import { TRPCError } from '@trpc/server'

/** What we refuse ourselves, in words of ours. The messages of tRPC and of parsers quote what came in. */
export class Refusal extends TRPCError {}
