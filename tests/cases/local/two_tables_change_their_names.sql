-- ALTER TABLE … SWAP WITH gives each table the other's name; what belongs to a table stays with it: rows, grants, streams.
CREATE DATABASE d;
CREATE SCHEMA other;
USE SCHEMA d.public;
CREATE TABLE a (x NUMBER);
CREATE TABLE d.other.b (y VARCHAR);
INSERT INTO a VALUES (1);
INSERT INTO d.other.b VALUES ('b');
CREATE STREAM s ON TABLE a;
CREATE ROLE reader;
GRANT SELECT ON TABLE a TO ROLE reader;
ALTER TABLE a SWAP WITH other.b;
-- > Statement executed successfully.
SELECT * FROM a;
-- > b
SELECT * FROM d.other.b;
-- > 1
INSERT INTO d.other.b VALUES (2);
SELECT x FROM s;
-- > 2
SHOW GRANTS TO ROLE reader;
SELECT "privilege", "name" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) WHERE "privilege" = 'SELECT';
-- > SELECT | D.OTHER.B
ALTER TABLE a SWAP WITH missing;
-- ! 002003
CREATE VIEW v AS SELECT 1 AS one;
ALTER TABLE a SWAP WITH v;
-- ! 002003
ALTER TABLE a SWAP WITH a;
-- ! SWAP
CREATE TEMPORARY TABLE t (z NUMBER);
ALTER TABLE a SWAP WITH t;
-- ! not supported
