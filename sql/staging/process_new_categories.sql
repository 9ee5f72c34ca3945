-- One statement reads the stream, so it needs no transaction around it: it reads and consumes at once.
CREATE PROCEDURE STAGING.PROCESS_NEW_CATEGORIES(THIS_RUN VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
COMMENT = 'Moves new category lists of RAW.CATEGORIES to STAGING.CATEGORIES'
EXECUTE AS OWNER
AS
$$
BEGIN
    LET started TIMESTAMP_LTZ := CURRENT_TIMESTAMP();

    -- An id that is no number fails here: such a list is none, and the stream keeps it until somebody looked.
    MERGE INTO STAGING.CATEGORIES AS T
    USING (
        WITH items AS (
            SELECT
                C.COUNTRY,
                I.VALUE:id::NUMBER AS CATEGORY_ID,
                C.LOADED_AT::DATE AS LOADED_ON,
                I.VALUE:snippet.title::VARCHAR AS TITLE,
                I.VALUE:snippet.assignable::BOOLEAN AS IS_ASSIGNABLE,
                C.FILE_NAME,
                C.FILE_ROW_NUMBER,
                I.INDEX AS ITEM_INDEX,
                C.LOADED_AT
            FROM RAW.CATEGORY_STREAM AS C, LATERAL FLATTEN(INPUT => C.DOCUMENT:items) AS I
        )
        SELECT *
        FROM items
        QUALIFY ROW_NUMBER() OVER (
            PARTITION BY COUNTRY, CATEGORY_ID, LOADED_ON
            ORDER BY LOADED_AT DESC, FILE_NAME DESC, FILE_ROW_NUMBER DESC, ITEM_INDEX DESC
        ) = 1
    ) AS S
    ON T.COUNTRY = S.COUNTRY AND T.CATEGORY_ID = S.CATEGORY_ID AND T.LOADED_ON = S.LOADED_ON
    -- IS DISTINCT FROM, because x <> NULL is NULL: a title that comes or goes would not count as changed.
    WHEN MATCHED AND (
        T.TITLE IS DISTINCT FROM S.TITLE
        OR T.IS_ASSIGNABLE IS DISTINCT FROM S.IS_ASSIGNABLE
    ) THEN UPDATE SET
        TITLE = S.TITLE,
        IS_ASSIGNABLE = S.IS_ASSIGNABLE,
        FILE_NAME = S.FILE_NAME,
        LOADED_AT = S.LOADED_AT,
        RUN_ID = :THIS_RUN,
        UPDATED_AT = CURRENT_TIMESTAMP()
    WHEN NOT MATCHED THEN INSERT (
        COUNTRY, CATEGORY_ID, LOADED_ON, TITLE, IS_ASSIGNABLE, FILE_NAME, LOADED_AT, RUN_ID, UPDATED_AT
    ) VALUES (
        S.COUNTRY, S.CATEGORY_ID, S.LOADED_ON, S.TITLE, S.IS_ASSIGNABLE, S.FILE_NAME, S.LOADED_AT,
        :THIS_RUN, CURRENT_TIMESTAMP()
    );
    LET merged NUMBER := SQLROWCOUNT;

    INSERT INTO RAW.PIPELINE_LOG (RUN_ID, STEP, STATUS, ROW_COUNT, STARTED_AT, ENDED_AT)
    SELECT :THIS_RUN, 'PROCESS_NEW_CATEGORIES', 'succeeded', :merged, :started, CURRENT_TIMESTAMP();

    RETURN merged || ' rows new or changed';
END
$$;
