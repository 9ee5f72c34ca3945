-- A list that is none, or an item that is none, is rejected: it would fail every run until somebody took it away.
CREATE PROCEDURE STAGING.PROCESS_NEW_CATEGORIES(THIS_RUN VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
COMMENT = 'Moves new category lists of RAW.CATEGORIES to STAGING.CATEGORIES'
EXECUTE AS OWNER
AS
$$
BEGIN
    LET started TIMESTAMP_LTZ := CURRENT_TIMESTAMP();

    -- The stream is read twice: see PROCESS_NEW_VIDEOS.
    BEGIN TRANSACTION;

    INSERT INTO STAGING.REJECTED_CATEGORIES (FILE_NAME, ITEM_INDEX, COUNTRY, REASON, ITEM, LOADED_AT, RUN_ID, REJECTED_AT)
    SELECT
        C.FILE_NAME,
        I.INDEX,
        C.COUNTRY,
        IFF(I.INDEX IS NULL, 'items: no list', 'id: not a whole number'),
        I.VALUE,
        C.LOADED_AT,
        :THIS_RUN,
        CURRENT_TIMESTAMP()
    -- OUTER: a document without items is a row, too.
    FROM RAW.CATEGORY_STREAM AS C, LATERAL FLATTEN(INPUT => C.DOCUMENT:items, OUTER => TRUE) AS I
    WHERE I.INDEX IS NULL OR NVL(NOT REGEXP_LIKE(I.VALUE:id::VARCHAR, '[0-9]{1,18}'), TRUE);
    LET rejected NUMBER := SQLROWCOUNT;

    MERGE INTO STAGING.CATEGORIES AS T
    USING (
        WITH items AS (
            SELECT
                C.COUNTRY,
                TRY_TO_NUMBER(I.VALUE:id::VARCHAR) AS CATEGORY_ID,
                C.LOADED_AT::DATE AS LOADED_ON,
                I.VALUE:snippet.title::VARCHAR AS TITLE,
                TRY_TO_BOOLEAN(I.VALUE:snippet.assignable::VARCHAR) AS IS_ASSIGNABLE,
                C.FILE_NAME,
                C.FILE_ROW_NUMBER,
                I.INDEX AS ITEM_INDEX,
                C.LOADED_AT
            FROM RAW.CATEGORY_STREAM AS C, LATERAL FLATTEN(INPUT => C.DOCUMENT:items) AS I
            WHERE REGEXP_LIKE(I.VALUE:id::VARCHAR, '[0-9]{1,18}')
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

    COMMIT;

    INSERT INTO RAW.PIPELINE_LOG (RUN_ID, STEP, STATUS, ROW_COUNT, ERROR, STARTED_AT, ENDED_AT)
    SELECT
        :THIS_RUN,
        'PROCESS_NEW_CATEGORIES',
        IFF(:rejected = 0, 'succeeded', 'warning'),
        :merged,
        IFF(:rejected = 0, NULL, :rejected || ' items or lists rejected'),
        :started,
        CURRENT_TIMESTAMP();

    RETURN merged || ' rows new or changed, ' || rejected || ' rejected';
END
$$;
