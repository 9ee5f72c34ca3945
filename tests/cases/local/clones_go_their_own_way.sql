-- CLONE of single objects
CREATE TABLE t (id NUMBER IDENTITY START 1 INCREMENT 1, v VARCHAR NOT NULL, w NUMBER DEFAULT 7) COMMENT = 'c';
INSERT INTO t (v) VALUES ('a'), ('b');
CREATE TABLE t2 CLONE t;
-- > Table T2 successfully created.
INSERT INTO t2 (v) VALUES ('c');
SELECT * FROM t2 ORDER BY id;
-- > 1 | a | 7
-- > 2 | b | 7
-- > 3 | c | 7
DELETE FROM t2 WHERE id = 1;
INSERT INTO t (v) VALUES ('d');
SELECT * FROM t ORDER BY id;
-- > 1 | a | 7
-- > 2 | b | 7
-- > 3 | d | 7
INSERT INTO t2 (v) VALUES (NULL);
-- ! 100072
CREATE TABLE t2 CLONE t;
-- ! 002002
CREATE TABLE t3 CLONE nothing;
-- ! 002003
CREATE TABLE IF NOT EXISTS t2 CLONE t;
-- > T2 already exists, statement succeeded.
CREATE OR REPLACE TABLE t2 CLONE t2;
-- > Table T2 successfully created.
SELECT v FROM t2 ORDER BY v;
-- > b
-- > c
CREATE TRANSIENT TABLE tt CLONE t;
CREATE TABLE perm CLONE tt;
-- ! Transient object cannot be cloned to a permanent object.
CREATE SEQUENCE q START = 5 INCREMENT = 5;
CREATE SEQUENCE q2 CLONE q;
CREATE FILE FORMAT f TYPE = CSV SKIP_HEADER = 1;
CREATE FILE FORMAT f2 CLONE f;
SHOW FILE FORMATS ->> SELECT "name" FROM $1 ORDER BY 1;
-- > F
-- > F2
CREATE STAGE i;
CREATE STAGE i2 CLONE i;
-- ! not supported by the local account: CLONE of internal stage DB.S.I
CREATE VIEW v AS SELECT 1 AS one;
CREATE VIEW v2 CLONE v;
-- ! not supported by the local account: CLONE of a view
CREATE TABLE t4 CLONE t COPY GRANTS;
-- ! not supported by the local account
-- proves B.1 "copies the offset of src"
-- proves B.4 "An additional consumer can be given the same position"
CREATE STREAM s ON TABLE t;
INSERT INTO t (v) VALUES ('new');
CREATE STREAM s2 CLONE s;
CREATE TABLE seen (v VARCHAR);
INSERT INTO seen SELECT v FROM s;
SELECT v, METADATA$ACTION FROM s2;
-- > new | INSERT
SELECT COUNT(*) FROM s;
-- > 0
-- proves A.1 "Cloned by the owner role: keeps the predecessor links"
CREATE TASK root WAREHOUSE = w SCHEDULE = '60 MINUTES' USER_TASK_TIMEOUT_MS = 1000 COMMENT = 'r' AS SELECT 1;
CREATE TASK child WAREHOUSE = w AFTER root AS SELECT 2;
ALTER TASK child RESUME;
CREATE TASK child2 CLONE child;
CREATE TASK root2 CLONE root;
ALTER TASK root RESUME;
CREATE TASK child3 CLONE child;
-- ! 091421
SHOW TASKS ->> SELECT "name", "state", "schedule", "comment", "predecessors" FROM $1 ORDER BY 1;
-- > CHILD | started | NULL |  | ["DB.S.ROOT"]
-- > CHILD2 | suspended | NULL |  | ["DB.S.ROOT"]
-- > ROOT | started | 60 MINUTES | r | []
-- > ROOT2 | suspended | 60 MINUTES | r | []
CREATE ROLE r;
GRANT ALL ON DATABASE db TO ROLE r;
GRANT ALL ON SCHEMA s TO ROLE r;
ALTER TASK root SUSPEND;
GRANT OWNERSHIP ON TASK root2 TO ROLE r;
CREATE TASK child4 CLONE child;
SHOW TASKS LIKE 'CHILD4' ->> SELECT "name", "owner", "predecessors" FROM $1;
-- > CHILD4 | ACCOUNTADMIN | ["DB.S.ROOT"]
