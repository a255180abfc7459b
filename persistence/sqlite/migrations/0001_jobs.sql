-- Version 1: jobs, the files they came from, and their history.
-- Columns are what is queried or constrained; the rest of a job is JSON, whose grammar is in core/job.cpp.
-- Times are integer milliseconds since 1970, UTC. Checks hold what must be true of every row, whoever wrote it.

PRAGMA application_id = 0x617a7264;  -- "azrd": tells our file from any other SQLite database

CREATE TABLE job (
  id                   TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
  name                 TEXT    NOT NULL,
  vault_subscription   TEXT    NOT NULL,
  vault_resource_group TEXT    NOT NULL,
  vault_name           TEXT    NOT NULL,
  vm                   TEXT    NOT NULL,
  recovery_type        TEXT    NOT NULL,
  submitter_uid        INTEGER NOT NULL,
  created_ms           INTEGER NOT NULL,
  state                TEXT    NOT NULL CHECK (state IN (
                         'queued', 'resolving', 'triggering', 'in-doubt', 'polling', 'tracking', 'cancelling', 'held',
                         'succeeded', 'succeeded-with-warnings', 'failed', 'cancelled')),
  since_ms             INTEGER NOT NULL,
  version              INTEGER NOT NULL CHECK (version >= 0),
  not_before_ms        INTEGER NOT NULL,
  failures             INTEGER NOT NULL CHECK (failures >= 0),
  members              TEXT    NOT NULL,  -- JSON: what the state holds
  progress             TEXT    NOT NULL,  -- JSON: what has been learned and done
  finished_at_ms       INTEGER,           -- set exactly in final states
  claimed_by           TEXT,              -- who works on it; nobody does once it is at rest
  CHECK ((finished_at_ms IS NOT NULL) = (state IN ('succeeded', 'succeeded-with-warnings', 'failed', 'cancelled'))),
  CHECK (claimed_by IS NULL
         OR state NOT IN ('held', 'succeeded', 'succeeded-with-warnings', 'failed', 'cancelled'))
) STRICT;

-- What may be claimed, in the order of claiming: begun before queued, then by age.
CREATE INDEX job_claimable ON job (state = 'queued', created_ms, id)
  WHERE claimed_by IS NULL AND state NOT IN ('held', 'succeeded', 'succeeded-with-warnings', 'failed', 'cancelled');
CREATE INDEX job_claimed ON job (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX job_by_age ON job (created_ms, id);
CREATE INDEX job_by_state ON job (state, created_ms, id);
CREATE INDEX job_by_name ON job (name, created_ms, id);

-- The job file, verbatim. Apart, because it may be a megabyte and is read once per start of a job.
CREATE TABLE job_spec (
  job_id TEXT NOT NULL PRIMARY KEY REFERENCES job (id),
  spec   TEXT NOT NULL
) STRICT;

-- One row for every transition and every notable event, written in the transaction of the change it tells of.
CREATE TABLE job_event (
  sequence             INTEGER PRIMARY KEY,  -- the order in which things were recorded
  job_id               TEXT    NOT NULL REFERENCES job (id),
  at_ms                INTEGER NOT NULL,
  from_state           TEXT    NOT NULL,
  to_state             TEXT    NOT NULL,
  cause                TEXT    NOT NULL,
  detail               TEXT    NOT NULL,
  http_status          INTEGER NOT NULL,  -- 0 when there was no answer
  azure_request_id     TEXT    NOT NULL,
  azure_correlation_id TEXT    NOT NULL
) STRICT;

CREATE INDEX job_event_by_job ON job_event (job_id, sequence);
