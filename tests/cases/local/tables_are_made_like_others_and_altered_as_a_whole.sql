-- reference F.3, F.4, H25
CREATE TABLE a (id INT NOT NULL, name VARCHAR(10) DEFAULT 'x' COMMENT 'its name', n INT AUTOINCREMENT START 5 INCREMENT 2, PRIMARY KEY (id)) CLUSTER BY (id);
INSERT INTO a (id) VALUES (1), (2);
CREATE ROLE reader;
GRANT SELECT ON TABLE a TO ROLE reader;
-- LIKE: the columns with all that belongs to them, and nothing that is in the table
CREATE TABLE b LIKE a;
SELECT COUNT(*) FROM b;
-- > 0
INSERT INTO b (id) VALUES (7);
SELECT id, name, n FROM b;
-- > 7 | x | 5
INSERT INTO b (name) VALUES ('no id');
-- ! 100072
INSERT INTO a (id) VALUES (3);
SELECT n FROM a WHERE id = 3;
-- > 9
SHOW TABLES LIKE 'B';
SELECT "name", "cluster_by", "rows" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > B | LINEAR(ID) | 1
SHOW GRANTS ON TABLE b;
SELECT "privilege" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > OWNERSHIP
CREATE TABLE b LIKE a;
-- ! 002002
CREATE TABLE IF NOT EXISTS b LIKE a;
CREATE OR REPLACE TRANSIENT TABLE b LIKE a;
SELECT COUNT(*) FROM b;
-- > 0
CREATE TABLE c LIKE nowhere;
-- ! 002003
CREATE VIEW v AS SELECT id FROM a;
CREATE TABLE c LIKE v;
-- ! LIKE of view
-- CREATE OR ALTER makes what is not there
CREATE OR ALTER TABLE t (id INT, name VARCHAR(10), gone INT);
INSERT INTO t VALUES (1, 'one', 10);
CREATE STREAM st ON TABLE t;
GRANT SELECT ON TABLE t TO ROLE reader;
-- and what is there it alters: rows, grants and streams stay
CREATE OR ALTER TABLE t (id INT NOT NULL COMMENT 'the key', name VARCHAR(20), born DATE DEFAULT '2026-01-01'::DATE) COMMENT = 'people';
-- > Table T successfully altered.
SELECT * FROM t;
-- > 1 | one | 2026-01-01
INSERT INTO t (id, name) VALUES (2, 'over ten letters');
SELECT id, name, METADATA$ACTION FROM st;
-- > 2 | over ten letters | INSERT
INSERT INTO t (name) VALUES ('x');
-- ! 100072
DESCRIBE TABLE t;
SELECT "name", "type", "null?", "default", "comment" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > ID | NUMBER(38,0) | N | NULL | the key
-- > NAME | VARCHAR(20) | Y | NULL | NULL
-- > BORN | DATE | Y | '2026-01-01'::DATE | NULL
SHOW GRANTS ON TABLE t;
SELECT COUNT(*) FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) WHERE "grantee_name" = 'READER';
-- > 1
SHOW TABLES LIKE 'T';
SELECT "comment" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > people
-- what is left out is unset
CREATE OR ALTER TABLE t (id INT, name VARCHAR(20), born DATE);
SHOW TABLES LIKE 'T';
SELECT "comment" = '' FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > True
INSERT INTO t (name) VALUES ('no key');
SELECT id, born FROM t WHERE name = 'no key';
-- > NULL | NULL
-- what ALTER cannot do it cannot either; nothing of it is done then
CREATE OR ALTER TABLE t (id INT, name VARCHAR(30), born DATE, more INT, born2 VARCHAR(3) NOT NULL);
-- ! 001471
DESCRIBE TABLE t;
SELECT "name", "type" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > ID | NUMBER(38,0)
-- > NAME | VARCHAR(20)
-- > BORN | DATE
CREATE OR ALTER TABLE t (id INT, name VARCHAR(5), born DATE);
-- ! 040052
CREATE OR ALTER TABLE t (id INT, extra INT, name VARCHAR(20), born DATE);
-- ! new columns stand behind all others
CREATE OR ALTER TABLE t (name VARCHAR(20), id INT, born DATE);
-- ! does not change the order of columns
CREATE OR ALTER TABLE t (id INT DEFAULT 5, name VARCHAR(20), born DATE);
-- ! cannot change the default
CREATE OR ALTER TABLE t AS SELECT 1 AS id;
-- ! 001003
CREATE OR ALTER TABLE t LIKE a;
-- ! 001003
CREATE OR ALTER TRANSIENT TABLE t (id INT, name VARCHAR(20), born DATE);
-- ! between permanent, transient and temporary

-- a NUMBER may have less precision where all its values fit
CREATE TABLE narrow (a NUMBER(10, 2), k INT);
INSERT INTO narrow VALUES (999.99, 1), (-5, 2), (NULL, 3);
ALTER TABLE narrow ALTER COLUMN a SET DATA TYPE NUMBER(5, 2);
DESCRIBE TABLE narrow ->> SELECT "type" FROM $1 WHERE "name" = 'A';
-- > NUMBER(5,2)
ALTER TABLE narrow ALTER COLUMN a SET DATA TYPE NUMBER(4, 2);
-- ! 040052
ALTER TABLE narrow ALTER COLUMN a SET DATA TYPE NUMBER(5, 1);
-- ! 040052
CREATE STREAM of_narrow ON TABLE narrow;
DELETE FROM narrow WHERE k = 1;
ALTER TABLE narrow ALTER COLUMN a SET DATA TYPE NUMBER(4, 2);
-- ! 040052
SELECT a, METADATA$ACTION FROM of_narrow;
-- > 999.99 | DELETE

-- an IDENTITY goes on counting under another name, and ends with its column
CREATE TABLE counting (a INT IDENTITY, b INT);
INSERT INTO counting (b) VALUES (1), (2);
ALTER TABLE counting RENAME COLUMN a TO "It's";
INSERT INTO counting (b) VALUES (3);
SELECT "It's", b FROM counting ORDER BY b;
-- > 1 | 1
-- > 2 | 2
-- > 3 | 3
ALTER TABLE counting DROP COLUMN "It's";
ALTER TABLE counting RENAME COLUMN b TO a;
INSERT INTO counting VALUES (4);
SELECT SUM(a) FROM counting;
-- > 10
