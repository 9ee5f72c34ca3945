-- USING merges columns; what the expansion of a star would get wrong there is refused
CREATE TABLE a (id INT, x INT);
CREATE TABLE b (id INT, y INT);
INSERT INTO a VALUES (1, 1), (2, 2);
INSERT INTO b VALUES (1, 10), (3, 30);
SELECT * FROM a FULL JOIN b USING (id) ORDER BY id;
-- > 1 | 1 | 10
-- > 2 | 2 | NULL
-- > 3 | NULL | 30
SELECT a.*, b.y FROM a LEFT JOIN b USING (id) ORDER BY id;
-- > 1 | 1 | 10
-- > 2 | 2 | NULL
SELECT b.* FROM a LEFT JOIN b USING (id);
-- ! B.* beside an outer join with USING or NATURAL
SELECT a.* FROM a RIGHT JOIN b USING (id);
-- ! A.* beside an outer join with USING or NATURAL
SELECT * RENAME (id AS k) FROM a JOIN b USING (id);
-- ! * REPLACE or RENAME beside USING or NATURAL
SELECT a.* REPLACE (id + 1 AS id) FROM a NATURAL JOIN b;
-- ! * REPLACE or RENAME beside USING or NATURAL
SELECT * EXCLUDE (x) FROM a JOIN b USING (id);
-- > 1 | 10
