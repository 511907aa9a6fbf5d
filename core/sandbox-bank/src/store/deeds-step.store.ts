/**
 * Quotes, and what customers commit to beyond a payment. Confirmations and payments are made anew, because a table's
 * checks cannot be altered: a confirmation may be without an account to pay from, and a payment may be captured later.
 */
export const deedsStep = `
create table confirmations_wide (
  id text primary key,
  client_id text not null references clients (id),
  client_ref text not null,
  link_id text not null references links (id),
  phone_index text not null,
  account_id text references accounts (id),
  op text not null,
  quote_id text references quotes (id),
  method text not null default 'code',
  intent text not null,
  payload text not null,
  payload_sha256 text not null,
  rendered_sha256 text not null,
  state text not null check (state in ('pending', 'verified', 'locked', 'expired', 'superseded', 'used')),
  tries_left integer not null check (tries_left >= 0),
  version integer not null,
  created_at integer not null,
  updated_at integer not null,
  expires_at integer not null,
  locked_at integer,
  verified_at integer
) strict;
insert into confirmations_wide
  select id, client_id, client_ref, link_id, phone_index, account_id, 'payment', null, 'code', intent, payload,
    payload_sha256, rendered_sha256, state, tries_left, version, created_at, updated_at, expires_at, locked_at, null
  from confirmations order by rowid;
drop table confirmations;
alter table confirmations_wide rename to confirmations;
create index confirmations_by_ref on confirmations (client_id, client_ref);
create index confirmations_by_phone on confirmations (phone_index, created_at);
create index confirmations_open on confirmations (expires_at) where state in ('pending', 'verified');
create index confirmations_by_op on confirmations (link_id, op, verified_at);

create table payments_wide (
  id text primary key,
  client_id text not null references clients (id),
  client_ref text not null,
  confirmation_id text not null unique references confirmations (id),
  account_id text not null references accounts (id),
  amount_minor integer not null check (amount_minor > 0),
  fee_minor integer not null check (fee_minor between 0 and amount_minor),
  currency text not null,
  capture text not null default 'automatic' check (capture in ('automatic', 'manual')),
  captured_minor integer not null default 0 check (captured_minor between 0 and amount_minor),
  state text not null check (state in ('processing', 'authorised', 'succeeded', 'failed', 'cancelled')),
  failure_code text,
  description_sealed text,
  version integer not null,
  attempts integer not null,
  settle_at integer not null,
  created_at integer not null,
  updated_at integer not null,
  unique (client_id, client_ref),
  check ((state = 'failed') = (failure_code is not null))
) strict;
insert into payments_wide
  select id, client_id, client_ref, confirmation_id, account_id, amount_minor, fee_minor, currency, 'automatic',
    iif(state = 'succeeded', amount_minor, 0), state, failure_code, description_sealed, version, attempts, settle_at,
    created_at, updated_at
  from payments order by rowid;
drop table payments;
alter table payments_wide rename to payments;
create index payments_in_order on payments (client_id, created_at, id);
create index payments_unsettled on payments (settle_at) where state in ('processing', 'authorised');

create table quotes (
  id text primary key,
  kind text not null,
  client_id text not null references clients (id),
  link_id text references links (id),
  state text not null,
  version integer not null,
  amount_minor integer,
  terms_sha256 text not null,
  content_sealed text not null,
  created_at integer not null,
  updated_at integer not null,
  expires_at integer not null
) strict;
create index quotes_open on quotes (expires_at) where state = 'open';
create index quotes_by_link on quotes (link_id, kind, created_at);

create table deeds (
  id text primary key,
  kind text not null,
  client_id text not null references clients (id),
  client_ref text,
  link_id text references links (id),
  customer_id text references customers (id),
  account_id text references accounts (id),
  confirmation_id text unique references confirmations (id),
  quote_id text references quotes (id),
  parent_id text,
  state text not null,
  version integer not null,
  amount_minor integer,
  fee_minor integer,
  failure_code text,
  content_sealed text not null,
  due_at integer,
  created_at integer not null,
  updated_at integer not null,
  unique (client_id, kind, client_ref)
) strict;
create index deeds_due on deeds (due_at) where due_at is not null;
create index deeds_by_parent on deeds (parent_id, kind) where parent_id is not null;
create index deeds_by_customer on deeds (customer_id, kind, created_at);
`
