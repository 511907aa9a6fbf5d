/**
 * Each entry brings the database one version further and is never edited once released.
 * Columns named `sealed_*` hold AES-256-GCM values; `*_index` columns hold keyed hashes that only serve to find rows.
 */
export const schemaSteps: readonly string[] = [
  `
  create table setting (name text primary key, value text not null) strict;

  create table chatbot (
    chatbot_id text primary key, number text not null, service_number text not null, app_id text not null,
    profile text not null, sealed_secrets text not null, menu text, optionals text, url_check text,
    registered_at integer not null
  ) strict;

  create table token (chatbot_id text primary key, hash text not null, expires_at integer not null) strict;
  create table token_day (
    chatbot_id text not null, day text not null, issued integer not null, primary key (chatbot_id, day)
  ) strict;

  create table phone (
    phone_index text primary key, sealed_phone text not null, five_g integer not null, is_on integer not null,
    position integer not null
  ) strict;

  create table thread (
    id integer primary key, phone_index text not null, kind text not null, address_index text not null,
    sealed_phone text not null, sealed_address text not null, conversation_id text not null,
    read_seq integer not null default 0, unique (phone_index, kind, address_index)
  ) strict;

  create table message (
    seq integer primary key, thread_id integer not null references thread (id), owner text not null,
    message_id text not null, direction text not null, at integer not null, contribution_id text not null,
    traffic_type text not null default '', sealed_body text not null, report text not null default '[]',
    answers_id text, answers_index integer, display_due_at integer, revoked integer not null default 0,
    unique (owner, direction, message_id)
  ) strict;
  create index message_of_thread on message (thread_id, seq);
  create index message_to_display on message (display_due_at) where display_due_at is not null;

  create table state (
    id integer primary key, message_seq integer not null references message (seq), status text not null,
    at integer not null, error_code integer, error_message text
  ) strict;
  create index state_of_message on state (message_seq);

  create table exchange (
    id integer primary key, chatbot_id text not null, message_id text not null, at integer not null,
    sealed_request text not null, sealed_response text, answered_at integer
  ) strict;
  create index exchange_of_message on exchange (message_id);

  create table callback (
    id integer primary key, position integer not null, lane text not null, chatbot_id text not null,
    path text not null, sealed_body text not null, message_id text not null, message_seq integer,
    progress text not null, tries integer not null default 0, next_at integer not null,
    nonce text, signed_at integer, created_at integer not null, held_by integer, held_until integer
  ) strict;
  create index callback_waiting on callback (lane, position) where progress = 'waiting';
  create index callback_of_message on callback (message_id);

  create table attempt (
    id integer primary key, callback_id integer not null references callback (id), at integer not null,
    nonce text not null, timestamp text not null, status integer, problem text
  ) strict;
  create index attempt_of_callback on attempt (callback_id);

  create table fault (
    id integer primary key, operation text not null, kind text not null, remaining integer not null,
    error_code integer, delay_ms integer
  ) strict
  `,
]
