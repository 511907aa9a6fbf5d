import { deedsStep } from './deeds-step.store.ts'
import { pagesStep } from './pages-step.store.ts'
import { slotsStep } from './slots-step.store.ts'
import { moneyStep } from './money-step.store.ts'

/**
 * The form of the books, one step per release; a step that has been released is never changed. Amounts are minor units,
 * instants epoch milliseconds of the business clock. Columns named `…_sealed` hold what may not be read from the file.
 */
export const migrations: readonly string[] = [
  `
create table meta (key text primary key, value text not null) strict, without rowid;

create table clients (
  id text primary key,
  jwks_url text not null,
  webhook_url text,
  webhook_state text not null default 'active' check (webhook_state in ('active', 'failing', 'disabled')),
  payee_id text not null unique,
  account_id text not null unique references accounts (id),
  name_zh text not null,
  name_en text not null,
  created_at integer not null
) strict;

create table customers (
  id text primary key,
  name_sealed text not null,
  born_on_sealed text not null,
  created_at integer not null
) strict;

create table phones (
  phone_index text primary key,
  customer_id text not null references customers (id),
  state text not null check (state in ('held', 'reassigned'))
) strict;

-- Balance = everything debited minus everything credited, as in the transfers; held is what pending ones will take.
-- The last check is the second guard against an overdrawn account; the first is the conditional update.
create table accounts (
  id text primary key,
  kind text not null check (kind in ('customer', 'merchant', 'clearing', 'fees', 'treasury')),
  customer_id text references customers (id),
  client_id text,
  mask text,
  preferred integer not null default 0,
  state text not null default 'open' check (state in ('open', 'frozen')),
  currency text not null,
  balance_minor integer not null default 0,
  held_minor integer not null default 0 check (held_minor >= 0),
  check (kind not in ('customer', 'merchant') or balance_minor - held_minor >= 0)
) strict;

create index accounts_by_customer on accounts (customer_id);

create table transfers (
  seq integer primary key autoincrement,
  id text not null unique,
  kind text not null check (kind in ('pending', 'post', 'void', 'single')),
  dr text not null references accounts (id),
  cr text not null references accounts (id) check (cr <> dr),
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  pending_id text unique references transfers (id),
  payment_id text,
  client_ref text,
  at integer not null,
  check ((kind in ('post', 'void')) = (pending_id is not null))
) strict;
create index transfers_by_payment on transfers (payment_id);
create trigger transfers_stay before update on transfers begin select raise(abort, 'transfers are append-only'); end;
create trigger transfers_last before delete on transfers begin select raise(abort, 'transfers are append-only'); end;

create table links (
  id text primary key,
  client_id text not null references clients (id),
  customer_id text references customers (id),
  phone_index text not null,
  phone_sealed text not null,
  user_ref text not null,
  locale text not null check (locale in ('zh-CN', 'en')),
  state text not null check (state in ('active', 'none', 'deleted')),
  version integer not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index links_live on links (client_id, phone_index, user_ref) where state <> 'deleted';

create table confirmations (
  id text primary key,
  client_id text not null references clients (id),
  client_ref text not null,
  link_id text not null references links (id),
  phone_index text not null,
  account_id text not null references accounts (id),
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
  locked_at integer
) strict;
create index confirmations_by_ref on confirmations (client_id, client_ref);
create index confirmations_by_phone on confirmations (phone_index, created_at);
create index confirmations_open on confirmations (expires_at) where state in ('pending', 'verified');

create table payments (
  id text primary key,
  client_id text not null references clients (id),
  client_ref text not null,
  confirmation_id text not null unique references confirmations (id),
  account_id text not null references accounts (id),
  amount_minor integer not null check (amount_minor > 0),
  fee_minor integer not null check (fee_minor between 0 and amount_minor),
  currency text not null,
  state text not null check (state in ('processing', 'succeeded', 'failed')),
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
create index payments_in_order on payments (client_id, created_at, id);
create index payments_unsettled on payments (settle_at) where state = 'processing';

create table idempotency (
  client_id text not null,
  route text not null,
  key text not null,
  fingerprint text not null,
  status integer not null,
  resource_id text not null,
  created_at integer not null,
  primary key (client_id, route, key)
) strict, without rowid;

create table nonces (
  client_id text not null,
  nonce text not null,
  forget_at integer not null,
  primary key (client_id, nonce)
) strict, without rowid;
create index nonces_by_age on nonces (forget_at);

create table events (
  seq integer primary key autoincrement,
  id text not null unique,
  client_id text not null references clients (id),
  type text not null,
  at integer not null,
  data text not null
) strict;
create index events_by_client on events (client_id, seq);

create table deliveries (
  event_seq integer primary key references events (seq) on delete cascade,
  client_id text not null,
  state text not null check (state in ('pending', 'delivered', 'abandoned')),
  attempts integer not null default 0,
  next_at integer not null
) strict;
create index deliveries_due on deliveries (client_id, next_at) where state = 'pending';
`,
  // More kinds of accounts: cards with a limit, loans, products, wallets, points. A table's checks cannot be altered,
  // so it is made anew; foreign keys are off while steps run.
  `
create table accounts_wide (
  id text primary key,
  kind text not null check (kind in (
    'customer', 'merchant', 'card', 'wallet', 'points', 'units', 'promo',
    'clearing', 'fees', 'treasury', 'lending', 'collections', 'loan', 'memo', 'product', 'insurer', 'biller', 'issuer',
    'outside')),
  customer_id text references customers (id),
  client_id text,
  mask text,
  preferred integer not null default 0,
  state text not null default 'open' check (state in ('open', 'frozen', 'inactive')),
  currency text not null,
  balance_minor integer not null default 0,
  held_minor integer not null default 0 check (held_minor >= 0),
  limit_minor integer not null default 0 check (limit_minor >= 0),
  check (kind not in ('customer', 'merchant', 'card', 'wallet', 'points', 'units', 'promo')
    or balance_minor - held_minor + limit_minor >= 0)
) strict;
insert into accounts_wide
  select id, kind, customer_id, client_id, mask, preferred, state, currency, balance_minor, held_minor, 0 from accounts;
drop table accounts;
alter table accounts_wide rename to accounts;
create index accounts_by_customer on accounts (customer_id);
`,
  deedsStep,
  pagesStep,
  moneyStep,
  slotsStep,
]
