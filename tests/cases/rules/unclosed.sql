-- [almost bad] quotes in quotes and in comments
SELECT 'it''s', 'a\'b', "a""b", $$don't$$ /* don't */ AS A; -- don't
CREATE TABLE RAW.ITEMS (ID NUMBER);
-- [bad]
SELECT 1 AS A;
/* a comment -- !
-- [bad] a parenthesis; what follows is read all the same
CREATE TABLE RAW.ORDERS (ID NUMBER, NAME VARCHAR(20); -- !
CREATE TABLE RAW.ITEMS (ID NUMBER);
SELECT COUNT(* FROM RAW.ITEMS; -- !
SELECT ID FROM RAW.ITEMS;
-- [almost bad] parentheses in texts, comments and bodies
CREATE TABLE RAW.ITEMS (ID NUMBER, NOTE VARCHAR COMMENT ':-('); -- ;-(
CREATE PROCEDURE RAW.P() RETURNS VARCHAR LANGUAGE SQL AS
BEGIN
    INSERT INTO RAW.ITEMS (ID) SELECT (1);
    RETURN '(';
END;
