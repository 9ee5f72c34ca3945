-- [almost bad] quotes in quotes and in comments
SELECT 'it''s', 'a\'b', "a""b", $$don't$$ /* don't */ AS A; -- don't
CREATE TABLE RAW.ITEMS (ID NUMBER);
-- [bad]
SELECT 1 AS A;
/* a comment -- !
