-- The last files that were loaded into a table, newest first: one such part a table, with UNION ALL between.
SELECT * FROM (
    SELECT {table_text} AS TARGET, FILE_NAME, STATUS, ROW_COUNT, ROW_PARSED, ERROR_COUNT, LAST_LOAD_TIME, FIRST_ERROR_MESSAGE
    FROM TABLE({database}.INFORMATION_SCHEMA.COPY_HISTORY(
        TABLE_NAME => {full_name},
        START_TIME => DATEADD('day', -7, CURRENT_TIMESTAMP())
    ))
    ORDER BY LAST_LOAD_TIME DESC, FILE_NAME
    LIMIT 5
) AS NEWEST;
