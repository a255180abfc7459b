-- The present schema, the result of all files in migrations/, for readers. A test compares the two, except for
-- comments.

PRAGMA application_id = 0x617a7264;  -- "azrd": marks azrestored's databases

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
  members              TEXT    NOT NULL,  -- JSON: the members of the state
  progress             TEXT    NOT NULL,  -- JSON: what is known and done so far
  finished_at_ms       INTEGER,           -- set in final states only
  claimed_by           TEXT,              -- the owner that works on the job; NULL at rest
  priority             INTEGER NOT NULL DEFAULT 0,
  storage_account      TEXT    NOT NULL DEFAULT '',
  target_group         TEXT    NOT NULL DEFAULT '',
  lane                 TEXT    NOT NULL DEFAULT '',  -- of a queued job (core/admission/lane.hpp)
  CHECK ((finished_at_ms IS NOT NULL) = (state IN ('succeeded', 'succeeded-with-warnings', 'succeeded-with-findings',
                                                   'failed', 'cancelled'))),
  CHECK (claimed_by IS NULL
         OR state NOT IN ('held', 'succeeded', 'succeeded-with-warnings', 'succeeded-with-findings', 'failed',
                          'cancelled'))
) STRICT;

-- Jobs that may be claimed: started jobs by age, and queued jobs by lane and in the order in which they start. With the
-- last two columns SQLite counts queue positions in the index alone.
CREATE INDEX job_begun ON job (created_ms, id)
  WHERE claimed_by IS NULL
    AND state NOT IN ('queued', 'held', 'succeeded', 'succeeded-with-warnings', 'succeeded-with-findings', 'failed',
                      'cancelled');
CREATE INDEX job_waiting ON job (lane, priority DESC, created_ms, id, state, claimed_by)
  WHERE claimed_by IS NULL AND state = 'queued';
CREATE INDEX job_claimed ON job (claimed_by, created_ms, id) WHERE claimed_by IS NOT NULL;
CREATE INDEX job_by_age ON job (created_ms, id);
CREATE INDEX job_by_state ON job (state, created_ms, id);
CREATE INDEX job_by_name ON job (name, created_ms, id);
CREATE INDEX job_by_vault ON job (vault_name COLLATE NOCASE, created_ms, id);
CREATE INDEX job_by_vm ON job (vm COLLATE NOCASE, created_ms, id);
CREATE INDEX job_by_end ON job (finished_at_ms) WHERE finished_at_ms IS NOT NULL;

-- The number of jobs in each state, updated in the transaction of every change.
CREATE TABLE job_count (
  state TEXT    NOT NULL PRIMARY KEY,
  jobs  INTEGER NOT NULL CHECK (jobs >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER job_added AFTER INSERT ON job BEGIN
  INSERT INTO job_count VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER job_moved AFTER UPDATE OF state ON job WHEN new.state <> old.state BEGIN
  UPDATE job_count SET jobs = jobs - 1 WHERE state = old.state;
  INSERT INTO job_count VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER job_removed AFTER DELETE ON job BEGIN
  UPDATE job_count SET jobs = jobs - 1 WHERE state = old.state;
END;

-- The job file, verbatim. In a table of its own, because it may be a megabyte and is read only when a job starts.
CREATE TABLE job_spec (
  job_id TEXT NOT NULL PRIMARY KEY REFERENCES job (id),
  spec   TEXT NOT NULL
) STRICT;

-- One row for every transition and every notable event, written in the transaction of that change.
CREATE TABLE job_event (
  sequence             INTEGER PRIMARY KEY,  -- the order in which things were recorded
  job_id               TEXT    NOT NULL REFERENCES job (id),
  at_ms                INTEGER NOT NULL,
  from_state           TEXT    NOT NULL,
  to_state             TEXT    NOT NULL,
  cause                TEXT    NOT NULL,
  detail               TEXT    NOT NULL,
  http_status          INTEGER NOT NULL,  -- 0: no response
  azure_request_id     TEXT    NOT NULL,
  azure_correlation_id TEXT    NOT NULL
) STRICT;

CREATE INDEX job_event_by_job ON job_event (job_id, sequence);

-- What is left of Azure's read quotas, so that a restart does not cause a new burst.

CREATE TABLE rate_budget (
  profile          TEXT    NOT NULL,
  subscription     TEXT    NOT NULL,
  action           TEXT    NOT NULL,
  reads_per_hour   INTEGER NOT NULL,
  reads_left       INTEGER NOT NULL,
  window_end_ms    INTEGER NOT NULL,  -- 0: no hour has begun
  blocked_until_ms INTEGER NOT NULL,  -- 0: not throttled
  refills          INTEGER NOT NULL CHECK (refills IN (0, 1)),
  PRIMARY KEY (profile, subscription, action)
) STRICT, WITHOUT ROWID;
