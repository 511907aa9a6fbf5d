export interface FaultEntry {
  /** Constant: no value ever stands in it. */
  readonly message: string
  /** Whether doing the same again, later, may help. */
  readonly retryable: boolean
}

const final = (message: string): FaultEntry => ({ message, retryable: false })
const passing = (message: string): FaultEntry => ({ message, retryable: true })

/** Every fault of the platform: `room.what_happened`. The operators' guide has a line for each. */
export const catalogue = {
  'platform.unexpected': final('something unexpected happened'),

  'store.busy': passing('the database stayed busy'),
  'store.commit_lost': passing('the connection was lost during a commit that did not arrive'),
  'store.commit_unknown': passing('the connection was lost during a commit'),
  'store.duplicate': final('a row with this key is already there'),
  'store.handle_closed': final('a statement was built on a handle that is not open'),
  'store.migration_changed': final('a migration that was applied is no longer the same'),
  'store.number_too_large': final('a whole number outside of the safe range came from a column that is not money'),
  'store.parameter_refused': final('a value of this type cannot be bound to a statement'),
  'store.statement_refused': final('the database refused a statement'),
  'store.column_sealed': final('a library did something with a sealed column that is not understood'),
  'store.table_foreign': final('a library named a table that is not its own'),
  'store.unreachable': passing('the database cannot be reached'),

  'seal.broken': final('a sealed value does not open'),
  'seal.key_malformed': final('a key of the key file is malformed'),
  'seal.key_missing': final('a sealed value names a key that the key file does not have'),

  'credential.not_renewed': passing('an access token was not renewed in time'),
  'books.step_refused': final('the machine of a refund, a consent or a break refuses this step'),
  'books.terms_moved': final('the terms of the books were changed after this change to them was proposed'),
  'break.unknown': final('there is no break by this id'),
  'break.order_undecided': final(
    'the order or refund that this line is about has not ended: wait for it, or ask the bank',
  ),
  'break.decision_unfit': final('this decision does not fit what the break is about'),
  'consent.unknown': final('there is no consent by this id'),
  'refund.disputed': final('the bank says that the payment of a refund was taken back, and nobody has decided that'),
  'refund.more_than_left': final('a refund wants more than is left of its payment'),
  'refund.unknown': final('there is no refund by this id'),
  'auth.second_factor_missing': final('who is signed in has no second factor, and this needs one'),
  'auth.step_up_required': final('who is signed in has not shown their second factor lately'),
  'audit.anchor_not_written': passing('the heads of the audit chains cannot be written down'),
  'bank.not_connected': passing('an order belongs to a bank connection that is not set up here'),
  'channel.unknown': final('a definition names a channel that is not there'),
  'collection.declaration_refused': final('a collection is declared in a way that cannot be kept'),
  'collection.document_refused': final('a document does not fit the schema of its collection'),
  'collection.index_unfit': final('a read asks for fields that do not lead its index'),
  'collection.key_too_long': final('the key or index of a document is longer than 190 characters'),
  'collection.key_unfit': final('a field of an index is neither text, whole number nor flag'),
  'collection.unknown': final('a plugin has no collection by this name'),
  'flow.event_unknown': final('a flow tells an event that its contract does not declare'),
  'egress.secret_malformed': final('a signing secret is not what it should be'),
  'flow.journal_broken': final('a journal entry does not belong to the step it meets'),
  'flow.limit_passed': final('a run wants more messages or calls than its plugin may have'),
  'flow.loop': final('a flow goes on and on without a question or a wait'),
  'flow.order_foreign': final('a dialogue named an order that is not its own'),
  'flow.outcome_unrouted': final('an outcome came back for which the flow has no route'),
  'flow.step_unknown': final('a flow points to a step that it does not have'),
  'grant.moved': final('a grant was changed after this change to it was proposed'),
  'grant.not_blocked': final('a grant was to be opened again that is not blocked'),
  'grant.unknown': final('there is no such grant'),
  'guest.function_called': final('the platform called a function of a plugin whose code runs elsewhere'),
  'guest.answer_refused': final('a guest answered something that its manifest does not allow'),
  'guest.crowded': passing('more calls of guests are waiting than this process may keep'),
  'guest.memory': final('a guest wanted more memory than it may have'),
  'guest.not_loaded': final('the bundle of a guest cannot be loaded'),
  'guest.resting': final('a guest rests because it failed again and again'),
  'guest.threw': final('a function of a guest failed'),
  'guest.timed_out': final('a guest computed for longer than it may'),
  'home.not_writable': final('the data folder cannot be written'),
  'inbox.full': passing('more messages are waiting than this process may keep'),
  'text.broken': final('a text could not be written'),
  'text.too_long': final('a text became longer than is allowed'),
  'text.credit_bare': final('a message shows a credit without its annual rate'),
  'text.unknown': final('a message names a text that its plugin does not have'),
  'text.refused': final('a template uses something that templates may not use'),

  'lifecycle.move_refused': final('a package or an installation cannot take this step from where it stands'),

  'network.no_answer': passing('the other side did not answer in time, and may have acted'),
  'network.unreachable': passing('the other side could not be reached, and nothing was sent'),
  'order.amount_refused': final('an order must be for more than nothing'),
  'order.input_refused': final('an order names its amount and its purpose, and this call does not'),
  'order.not_prepared': final('an order was to be confirmed before the bank had prepared it'),
  'order.not_releasable': final('an order was to be sent without the consent and the proof that belong to it'),
  'order.operation_unknown': final('a dialogue asked the bank for something it does not do'),
  'order.transition_refused': final('the payment machine refuses this step'),
  'order.unknown': final('there is no order by this id'),
  'order.version_moved': passing('an order was changed by somebody else meanwhile'),
  'package.changed': final('the code of a package is not what its digest says'),
  'plugin.broken': final('a plugin cannot be loaded'),
  'plugin.threw': final('a function of a plugin threw an error'),
  'plugin.unknown': final('a definition names a plugin that is not there'),
  'sandbox.off': final('a definition points at a sandbox that is not on'),
  'sandbox.refused': passing('the sandbox did not take what it was told'),
  'tenant.secret_missing': final('a secret of a tenant cannot be read'),
  'proposal.malformed': final('a proposal holds a change that nobody here can carry out'),
  'proposal.not_decidable': final('the proposal cannot be decided by this person, in this form, or any more'),
} as const satisfies Readonly<Record<string, FaultEntry>>

export type FaultCode = keyof typeof catalogue
