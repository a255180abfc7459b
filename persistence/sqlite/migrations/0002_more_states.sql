-- Version 2: the states of pre-flight, rehydration and "well, but not all that was asked for".
-- SQLite cannot change a CHECK, so the tables are made anew. The two that refer to jobs go along, since their
-- references follow a renamed table; all in one transaction, so that a crash leaves version 1 as it was.

ALTER TABLE job_event RENAME TO job_event_1;
ALTER TABLE job_spec RENAME TO job_spec_1;
ALTER TABLE job RENAME TO job_1;

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
                         'queued', 'resolving', 'validating', 'triggering', 'in-doubt', 'polling', 'rehydrating',
                         'tracking', 'cancelling', 'held', 'succeeded', 'succeeded-with-warnings',
                         'succeeded-with-findings', 'failed', 'cancelled')),
  since_ms             INTEGER NOT NULL,
  version              INTEGER NOT NULL CHECK (version >= 0),
  not_before_ms        INTEGER NOT NULL,
  failures             INTEGER NOT NULL CHECK (failures >= 0),
  members              TEXT    NOT NULL,  -- JSON: what the state holds
  progress             TEXT    NOT NULL,  -- JSON: what has been learned and done
  finished_at_ms       INTEGER,           -- set exactly in final states
  claimed_by           TEXT,              -- who works on it; nobody does once it is at rest
  CHECK ((finished_at_ms IS NOT NULL) = (state IN ('succeeded', 'succeeded-with-warnings', 'succeeded-with-findings',
                                                   'failed', 'cancelled'))),
  CHECK (claimed_by IS NULL
         OR state NOT IN ('held', 'succeeded', 'succeeded-with-warnings', 'succeeded-with-findings', 'failed',
                          'cancelled'))
) STRICT;

CREATE TABLE job_spec (
  job_id TEXT NOT NULL PRIMARY KEY REFERENCES job (id),
  spec   TEXT NOT NULL
) STRICT;

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

-- The columns are the same, in the same order.
INSERT INTO job SELECT * FROM job_1;
INSERT INTO job_spec SELECT * FROM job_spec_1;
INSERT INTO job_event SELECT * FROM job_event_1;
DROP TABLE job_event_1;
DROP TABLE job_spec_1;
DROP TABLE job_1;

CREATE INDEX job_claimable ON job (state = 'queued', created_ms, id)
  WHERE claimed_by IS NULL
    AND state NOT IN ('held', 'succeeded', 'succeeded-with-warnings', 'succeeded-with-findings', 'failed', 'cancelled');
CREATE INDEX job_claimed ON job (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX job_by_age ON job (created_ms, id);
CREATE INDEX job_by_state ON job (state, created_ms, id);
CREATE INDEX job_by_name ON job (name, created_ms, id);
CREATE INDEX job_event_by_job ON job_event (job_id, sequence);
