CREATE ROLE reader;
CREATE ROLE writer;
CREATE TABLE t (id NUMBER);
GRANT SELECT ON TABLE t TO ROLE reader;
-- CREATE OR REPLACE loses grants (reference F.2) …
CREATE OR REPLACE TABLE t (id NUMBER);
SHOW GRANTS ON TABLE t ->> SELECT "privilege" FROM $1;
-- > OWNERSHIP
-- … unless they are copied
GRANT SELECT ON TABLE t TO ROLE reader;
CREATE OR REPLACE TABLE t (id NUMBER, x NUMBER) COPY GRANTS;
SHOW GRANTS ON TABLE t ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1;
-- > OWNERSHIP | ACCOUNTADMIN
-- > SELECT | READER
CREATE VIEW v AS SELECT id FROM t;
GRANT SELECT ON VIEW v TO ROLE reader;
CREATE OR REPLACE VIEW v COPY GRANTS AS SELECT id, x FROM t;
SHOW GRANTS ON VIEW v ->> SELECT "privilege" FROM $1 ORDER BY 1;
-- > OWNERSHIP
-- > SELECT
-- future grants are given to what is made afterwards; those of the schema hide those of the database (reference F.8)
GRANT SELECT ON FUTURE TABLES IN DATABASE db TO ROLE writer;
CREATE TABLE u (id NUMBER);
GRANT SELECT ON FUTURE TABLES IN SCHEMA s TO ROLE reader;
CREATE TABLE w (id NUMBER);
SHOW GRANTS ON TABLE u ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1;
-- > OWNERSHIP | ACCOUNTADMIN
-- > SELECT | WRITER
SHOW GRANTS ON TABLE w ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1;
-- > OWNERSHIP | ACCOUNTADMIN
-- > SELECT | READER
SHOW FUTURE GRANTS IN SCHEMA s ->> SELECT "privilege", "grant_on", "name", "grant_to", "grantee_name" FROM $1;
-- > SELECT | TABLE | DB.S.<TABLE> | ROLE | READER
SHOW FUTURE GRANTS TO ROLE writer ->> SELECT "privilege", "grant_on", "name" FROM $1;
-- > SELECT | TABLE | DB.<TABLE>
REVOKE SELECT ON FUTURE TABLES IN SCHEMA s FROM ROLE reader;
SHOW FUTURE GRANTS IN SCHEMA s;
-- > (no rows)
-- ON ALL is what is there now
GRANT INSERT ON ALL TABLES IN SCHEMA s TO ROLE writer;
CREATE TABLE later (id NUMBER);
SHOW GRANTS TO ROLE writer ->> SELECT "privilege", "name" FROM $1 WHERE "privilege" = 'INSERT' ORDER BY 2;
-- > INSERT | DB.S.T
-- > INSERT | DB.S.U
-- > INSERT | DB.S.W
-- a new owner: refused while others hold grants
GRANT OWNERSHIP ON TABLE t TO ROLE writer;
-- ! Dependent grant of privilege
GRANT OWNERSHIP ON TABLE t TO ROLE writer COPY CURRENT GRANTS;
SHOW GRANTS ON TABLE t ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1;
-- > INSERT | WRITER
-- > OWNERSHIP | WRITER
-- > SELECT | READER
GRANT OWNERSHIP ON TABLE t TO ROLE reader REVOKE CURRENT GRANTS;
SHOW TABLES LIKE 't' ->> SELECT "name", "owner" FROM $1;
-- > T | READER
REVOKE OWNERSHIP ON TABLE t FROM ROLE reader;
-- ! OWNERSHIP cannot be revoked
-- what a dropped role owned goes to the role that drops it
DROP ROLE reader;
SHOW TABLES LIKE 't' ->> SELECT "name", "owner" FROM $1;
-- > T | ACCOUNTADMIN
-- a task that changes its owner is suspended and leaves its graph (reference A.6)
CREATE TASK root SCHEDULE = '60 MINUTES' AS SELECT 1;
CREATE TASK child AFTER root AS SELECT 1;
ALTER TASK child RESUME;
ALTER TASK root RESUME;
GRANT OWNERSHIP ON TASK child TO ROLE writer;
-- ! 091421
ALTER TASK root SUSPEND;
GRANT OWNERSHIP ON TASK child TO ROLE writer;
SHOW TASKS ->> SELECT "name", "owner", "state", "predecessors", "last_suspended_reason" FROM $1 ORDER BY 1;
-- > CHILD | WRITER | suspended | [] | GRANT_OWNERSHIP
-- > ROOT | ACCOUNTADMIN | suspended | [] | USER_SUSPENDED
-- the owner needs EXECUTE TASK and the warehouse (reference A.14)
ALTER TASK child SET SCHEDULE = '60 MINUTES';
ALTER TASK child RESUME;
-- ! EXECUTE TASK privilege must be granted to owner role
GRANT EXECUTE TASK ON ACCOUNT TO ROLE writer;
CREATE WAREHOUSE wh;
ALTER TASK child SET WAREHOUSE = wh;
ALTER TASK child RESUME;
-- ! 002003 (02000): SQL compilation error: Warehouse 'WH' does not exist
GRANT USAGE ON WAREHOUSE wh TO ROLE writer;
ALTER TASK child RESUME;
-- a pipe must be paused before it changes its owner (reference D.6)
CREATE STAGE files;
CREATE PIPE p AS COPY INTO u FROM @files;
GRANT OWNERSHIP ON PIPE p TO ROLE writer;
-- ! must be paused
ALTER PIPE p SET PIPE_EXECUTION_PAUSED = TRUE;
GRANT OWNERSHIP ON PIPE p TO ROLE writer;
