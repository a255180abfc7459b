-- Version 7: a list of a vault's or a VM's jobs looks for them in the index by age.

DROP INDEX job_by_age;
CREATE INDEX job_by_age ON job (created_ms, id, vault_name, vm);
