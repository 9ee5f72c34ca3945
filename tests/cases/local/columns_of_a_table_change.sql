-- a column that may not be NULL fills the rows that are there, which is no change of them
CREATE TABLE a (id INT);
INSERT INTO a VALUES (1);
CREATE STREAM st ON TABLE a;
INSERT INTO a VALUES (2);
ALTER TABLE a ADD COLUMN x INT NOT NULL DEFAULT 7;
ALTER TABLE a ADD COLUMN y VARCHAR DEFAULT 'it''s\\' NOT NULL;
CREATE OR ALTER TABLE a (id INT, x INT NOT NULL DEFAULT 7, y VARCHAR NOT NULL DEFAULT 'it''s\\', w DATE NOT NULL DEFAULT '2026-01-01'::DATE);
SELECT * FROM a ORDER BY id;
-- > 1 | 7 | it's\ | 2026-01-01
-- > 2 | 7 | it's\ | 2026-01-01
SELECT id, x, METADATA$ACTION FROM st;
-- > 2 | 7 | INSERT
INSERT INTO a VALUES (3, NULL, 'x', NULL);
-- ! 100072
INSERT INTO a (id) VALUES (3);
UPDATE a SET x = 8 WHERE id = 1;
SELECT id, x, y, METADATA$ACTION, METADATA$ISUPDATE FROM st ORDER BY 1, 2;
-- > 1 | 7 | it's\ | DELETE | True
-- > 1 | 8 | it's\ | INSERT | True
-- > 2 | 7 | it's\ | INSERT | False
-- > 3 | 7 | it's\ | INSERT | False

-- a type needs no words before it
CREATE TABLE wide (n NUMBER(5, 0), v VARCHAR(5));
ALTER TABLE wide MODIFY COLUMN v VARCHAR(20), n NUMBER(10, 0);
ALTER TABLE wide ALTER v STRING;
DESCRIBE TABLE wide ->> SELECT "type" FROM $1;
-- > NUMBER(10,0)
-- > VARCHAR(16777216)
ALTER TABLE wide ADD SEARCH OPTIMIZATION;
-- ! not supported by the local account: ALTER TABLE ADD SEARCH OPTIMIZATION
ALTER TABLE wide DROP COLUMN n;
ALTER TABLE wide DROP COLUMN v;
-- ! not supported by the local account: DROP COLUMN V, the only one of DB.S.WIDE

-- the clustering key follows its column
CREATE TABLE cl (a INT, b INT, c INT) CLUSTER BY (a, TO_CHAR(b));
ALTER TABLE cl RENAME COLUMN a TO z;
ALTER TABLE cl RENAME COLUMN b TO "b x";
SHOW TABLES LIKE 'cl' ->> SELECT "cluster_by" FROM $1;
-- > LINEAR(Z,TO_CHAR("b x"))
ALTER TABLE cl DROP COLUMN z;
-- ! not supported by the local account: DROP COLUMN Z, by which DB.S.CL is clustered
