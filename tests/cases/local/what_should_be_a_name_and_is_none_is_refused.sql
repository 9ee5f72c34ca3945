-- A text that a function takes for a name.
SELECT SYSTEM$STREAM_HAS_DATA('x y');
-- ! 001003 (42000): SQL compilation error: Invalid identifier: 'x y' is not an object name
SELECT GET_DDL('table', '');
-- ! Invalid identifier: '' is not an object name
SELECT * FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'a.b.c.d', START_TIME => CURRENT_TIMESTAMP()));
-- ! Invalid identifier: 'a.b.c.d' has more than three parts
BEGIN
  LET n VARCHAR := 'x y';
  RETURN SYSTEM$STREAM_HAS_DATA(:n);
EXCEPTION
  WHEN OTHER THEN RETURN SQLERRM;
END;
-- > SQL compilation error: Invalid identifier: 'x y' is not an object name
