/** Limits that are counted, cards a link has to bind, people at other banks, and lots of points with an end. */
export const moneyStep = `
create table tallies (subject text not null, at integer not null) strict;
create index tallies_by_subject on tallies (subject, at);

alter table links add column default_account_id text references accounts (id);
alter table accounts add column listed integer not null default 1;
create table link_cards (
  link_id text not null references links (id),
  account_id text not null references accounts (id),
  primary key (link_id, account_id)
) strict, without rowid;

create table directory (
  phone_index text not null,
  bank text not null,
  name_sealed text not null,
  mask text not null,
  state text not null check (state in ('held', 'reassigned')),
  primary key (phone_index, bank)
) strict, without rowid;

create table points_lots (
  id text primary key,
  account_id text not null references accounts (id),
  amount_minor integer not null check (amount_minor > 0),
  used_minor integer not null default 0 check (used_minor between 0 and amount_minor),
  expires_at integer not null
) strict;
create index points_lots_by_account on points_lots (account_id, expires_at);

create index transfers_by_dr on transfers (dr, seq);
create index transfers_by_cr on transfers (cr, seq);
`
