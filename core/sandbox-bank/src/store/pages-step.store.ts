/** The bank's own pages: each is opened for one purpose, and used once. */
export const pagesStep = `
create table pages (
  id text primary key,
  kind text not null,
  client_id text not null references clients (id),
  subject_id text not null,
  state text not null check (state in ('open', 'used')),
  created_at integer not null,
  expires_at integer not null
) strict;
create index pages_by_subject on pages (subject_id);
`
