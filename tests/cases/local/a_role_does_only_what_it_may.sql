CREATE ROLE worker;
CREATE TABLE t (id NUMBER);
CREATE TABLE hidden (id NUMBER);
CREATE VIEW v AS SELECT id FROM hidden;
CREATE PROCEDURE fill() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN INSERT INTO hidden VALUES (1); RETURN CURRENT_ROLE(); END';
USE ROLE nobody;
-- ! 002043 (02000)
USE ROLE worker;
SELECT CURRENT_ROLE();
-- > WORKER
SELECT id FROM t;
-- ! 002003 (42S02): SQL compilation error: Object 'DB.S.T' does not exist or not authorized
SHOW TABLES IN ACCOUNT;
-- > (no rows)
SHOW DATABASES;
-- > (no rows)
USE ROLE ACCOUNTADMIN;
GRANT USAGE ON DATABASE db TO ROLE worker;
GRANT USAGE ON SCHEMA s TO ROLE worker;
GRANT SELECT ON TABLE t TO ROLE worker;
GRANT SELECT ON VIEW v TO ROLE worker;
GRANT USAGE ON PROCEDURE fill() TO ROLE worker;
USE ROLE worker;
SELECT id FROM t;
-- > (no rows)
INSERT INTO t VALUES (1);
-- ! 003001 (42501): SQL access control error: Insufficient privileges to operate on table 'T'
SELECT id FROM hidden;
-- ! 002003
-- a view and a procedure with owner's rights reach further than the role that uses them
CALL fill();
-- > ACCOUNTADMIN
SELECT id FROM v;
-- > 1
SELECT CURRENT_ROLE();
-- > WORKER
CREATE TABLE mine (id NUMBER);
-- ! 003001 (42501): SQL access control error: Insufficient privileges to operate on schema 'S'
CREATE SCHEMA other;
-- ! 003001 (42501): SQL access control error: Insufficient privileges to operate on database 'DB'
CREATE ROLE another;
-- ! 003001 (42501): SQL access control error: Insufficient privileges to operate on account 'LOCAL'
ALTER TABLE t ADD COLUMN x NUMBER;
-- ! 003001 (42501): SQL access control error: Insufficient privileges to operate on table 'T'
DROP TABLE hidden;
-- ! 002003
GRANT SELECT ON TABLE t TO ROLE worker;
-- ! 003001
SHOW TABLES ->> SELECT "name" FROM $1;
-- > T
USE ROLE ACCOUNTADMIN;
GRANT CREATE TABLE ON SCHEMA s TO ROLE worker;
GRANT INSERT ON TABLE t TO ROLE worker;
USE ROLE worker;
INSERT INTO t VALUES (1);
-- > 1
CREATE TABLE mine (id NUMBER);
SHOW TABLES ->> SELECT "name", "owner" FROM $1 ORDER BY 1;
-- > MINE | WORKER
-- > T | ACCOUNTADMIN
GRANT SELECT ON TABLE mine TO ROLE PUBLIC;
DROP TABLE mine;
-- in a schema with managed access its owner grants, not the owners of the objects (reference F.8)
USE ROLE ACCOUNTADMIN;
ALTER SCHEMA s ENABLE MANAGED ACCESS;
USE ROLE worker;
CREATE TABLE held (id NUMBER);
GRANT SELECT ON TABLE held TO ROLE PUBLIC;
-- ! 003001 (42501): SQL access control error: Insufficient privileges to operate on schema 'S'
USE ROLE ACCOUNTADMIN;
GRANT SELECT ON TABLE held TO ROLE PUBLIC;
