import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { moneySchema } from '../money.ts'

/** Why a payment was refused, as far as a merchant may know. Credit reasons never cross to the scene. */
export const declineReasons = ['insufficient_funds', 'declined', 'try_later', 'not_linked'] as const
export type DeclineReason = (typeof declineReasons)[number]

/** A row of a receipt, as the bank wrote it. */
export const factSchema = z.strictObject({ label: z.string(), value: z.string() })

/** The order reached its end after it was told to be `unknown`, or accepted. */
export const settledSchema = z.strictObject({
  result: z.enum(['succeeded', 'declined']),
  reason: z.enum(declineReasons).optional(),
  receipt: z.string().optional(),
  facts: z.array(factSchema).optional(),
  /** The bank's own word for a success, where there is more than one: an order may have been filled in part. */
  state: z.string().optional(),
})
const settled = settledSchema

/** A product of the bank, or a challenge on its page, has another state. */
export const changedSchema = z.strictObject({ product: z.string(), state: z.string() })

const nothing = z.strictObject({})
const declined = z.strictObject({ reason: z.enum(declineReasons) })

/**
 * Pay the tenant out of the user's account, inside the thread. The bank's own dialogue runs between call and outcome;
 * the scene sees the outcome alone. `unknown` means that the bank has not said whether money moved: show it as "being
 * checked", keep what the user bought, and never offer to pay again.
 */
export const payment = defineCapability({
  id: 'payment',
  version: '1.1.0',
  audience: 'scene',
  operations: {
    pay: {
      class: 'commit',
      input: z.strictObject({
        amount: moneySchema,
        /** What is bought, in the merchant's words, at most 60 characters; stands on the confirm card. */
        purpose: z.string().min(1).max(60),
        /** Microseconds since 1970; after it the user can no longer confirm. The bank may ask for less. */
        expiresAt: z.number().int().optional(),
      }),
      outcomes: {
        succeeded: z.strictObject({ receipt: z.string() }),
        declined,
        cancelled: nothing,
        expired: nothing,
        unknown: nothing,
      },
    },
    /**
     * Gives back what was paid, or part of it, to where it came from. The user is asked nothing by the bank; a scene
     * asks first. Beyond the tenant's limit a second person has to agree: `unknown` until then.
     */
    refund: {
      class: 'commit',
      dialogue: false,
      input: z.strictObject({
        /** As `pay` gave it. */
        receipt: z.string().min(1).max(64),
        /** All that is left when left out. */
        amount: moneySchema.optional(),
        reason: z.string().min(1).max(60),
      }),
      outcomes: {
        succeeded: z.strictObject({ receipt: z.string() }),
        declined,
        unknown: nothing,
      },
    },
  },
  /** For a scene that was told `unknown` and goes on waiting: what became of the payment. */
  events: { settled },
})

/**
 * Why a dialogue cannot begin. That somebody has no card to pay with is told to them alone: whoever called hears
 * `declined`.
 */
export const deskReasons = [...declineReasons, 'no_card'] as const
export type DeskReason = (typeof deskReasons)[number]

const order = z.strictObject({ order: z.string() })

/** A way to pay that the bank offers for this user: masked, without a balance. */
export const payMethodSchema = z.strictObject({ id: z.string(), label: z.string(), mask: z.string() })

/** What a dialogue may say about its order: from the stored order, never from the scene. */
export const orderSummarySchema = z.strictObject({ number: z.string(), amount: moneySchema, payee: z.string() })

/**
 * The bank's side of a payment, for the plugin that holds the bank's dialogue. The order itself (amount, payee, state)
 * stays with the core: the dialogue names it by reference and cannot change it.
 */
export const paymentDesk = defineCapability({
  id: 'payment-desk',
  version: '1.2.0',
  audience: 'dialogue',
  operations: {
    /** Find the user's link with the bank, the accounts that may pay, and the payee as the bank knows it. */
    prepare: {
      class: 'quote',
      /** `quote`: the bank's promise that the order takes up, where its caller had none yet. */
      input: z.strictObject({ order: z.string(), quote: z.string().optional() }),
      outcomes: {
        ready: z.strictObject({
          methods: z.array(payMethodSchema),
          order: orderSummarySchema,
          /** What the caller handed in beside amount and purpose, as text: which product, how many payments. */
          asked: z.record(z.string(), z.string()).optional(),
        }),
        declined: z.strictObject({ reason: z.enum(deskReasons) }),
        expired: nothing,
        unknown: nothing,
      },
    },
    /** Ask the bank to challenge the user for exactly this payload; with `again`, one more time, counted from 1. */
    challenge: {
      class: 'hold',
      input: z.strictObject({ order: z.string(), again: z.number().int().min(1).optional() }),
      outcomes: {
        sent: z.strictObject({ destination: z.string(), triesLeft: z.number().int(), expiresAt: z.number().int() }),
        /** What must not be typed into a message: the bank asks on a page of its own, opened over the thread. */
        page: z.strictObject({ url: z.string(), expiresAt: z.number().int() }),
        verified: nothing,
        declined,
        expired: nothing,
        unknown: nothing,
      },
    },
    /** How the challenge stands that is answered on the bank's page. */
    check: {
      class: 'hold',
      input: order,
      outcomes: { verified: nothing, pending: nothing, locked: nothing, expired: nothing, unknown: nothing },
    },
    /**
     * Pass the user's answer to the challenge through. The platform carries it sealed and destroys it with the bank's
     * answer.
     */
    answer: {
      class: 'hold',
      confidential: true,
      input: z.strictObject({ order: z.string(), code: z.strictObject({ secret: z.string() }) }),
      outcomes: {
        verified: nothing,
        wrong: z.strictObject({ triesLeft: z.number().int() }),
        locked: nothing,
        expired: nothing,
        unknown: nothing,
      },
    },
    /**
     * Send the payment to the bank. Only an order whose confirm was answered and whose challenge was passed is taken.
     */
    submit: {
      class: 'commit',
      input: order,
      outcomes: {
        succeeded: z.strictObject({ receipt: z.string(), facts: z.array(factSchema).optional() }),
        /** The bank has taken it and goes on; how it ends is told as `settled`. `state` is the bank's own word. */
        accepted: z.strictObject({ state: z.string(), receipt: z.string(), facts: z.array(factSchema).optional() }),
        declined,
        expired: nothing,
        unknown: nothing,
      },
    },
  },
  /** `changed`: something has happened on the bank's page. */
  events: { settled, changed: changedSchema },
})
