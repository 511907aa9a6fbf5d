import { defineSentences } from '@inthread/sdk/fault'

/** Why a call is refused as a whole. */
export const sayRefusal = defineSentences({
  'call.failed': 'something went wrong on our side',
  'call.bad_input': 'the input is not what this procedure takes',
  'call.no_procedure': 'there is no such procedure',
  'call.method': 'queries are asked with GET, mutations with POST',
  'call.media_type': 'send JSON, with the content type application/json',
  'call.refused': 'this call is refused',
  'call.foreign_page': 'this was sent by a page of another origin: open the console itself',
  'call.not_signed_in': 'sign in, or send "authorization: Bearer <key>" with a key of this platform',
  'call.cursor': 'this cursor is not of this list: send "next" of the page before with the same filters, or none',
  'call.chain_cursor': 'this cursor is not of this tenant’s check: send "next" of the call before, or none',
  'call.chain_place':
    'this "lastEventId" is not a place in the chain: send the "seq" of the last record, 0 for all, or none',
  'call.event_place':
    'this "lastEventId" is not of a conversation: send the id of the last event, or none to begin anew',
  'call.streams': '{most} streams of yours are open here: end one of them, then follow again',
  'call.days': 'until: from {from} on, at most {most} days, not before it',
  'missing.thing': 'there is no such {what}',
  'changed.meanwhile': 'it has been changed meanwhile: read it again',
  'changed.version': 'it has been changed meanwhile: read it again and send its version',
  'factor.missing': 'this needs a second factor: set one up in your account, then do it again',
  'factor.stale': 'this needs your second factor, not older than five minutes: show it, then do it again',
  'role.not_allowed': 'the role "{role}" may not do this',
  'role.invites_nobody': 'the role "{role}" invites nobody',
  'role.may_not_decide': 'the role "{role}" may not decide this',
  'role.of_platform': '"{role}" is a role of the platform or the bank: invite into "*"',
  'role.of_tenant': '"{role}" is a role of a tenant: name the tenant',
  'role.bank_only': 'what the bank grants is changed by the bank or the platform',
  'key.outlasts': 'a key whose time ends makes no key that outlasts it: give it fewer "days"',
  'key.taken': 'there is a key of this name: choose another',
  'key.itself': 'a key cannot revoke itself: use another one',
  'key.beyond': 'a key without "{permission}" makes no key that has it',
  'key.scope': 'the role "{role}" has no "{permission}": leave it out of the scopes',
  'key.narrow_renews': 'a key that is narrowed by scopes renews nobody',
  'key.narrow_invites': 'a key that is narrowed by scopes invites nobody',
  'person.links': '{most} links wait here already: withdraw those that nobody will use',
  'person.elsewhere': 'this person works elsewhere too: let the platform’s operator make the link',
  'person.themselves': 'nobody removes themselves: let somebody else do it',
  'person.keys':
    '{n} keys that this person has made end with them: {names}. ' +
    'Send "keep" with the names of those that go on, or an empty list',
  'person.no_key': 'this person has no key in force of one of the names in "keep": ask people.leaving which there are',
  'desk.taken': 'the conversation is with the desk already: claim its case',
  'desk.not_yours': 'the case is not yours: claim it first, unless somebody else has',
  'desk.closed': 'the case is closed: the conversation is with the bot again',
  'desk.busy':
    'the conversation is with another case, {case}: what is said here would reach nobody, so work on that one',
  'answer.changed': 'somebody else has changed this answer: read it again, then save yours',
  'answer.full': 'there are 1,000 answers already: remove one that nobody uses',
  'announcement.key': 'this key was used for other words or somebody else: take a new one',
  'announcement.signs': 'text: it has 【, 】 or hidden characters',
  'announcement.credit': 'text: it offers a credit and does not say its annual rate',
  'menu.changed': 'the menu has been changed meanwhile: read it again',
  'bank.codes_address': 'only a key of the platform or the bank may name an address for codes',
  'collection.personal':
    '"{collection}" holds users\' own documents (dataClass "personal"): they are sealed and found in their user\'s ' +
    'conversation alone, so nobody imports or exports them. What the merchant has to know, like a new order, the ' +
    'plugin tells the merchant\'s own host with a "fetch" step, or comes through the plugin "webhook-scene".',
  'break.with_other': 'it is with somebody else, or was decided: look at it',
  'break.undecided':
    'the order or refund of this line has not ended: wait until the bank has decided it, ask the bank about it, or ' +
    'decide the break that it is in conflict by; then decide this one',
  'break.unfit':
    'take it first, and choose a decision that fits: paid or unpaid, as the statement has it, for what is in ' +
    'conflict; correct for what bank and book still differ by, once the order has ended',
  'refund.order_unknown': 'there is no such order',
  'refund.not_captured': 'nothing was paid for this order',
  'refund.more_than_left': 'no more of it is left: look at its other refunds',
  'refund.disputed': 'the bank says that the payment was taken back: its break has to be decided first',
  'refund.wrong_currency': 'it was paid in another currency',
  'refund.too_many': 'too many refunds within a minute: wait and send it again under the same ref',
  'refund.places': '{currency} has no such decimal places',
  'refund.currency': 'the currency is not known',
  'simulation.waiting': 'too many simulations of this tenant wait already',
  'simulation.time': "this tenant's simulations have had their time of this minute: try again in {seconds} seconds",
})
