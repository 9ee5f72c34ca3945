CREATE TABLE a (x INT);
CREATE TABLE b (x INT);
CREATE STREAM sa ON TABLE a;
CREATE STREAM sb ON TABLE b;
INSERT INTO a VALUES (1);
BEGIN
    LET found VARCHAR := '';
    FOR i IN 1 TO 2 DO
        LET name VARCHAR := IFF(i = 1, 'sa', 'sb');
        LET has BOOLEAN := (SELECT SYSTEM$STREAM_HAS_DATA(:name));
        found := found || name || ' ' || has::VARCHAR || ' ';
    END FOR;
    RETURN found;
END;
-- > sa true sb false
CREATE TABLE who (x INT, warehouse VARCHAR DEFAULT CURRENT_WAREHOUSE());
CREATE WAREHOUSE two;
CREATE WAREHOUSE one;
INSERT INTO who (x) VALUES (1);
USE WAREHOUSE two;
INSERT INTO who (x) VALUES (1);
SELECT warehouse FROM who ORDER BY 1;
-- > ONE
-- > TWO
BEGIN
    FOR i IN 1 TO 3 DO
        INSERT INTO a SELECT :i * 10;
        DELETE FROM a WHERE x = :i * 10 AND :i = 2;
        UPDATE a SET x = x + :i WHERE x = 30;
        MERGE INTO b USING (SELECT :i AS y) AS s ON b.x = s.y WHEN NOT MATCHED THEN INSERT (x) VALUES (s.y * 100);
    END FOR;
END;
-- > NULL
SELECT x FROM a UNION ALL SELECT x FROM b ORDER BY x;
-- > 1
-- > 10
-- > 33
-- > 100
-- > 200
-- > 300

-- INSERTs of constants that differ in nothing else
CREATE TABLE CONSTANTS (N NUMBER(5), NAME VARCHAR(10) DEFAULT 'none', V VARIANT, D DATE, F FLOAT);
INSERT INTO CONSTANTS VALUES (1, 'a', 1, '2024-01-31', 1), (2, NULL, 2, NULL, 2);
INSERT INTO CONSTANTS VALUES (3, 'it''s', 3, '2024-02-29', 3), (4, NULL, 4, NULL, 4);
INSERT INTO CONSTANTS (N, V) SELECT 5, 'five'::VARIANT UNION ALL SELECT 6, 'a\nb'::VARIANT;
INSERT INTO CONSTANTS (N, V) SELECT '7', 'seven\\'::VARIANT UNION ALL SELECT '8', '\''::VARIANT;
INSERT INTO CONSTANTS (N) VALUES ('9'), ('010');
INSERT INTO CONSTANTS (N) VALUES ('x'), ('y');
-- ! 100038 (22018): Numeric value 'x' is not recognized
INSERT INTO CONSTANTS (N) VALUES (100000);
-- ! 
INSERT INTO CONSTANTS (N, NAME) VALUES (11, 'longer than ten');
-- ! 
INSERT INTO CONSTANTS (N, NAME) VALUES (12);
-- ! 
SELECT N, NAME, V, D, F, TYPEOF(V) FROM CONSTANTS ORDER BY N;
-- > 1 | a | 1 | 2024-01-31 | 1.0 | INTEGER
-- > 2 | NULL | 2 | NULL | 2.0 | INTEGER
-- > 3 | it's | 3 | 2024-02-29 | 3.0 | INTEGER
-- > 4 | NULL | 4 | NULL | 4.0 | INTEGER
-- > 5 | none | "five" | NULL | NULL | VARCHAR
-- > 6 | none | "a\nb" | NULL | NULL | VARCHAR
-- > 7 | none | "seven\\" | NULL | NULL | VARCHAR
-- > 8 | none | "'" | NULL | NULL | VARCHAR
-- > 9 | none | NULL | NULL | NULL | NULL
-- > 10 | none | NULL | NULL | NULL | NULL

-- an UPDATE changes each row once, and reads it as it was
UPDATE CONSTANTS SET N = F, F = N + 10, NAME = UPPER(NAME) WHERE N < 3 OR N IN (SELECT N FROM CONSTANTS WHERE N = 4);
-- > 3 | 0
SELECT N, NAME, F FROM CONSTANTS WHERE F > 10 ORDER BY N;
-- > 1 | A | 11.0
-- > 2 | NULL | 12.0
-- > 4 | NULL | 14.0
