-- Version 3: what a job's turn depends on. Columns are added, so that a large database is not written anew. Jobs of
-- earlier versions have no priority, and count against the caps of their vault and subscription only.

ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN storage_account TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN target_group TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN lane TEXT NOT NULL DEFAULT '';

-- As Lane::of() in core/admission.cpp has it.
UPDATE job SET lane = lower(vault_subscription || char(31) || vault_resource_group || '/' || vault_name)
                      || char(31, 31, 31)
WHERE state = 'queued';

DROP INDEX job_claimable;
CREATE INDEX job_begun ON job (created_ms, id)
  WHERE claimed_by IS NULL
    AND state NOT IN ('queued', 'held', 'succeeded', 'succeeded-with-warnings', 'succeeded-with-findings', 'failed',
                      'cancelled');
CREATE INDEX job_waiting ON job (lane, priority DESC, created_ms, id, state, claimed_by)
  WHERE claimed_by IS NULL AND state = 'queued';
