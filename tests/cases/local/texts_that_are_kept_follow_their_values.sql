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
USE WAREHOUSE one;
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
