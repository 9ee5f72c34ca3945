-- CLONE of a schema and of a database with what they hold
CREATE SCHEMA raw;
CREATE TABLE t (id NUMBER, v VARCHAR);
INSERT INTO t VALUES (1, 'a');
CREATE STREAM st ON TABLE t;
INSERT INTO t VALUES (2, 'unread');
CREATE VIEW later AS SELECT id FROM t;
CREATE VIEW earlier AS SELECT id FROM later;
CREATE OR REPLACE VIEW later AS SELECT id FROM t;
CREATE VIEW full_name AS SELECT COUNT(*) AS n FROM db.raw.t;
CREATE VIEW over AS SELECT id FROM st;
CREATE SEQUENCE q;
CREATE FILE FORMAT f TYPE = CSV;
CREATE STAGE inside;
CREATE STAGE outside URL = 's3://bucket/';
CREATE PROCEDURE p() RETURNS NUMBER AS BEGIN RETURN (SELECT COUNT(*) FROM t); END;
CREATE TASK root WAREHOUSE = w SCHEDULE = '60 MINUTES' AS SELECT 1;
CREATE TASK child WAREHOUSE = w AFTER root AS SELECT 1;
CREATE TASK fin WAREHOUSE = w FINALIZE = root AS SELECT 1;
ALTER TASK fin RESUME;
ALTER TASK child RESUME;
ALTER TASK root RESUME;
CREATE MASKING POLICY mask AS (val VARCHAR) RETURNS VARCHAR -> '***';
CREATE TABLE masked (v VARCHAR MASKING POLICY db.raw.mask);
CREATE ROLE reader;
GRANT SELECT ON TABLE t TO ROLE reader;
GRANT USAGE ON SCHEMA raw TO ROLE reader;
CREATE SCHEMA other;
CREATE STREAM across ON TABLE raw.t;
INSERT INTO raw.t VALUES (3, 'across');
CREATE DATABASE db2 CLONE db;
-- > Database DB2 successfully created.
SELECT CURRENT_DATABASE(), CURRENT_SCHEMA();
-- > DB2 | PUBLIC
USE SCHEMA db2.raw;
INSERT INTO t VALUES (4, 'only here');
SELECT (SELECT COUNT(*) FROM t), (SELECT COUNT(*) FROM db.raw.t), (SELECT COUNT(*) FROM earlier), (SELECT n FROM full_name);
-- > 4 | 3 | 4 | 3
-- proves B.6 "unconsumed records of the original are not accessible in the clone"
SELECT v FROM st ORDER BY v;
-- > only here
SELECT v FROM db.raw.st ORDER BY v;
-- > across
-- > unread
SELECT id FROM over;
-- > 4
SELECT v FROM other.across ORDER BY v;
-- > only here
SHOW STREAMS IN DATABASE ->> SELECT "name", "table_name" FROM $1 ORDER BY 1;
-- > ACROSS | DB2.RAW.T
-- > ST | DB2.RAW.T
-- proves A.6 "tasks suspended; with AT(TIMESTAMP) tasks are not cloned"
SHOW TASKS ->> SELECT "name", "state", "predecessors", "task_relations" FROM $1 ORDER BY 1;
-- > CHILD | suspended | ["DB2.RAW.ROOT"] | {"Predecessors": ["DB2.RAW.ROOT"]}
-- > FIN | suspended | [] | {"Predecessors": [], "FinalizedRootTask": "DB2.RAW.ROOT"}
-- > ROOT | suspended | [] | {"Predecessors": [], "FinalizerTask": "DB2.RAW.FIN"}
SHOW TASKS IN SCHEMA db.raw ->> SELECT "name", "state" FROM $1 ORDER BY 1;
-- > CHILD | started
-- > FIN | started
-- > ROOT | started
CREATE DATABASE db3 CLONE db AT (TIMESTAMP => '2020-01-01'::TIMESTAMP_LTZ);
-- ! not supported
SHOW STAGES ->> SELECT "name" FROM $1;
-- > OUTSIDE
CALL p();
-- > 4
SHOW GRANTS ON TABLE t ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1, 2;
-- > OWNERSHIP | ACCOUNTADMIN
-- > SELECT | READER
SHOW GRANTS ON SCHEMA raw ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1, 2;
-- > OWNERSHIP | ACCOUNTADMIN
-- > USAGE | READER
DESCRIBE TABLE masked ->> SELECT "policy name" FROM $1;
-- > DB2.RAW.MASK
CREATE SCHEMA copy CLONE db.raw;
SELECT CURRENT_DATABASE(), CURRENT_SCHEMA();
-- > DB2 | COPY
SELECT (SELECT COUNT(*) FROM t), (SELECT COUNT(*) FROM st);
-- > 3 | 0
CREATE OR REPLACE SCHEMA copy CLONE copy;
-- ! not supported
CREATE SCHEMA copy CLONE db.raw;
-- ! 002002
SHOW GRANTS ON SCHEMA copy ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1, 2;
-- > OWNERSHIP | ACCOUNTADMIN
