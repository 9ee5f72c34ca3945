-- commas between brackets part no arguments
CREATE PROCEDURE sized(a ARRAY) RETURNS INT LANGUAGE SQL AS $$ BEGIN RETURN ARRAY_SIZE(a); END $$;
CALL sized([1, 2]);
-- > 2
CALL sized(a => [[1, 2], 3, 4]);
-- > 3
CREATE FUNCTION of_default(a ARRAY DEFAULT [1, 2]) RETURNS INT AS 'ARRAY_SIZE(a)';
SELECT of_default();
-- > 2

-- OUT may stand before the name or behind it
CREATE PROCEDURE behind(n INPUT INT, b OUT INT) RETURNS INT LANGUAGE SQL AS $$ BEGIN b := n + 1; RETURN 0; END $$;
DECLARE x INT; BEGIN CALL behind(4, :x); RETURN x; END;
-- > 5

CREATE RECURSIVE VIEW v (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM v WHERE n < 3;
-- ! CREATE RECURSIVE VIEW: write WITH RECURSIVE in its query
