-- Version 5: what is asked often, of however many jobs, costs no scan: how many there are in each state, and which of
-- them ended long ago.

CREATE TABLE job_count (
  state TEXT    NOT NULL PRIMARY KEY,
  jobs  INTEGER NOT NULL CHECK (jobs >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO job_count SELECT state, count(*) FROM job GROUP BY state;

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

CREATE INDEX job_by_end ON job (finished_at_ms) WHERE finished_at_ms IS NOT NULL;
