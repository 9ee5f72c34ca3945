-- what this account cannot do is not what the statement would do: a handler would make another answer of it
CREATE PROCEDURE counted() RETURNS STRING LANGUAGE SQL AS $$
DECLARE n INT DEFAULT 0;
BEGIN
  SELECT APPROX_COUNT_DISTINCT(1) INTO :n;
  RETURN 'count ' || n;
EXCEPTION
  WHEN OTHER THEN RETURN 'default ' || n;
END $$;
CALL counted();
-- ! 000002 (0A000): Uncaught exception of type 'STATEMENT_ERROR' on line 4 at position 2 : not supported by the local account: function APPROX_COUNT_DISTINCT
CREATE PROCEDURE around() RETURNS STRING LANGUAGE SQL AS $$ BEGIN CALL counted(); EXCEPTION WHEN STATEMENT_ERROR THEN RETURN 'taken'; END $$;
CALL around();
-- ! function APPROX_COUNT_DISTINCT
BEGIN
  SELECT APPROX_COUNT_DISTINCT(1);
  RETURN 'went on';
EXCEPTION
  WHEN OTHER CONTINUE THEN LET x := 1;
END;
-- ! function APPROX_COUNT_DISTINCT
-- any other error is taken
BEGIN SELECT 1 / 0; EXCEPTION WHEN OTHER THEN RETURN SQLCODE; END;
-- > 100051
