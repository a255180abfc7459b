-- Version 6: what we had claimed is found by age at the start, a page at a time.

DROP INDEX job_claimed;
CREATE INDEX job_claimed ON job (claimed_by, created_ms, id) WHERE claimed_by IS NOT NULL;
