-- reference F.1, F.3
CREATE ROLE reader;
CREATE TABLE t (id INT, v INT);
INSERT INTO t VALUES (1, 10);
-- views: made where they are not there
CREATE OR ALTER VIEW w (id COMMENT 'the key') COMMENT = 'first' AS SELECT id FROM t;
GRANT SELECT ON VIEW w TO ROLE reader;
CREATE STREAM st ON VIEW w;
INSERT INTO t VALUES (2, 20);
-- and those that are there keep grants and streams; what is left out is unset
CREATE OR ALTER VIEW w AS SELECT id FROM t;
SHOW VIEWS LIKE 'W' ->> SELECT "name", "comment" FROM $1;
-- > W |
SHOW GRANTS ON VIEW w ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1;
-- > OWNERSHIP | ACCOUNTADMIN
-- > SELECT | READER
SELECT id, METADATA$ACTION FROM st;
-- > 2 | INSERT
CREATE OR ALTER VIEW w AS SELECT id FROM t WHERE id > 1;
-- ! not supported by the local account: CREATE OR ALTER VIEW with another query under a stream
DROP STREAM st;
CREATE OR ALTER VIEW w COMMENT = 'later' AS SELECT id FROM t WHERE id > 1;
SELECT * FROM w;
-- > 2
SHOW GRANTS ON VIEW w ->> SELECT "privilege" FROM $1 ORDER BY 1;
-- > OWNERSHIP
-- > SELECT
CREATE VIEW over_it AS SELECT id FROM w;
CREATE OR ALTER VIEW w AS SELECT v AS id FROM t;
SELECT id FROM over_it ORDER BY id;
-- > 10
-- > 20
CREATE OR ALTER VIEW w AS SELECT id AS other FROM t;
-- ! neither renames columns nor changes their order
CREATE OR ALTER VIEW w AS SELECT id, v FROM t;
-- ! not supported by the local account: CREATE OR ALTER VIEW with more or fewer columns
CREATE OR ALTER VIEW w AS SELECT id FROM w;
-- !
SELECT id FROM w ORDER BY id;
-- > 10
-- > 20
CREATE TAG tg;
CREATE OR ALTER VIEW w TAG (tg = 'x') AS SELECT id FROM t;
-- ! sets no tags
CREATE OR ALTER TEMPORARY VIEW w AS SELECT id FROM t;
-- ! not supported by the local account: a temporary view beside another
CREATE OR ALTER MATERIALIZED VIEW m AS SELECT id FROM t;
-- ! there is no CREATE OR ALTER MATERIALIZED VIEW
-- an object of another kind is in the way, and is left alone
CREATE OR ALTER VIEW t AS SELECT 1 AS id;
-- ! 002002
CREATE OR ALTER TABLE w (id INT);
-- ! 002002
CREATE OR ALTER DYNAMIC TABLE t SCHEDULER = DISABLE WAREHOUSE = w AS SELECT 1 AS id;
-- ! 002002
SELECT COUNT(*) FROM t;
-- > 2
-- sequences go on where they stand
CREATE OR ALTER SEQUENCE sq START = 3 INCREMENT = 2 ORDER COMMENT = 'odd';
SELECT sq.NEXTVAL;
-- > 3
GRANT USAGE ON SEQUENCE sq TO ROLE reader;
CREATE OR ALTER SEQUENCE sq START = 3 INCREMENT = 10;
SHOW SEQUENCES ->> SELECT "name", "interval", "comment", "ordered" FROM $1;
-- > SQ | 10 |  | N
SELECT sq.NEXTVAL;
-- > 5
SELECT sq.NEXTVAL;
-- > 15
SHOW GRANTS ON SEQUENCE sq ->> SELECT "privilege" FROM $1 ORDER BY 1;
-- > OWNERSHIP
-- > USAGE
CREATE OR ALTER SEQUENCE sq START = 4;
-- ! cannot change the start
CREATE OR ALTER SEQUENCE sq INCREMENT = 10;
-- ! not supported by the local account: CREATE OR ALTER SEQUENCE without the START
CREATE OR ALTER SEQUENCE sq START = 3 ORDER;
-- ! cannot make DB.S.SQ ordered
SELECT sq.NEXTVAL;
-- > 25
-- databases and schemas keep what is in them
CREATE OR ALTER DATABASE made DATA_RETENTION_TIME_IN_DAYS = 3 COMMENT = 'mine';
CREATE OR ALTER SCHEMA made.deep COMMENT = 'inside';
CREATE TABLE made.deep.kept AS SELECT 1 AS id;
GRANT USAGE ON DATABASE made TO ROLE reader;
CREATE OR ALTER DATABASE made;
SHOW DATABASES LIKE 'MADE' ->> SELECT "name", "comment", "retention_time" FROM $1;
-- > MADE |  | 1
SHOW GRANTS ON DATABASE made ->> SELECT "privilege" FROM $1 ORDER BY 1;
-- > OWNERSHIP
-- > USAGE
CREATE OR ALTER SCHEMA made.deep;
SHOW SCHEMAS LIKE 'DEEP' ->> SELECT "name", "comment" FROM $1;
-- > DEEP |
SELECT id FROM made.deep.kept;
-- > 1
CREATE OR ALTER TRANSIENT DATABASE made;
-- ! not supported by the local account: CREATE OR ALTER DATABASE between permanent and transient
CREATE OR ALTER TRANSIENT SCHEMA made.deep;
-- ! not supported by the local account: CREATE OR ALTER SCHEMA between permanent and transient
SELECT id FROM made.deep.kept;
-- > 1
