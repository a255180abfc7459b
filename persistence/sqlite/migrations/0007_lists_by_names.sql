-- Version 7: a list of a vault's or a VM's jobs reads them alone. Azure's names are the same in any case.

CREATE INDEX job_by_vault ON job (vault_name COLLATE NOCASE, created_ms, id);
CREATE INDEX job_by_vm ON job (vm COLLATE NOCASE, created_ms, id);
