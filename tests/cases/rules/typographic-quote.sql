-- [almost bad] in comments, texts and bodies of other languages
-- don’t == “x”
CREATE TABLE RAW.ORDERS (ID NUMBER, NAME VARCHAR COMMENT 'the customer’s name') COMMENT = '“orders”';
CREATE FUNCTION RAW.F(X FLOAT) RETURNS BOOLEAN LANGUAGE JAVASCRIPT AS $$ return X == 1; $$;
SELECT COUNT(*) FROM RAW.ORDERS WHERE NAME = '==';
