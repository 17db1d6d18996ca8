-- Lists of names are varchar[], the type that Hibernate compares them as.
-- What the service knows: accounts and groups, collections and documents, ingest runs, conversations.
-- Owned by the migrating role; the service's role reads and writes rows and cannot change the shape.

CREATE SCHEMA library;

CREATE TABLE library.account (
  id                   uuid PRIMARY KEY,
  username             text NOT NULL UNIQUE CHECK (username = lower(username) AND length(username) BETWEEN 1 AND 64),
  display_name         text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 200),
  password_hash        text NOT NULL,
  roles                varchar[] NOT NULL,
  disabled             boolean NOT NULL DEFAULT false,
  must_change_password boolean NOT NULL DEFAULT false,
  created_at           timestamptz NOT NULL,
  updated_at           timestamptz NOT NULL
);

CREATE TABLE library.access_group (
  name        text PRIMARY KEY,
  description text NOT NULL DEFAULT '',
  created_at  timestamptz NOT NULL
);
-- The group of every enabled account; it has no membership rows.
INSERT INTO library.access_group VALUES ('everyone', 'Every enabled account', now());

CREATE TABLE library.membership (
  account_id uuid NOT NULL REFERENCES library.account ON DELETE CASCADE,
  group_name text NOT NULL REFERENCES library.access_group,
  PRIMARY KEY (account_id, group_name)
);
CREATE INDEX membership_by_group ON library.membership (group_name);

-- Only the SHA-256 of a token is kept: a copy of this table opens nothing.
CREATE TABLE library.api_token (
  id           uuid PRIMARY KEY,
  account_id   uuid NOT NULL REFERENCES library.account ON DELETE CASCADE,
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  token_hash   bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz,
  last_used_at timestamptz
);
CREATE INDEX api_token_by_account ON library.api_token (account_id);

CREATE TABLE library.web_session (
  id           uuid PRIMARY KEY,
  account_id   uuid NOT NULL REFERENCES library.account ON DELETE CASCADE,
  token_hash   bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  user_agent   text NOT NULL,
  created_at   timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX web_session_by_account ON library.web_session (account_id);

-- Failed sign-ins by the name that was tried, whether such an account exists or not: the two must not differ.
CREATE TABLE library.sign_in_failure (
  name_hash    bytea PRIMARY KEY CHECK (octet_length(name_hash) = 32),
  failures     integer NOT NULL,
  locked_until timestamptz,
  last_at      timestamptz NOT NULL
);

CREATE TABLE library.collection (
  id          uuid PRIMARY KEY,
  name        text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
  description text NOT NULL DEFAULT '',
  readers     varchar[] NOT NULL DEFAULT '{}',
  created_at  timestamptz NOT NULL
);

-- One location in one collection. `revision` is the SHA-256 of its accepted bytes; `index_behind` is set in the
-- transaction that changes what the index must show and cleared when the index shows it.
CREATE TABLE library.document (
  id            uuid PRIMARY KEY,
  collection_id uuid NOT NULL REFERENCES library.collection,
  path          text NOT NULL CHECK (length(path) BETWEEN 1 AND 1024),
  source        text NOT NULL,
  title         text NOT NULL,
  media_type    text,
  byte_size     bigint NOT NULL,
  revision      text NOT NULL CHECK (revision ~ '^[0-9a-f]{64}$'),
  state         text NOT NULL CHECK (state IN ('QUEUED', 'READING', 'WORDS', 'READY', 'REJECTED', 'FAILED')),
  reason        text,
  detail        text,
  what_to_do    text,
  pages         integer,
  passages      integer,
  readers       varchar[] NOT NULL DEFAULT '{}',
  index_behind  boolean NOT NULL DEFAULT true,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  UNIQUE (collection_id, path)
);
CREATE INDEX document_by_readers ON library.document USING gin (readers);
CREATE INDEX document_by_revision ON library.document (revision);
CREATE INDEX document_behind ON library.document (id) WHERE index_behind;

CREATE TABLE library.revision (
  document_id uuid NOT NULL REFERENCES library.document ON DELETE CASCADE,
  number      integer NOT NULL,
  sha256      text NOT NULL,
  byte_size   bigint NOT NULL,
  accepted_at timestamptz NOT NULL,
  PRIMARY KEY (document_id, number)
);

CREATE TABLE library.ingest_run (
  id            uuid PRIMARY KEY,
  root          text NOT NULL,
  collection_id uuid REFERENCES library.collection ON DELETE SET NULL,
  collection    text NOT NULL,
  readers       varchar[],
  state         text NOT NULL CHECK (state IN ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
  detail        text,
  total         integer NOT NULL DEFAULT 0,
  done          integer NOT NULL DEFAULT 0,
  added         integer NOT NULL DEFAULT 0,
  revised       integer NOT NULL DEFAULT 0,
  unchanged     integer NOT NULL DEFAULT 0,
  rejected      integer NOT NULL DEFAULT 0,
  removed       integer NOT NULL DEFAULT 0,
  current_path  text,
  started_by    text NOT NULL,
  started_at    timestamptz NOT NULL,
  finished_at   timestamptz
);

CREATE TABLE library.ingest_item (
  run_id      uuid NOT NULL REFERENCES library.ingest_run ON DELETE CASCADE,
  path        text NOT NULL,
  document_id uuid,
  outcome     text NOT NULL CHECK (outcome IN ('ADDED', 'REVISED', 'UNCHANGED', 'REJECTED', 'REMOVED', 'FAILED')),
  reason      text,
  detail      text,
  media_type  text,
  pages       integer,
  passages    integer,
  millis      bigint NOT NULL,
  PRIMARY KEY (run_id, path)
);

CREATE TABLE library.conversation (
  id         uuid PRIMARY KEY,
  account_id text NOT NULL,
  title      text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX conversation_by_account ON library.conversation (account_id, updated_at DESC);

CREATE TABLE library.turn (
  conversation_id uuid NOT NULL REFERENCES library.conversation ON DELETE CASCADE,
  ordinal         integer NOT NULL,
  question        text NOT NULL,
  answer          text NOT NULL,
  asked_at        timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, ordinal)
);

-- db-scheduler's own table (its postgresql_tables.sql), in this schema.
CREATE TABLE library.scheduled_tasks (
  task_name            text NOT NULL,
  task_instance        text NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_by_time ON library.scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_by_heartbeat ON library.scheduled_tasks (last_heartbeat);
CREATE INDEX scheduled_tasks_by_priority ON library.scheduled_tasks (priority DESC, execution_time ASC);

GRANT USAGE ON SCHEMA library TO docent_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA library TO docent_app;
