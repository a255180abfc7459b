-- What is left of Azure's budgets of reads, so that a restart begins no new burst.

CREATE TABLE rate_budget (
  profile          TEXT    NOT NULL,
  subscription     TEXT    NOT NULL,
  action           TEXT    NOT NULL,
  reads_per_hour   INTEGER NOT NULL,
  reads_left       INTEGER NOT NULL,
  window_end_ms    INTEGER NOT NULL,  -- 0: no window has begun
  blocked_until_ms INTEGER NOT NULL,  -- 0: not refused
  refills          INTEGER NOT NULL CHECK (refills IN (0, 1)),
  PRIMARY KEY (profile, subscription, action)
) STRICT, WITHOUT ROWID;
