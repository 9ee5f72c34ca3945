-- Files may come late and in any order, so a version is never patched: all versions of the videos that changed are
-- computed again from all their days, and MERGE writes the difference.
CREATE PROCEDURE DWH.UPDATE_DIMENSIONS(THIS_RUN VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
COMMENT = 'Brings DIM_DATE, DIM_VIDEO and DIM_CATEGORY up to STAGING'
EXECUTE AS OWNER
AS
$$
BEGIN
    LET started TIMESTAMP_LTZ := CURRENT_TIMESTAMP();

    -- STAGING_VIDEO_STREAM is read twice: see PROCESS_NEW_VIDEOS.
    BEGIN TRANSACTION;

    MERGE INTO DWH.DIM_DATE AS T
    USING (
        SELECT DISTINCT TRENDING_DATE AS CALENDAR_DATE
        FROM STAGING.STAGING_VIDEO_STREAM
        WHERE METADATA$ACTION = 'INSERT'
    ) AS S
    ON T.CALENDAR_DATE = S.CALENDAR_DATE
    WHEN NOT MATCHED THEN INSERT (
        DATE_KEY, CALENDAR_DATE, YEAR, MONTH, DAY, DAY_OF_WEEK, IS_WEEKEND, MONTH_END
    ) VALUES (
        TO_NUMBER(TO_VARCHAR(S.CALENDAR_DATE, 'YYYYMMDD')),
        S.CALENDAR_DATE,
        YEAR(S.CALENDAR_DATE),
        MONTH(S.CALENDAR_DATE),
        DAY(S.CALENDAR_DATE),
        DAYOFWEEKISO(S.CALENDAR_DATE),
        DAYOFWEEKISO(S.CALENDAR_DATE) >= 6,
        LAST_DAY(S.CALENDAR_DATE)
    );
    LET date_rows NUMBER := SQLROWCOUNT;

    MERGE INTO DWH.DIM_VIDEO AS T
    USING (
        -- An update comes as a pair of rows, DELETE with the old values and INSERT with the new. Where none of the
        -- values that make a version differ, the pair adds up to zero: new view counts alone concern no version.
        WITH affected AS (
            SELECT VIDEO_ID
            FROM STAGING.STAGING_VIDEO_STREAM
            GROUP BY VIDEO_ID, COUNTRY, TRENDING_DATE, TITLE, CHANNEL_TITLE, CATEGORY_ID
            HAVING SUM(IFF(METADATA$ACTION = 'INSERT', 1, -1)) <> 0
        ),
        -- One row per video and day. Countries may show one video differently: the first by name decides.
        days AS (
            SELECT VIDEO_ID, TRENDING_DATE, TITLE, CHANNEL_TITLE, CATEGORY_ID
            FROM STAGING.VIDEOS
            WHERE VIDEO_ID IN (SELECT VIDEO_ID FROM affected)
            QUALIFY ROW_NUMBER() OVER (PARTITION BY VIDEO_ID, TRENDING_DATE ORDER BY COUNTRY) = 1
        ),
        compared AS (
            SELECT
                VIDEO_ID,
                TRENDING_DATE,
                TITLE,
                CHANNEL_TITLE,
                CATEGORY_ID,
                LAG(TRENDING_DATE) OVER (PARTITION BY VIDEO_ID ORDER BY TRENDING_DATE) AS PREVIOUS_DATE,
                LAG(TITLE) OVER (PARTITION BY VIDEO_ID ORDER BY TRENDING_DATE) AS PREVIOUS_TITLE,
                LAG(CHANNEL_TITLE) OVER (PARTITION BY VIDEO_ID ORDER BY TRENDING_DATE) AS PREVIOUS_CHANNEL_TITLE,
                LAG(CATEGORY_ID) OVER (PARTITION BY VIDEO_ID ORDER BY TRENDING_DATE) AS PREVIOUS_CATEGORY_ID
            FROM days
        ),
        versions AS (
            SELECT
                MD5(VIDEO_ID || '|' || TO_VARCHAR(TRENDING_DATE, 'YYYY-MM-DD')) AS VIDEO_KEY,
                VIDEO_ID,
                TITLE,
                CHANNEL_TITLE,
                CATEGORY_ID,
                TRENDING_DATE AS VALID_FROM,
                LEAD(TRENDING_DATE) OVER (PARTITION BY VIDEO_ID ORDER BY TRENDING_DATE) AS VALID_TO
            FROM compared
            WHERE PREVIOUS_DATE IS NULL
                OR TITLE IS DISTINCT FROM PREVIOUS_TITLE
                OR CHANNEL_TITLE IS DISTINCT FROM PREVIOUS_CHANNEL_TITLE
                OR CATEGORY_ID IS DISTINCT FROM PREVIOUS_CATEGORY_ID
        )
        SELECT
            VIDEO_KEY, VIDEO_ID, TITLE, CHANNEL_TITLE, CATEGORY_ID, VALID_FROM, VALID_TO,
            VALID_TO IS NULL AS IS_CURRENT,
            FALSE AS IS_OBSOLETE
        FROM versions
        UNION ALL
        -- What the dimension has and the days no longer give: a late day can make a later version start earlier.
        SELECT
            VIDEO_KEY, VIDEO_ID, TITLE, CHANNEL_TITLE, CATEGORY_ID, VALID_FROM, VALID_TO,
            IS_CURRENT,
            TRUE AS IS_OBSOLETE
        FROM DWH.DIM_VIDEO
        WHERE VIDEO_ID IN (SELECT VIDEO_ID FROM affected)
            AND VIDEO_KEY NOT IN (SELECT VIDEO_KEY FROM versions)
    ) AS S
    ON T.VIDEO_KEY = S.VIDEO_KEY
    WHEN MATCHED AND S.IS_OBSOLETE THEN DELETE
    WHEN MATCHED AND (
        T.TITLE IS DISTINCT FROM S.TITLE
        OR T.CHANNEL_TITLE IS DISTINCT FROM S.CHANNEL_TITLE
        OR T.CATEGORY_ID IS DISTINCT FROM S.CATEGORY_ID
        OR T.VALID_TO IS DISTINCT FROM S.VALID_TO
    ) THEN UPDATE SET
        TITLE = S.TITLE,
        CHANNEL_TITLE = S.CHANNEL_TITLE,
        CATEGORY_ID = S.CATEGORY_ID,
        VALID_TO = S.VALID_TO,
        IS_CURRENT = S.IS_CURRENT,
        RUN_ID = :THIS_RUN,
        UPDATED_AT = CURRENT_TIMESTAMP()
    WHEN NOT MATCHED THEN INSERT (
        VIDEO_KEY, VIDEO_ID, TITLE, CHANNEL_TITLE, CATEGORY_ID, VALID_FROM, VALID_TO, IS_CURRENT, RUN_ID, UPDATED_AT
    ) VALUES (
        S.VIDEO_KEY, S.VIDEO_ID, S.TITLE, S.CHANNEL_TITLE, S.CATEGORY_ID, S.VALID_FROM, S.VALID_TO, S.IS_CURRENT,
        :THIS_RUN, CURRENT_TIMESTAMP()
    );
    LET video_rows NUMBER := SQLROWCOUNT;

    -- The same in small. A category has no trending date; its versions start on the day of load.
    MERGE INTO DWH.DIM_CATEGORY AS T
    USING (
        WITH affected AS (
            SELECT COUNTRY, CATEGORY_ID
            FROM STAGING.STAGING_CATEGORY_STREAM
            GROUP BY COUNTRY, CATEGORY_ID, LOADED_ON, TITLE, IS_ASSIGNABLE
            HAVING SUM(IFF(METADATA$ACTION = 'INSERT', 1, -1)) <> 0
        ),
        compared AS (
            SELECT
                C.COUNTRY,
                C.CATEGORY_ID,
                C.LOADED_ON,
                C.TITLE,
                C.IS_ASSIGNABLE,
                LAG(C.LOADED_ON) OVER (PARTITION BY C.COUNTRY, C.CATEGORY_ID ORDER BY C.LOADED_ON)
                    AS PREVIOUS_LOADED_ON,
                LAG(C.TITLE) OVER (PARTITION BY C.COUNTRY, C.CATEGORY_ID ORDER BY C.LOADED_ON) AS PREVIOUS_TITLE,
                LAG(C.IS_ASSIGNABLE) OVER (PARTITION BY C.COUNTRY, C.CATEGORY_ID ORDER BY C.LOADED_ON)
                    AS PREVIOUS_IS_ASSIGNABLE
            FROM STAGING.CATEGORIES AS C
            WHERE EXISTS (
                SELECT 1 FROM affected AS A WHERE A.COUNTRY = C.COUNTRY AND A.CATEGORY_ID = C.CATEGORY_ID
            )
        ),
        starts AS (
            SELECT
                COUNTRY,
                CATEGORY_ID,
                TITLE,
                IS_ASSIGNABLE,
                IFF(PREVIOUS_LOADED_ON IS NULL, '1900-01-01'::DATE, LOADED_ON) AS VALID_FROM
            FROM compared
            WHERE PREVIOUS_LOADED_ON IS NULL
                OR TITLE IS DISTINCT FROM PREVIOUS_TITLE
                OR IS_ASSIGNABLE IS DISTINCT FROM PREVIOUS_IS_ASSIGNABLE
        ),
        versions AS (
            SELECT
                MD5(COUNTRY || '|' || TO_VARCHAR(CATEGORY_ID) || '|' || TO_VARCHAR(VALID_FROM, 'YYYY-MM-DD'))
                    AS CATEGORY_KEY,
                COUNTRY,
                CATEGORY_ID,
                TITLE,
                IS_ASSIGNABLE,
                VALID_FROM,
                LEAD(VALID_FROM) OVER (PARTITION BY COUNTRY, CATEGORY_ID ORDER BY VALID_FROM) AS VALID_TO
            FROM starts
        )
        SELECT
            CATEGORY_KEY, COUNTRY, CATEGORY_ID, TITLE, IS_ASSIGNABLE, VALID_FROM, VALID_TO,
            VALID_TO IS NULL AS IS_CURRENT,
            FALSE AS IS_OBSOLETE
        FROM versions
        UNION ALL
        SELECT
            D.CATEGORY_KEY, D.COUNTRY, D.CATEGORY_ID, D.TITLE, D.IS_ASSIGNABLE, D.VALID_FROM, D.VALID_TO,
            D.IS_CURRENT,
            TRUE AS IS_OBSOLETE
        FROM DWH.DIM_CATEGORY AS D
        WHERE EXISTS (
                SELECT 1 FROM affected AS A WHERE A.COUNTRY = D.COUNTRY AND A.CATEGORY_ID = D.CATEGORY_ID
            )
            AND D.CATEGORY_KEY NOT IN (SELECT CATEGORY_KEY FROM versions)
    ) AS S
    ON T.CATEGORY_KEY = S.CATEGORY_KEY
    WHEN MATCHED AND S.IS_OBSOLETE THEN DELETE
    WHEN MATCHED AND (
        T.TITLE IS DISTINCT FROM S.TITLE
        OR T.IS_ASSIGNABLE IS DISTINCT FROM S.IS_ASSIGNABLE
        OR T.VALID_TO IS DISTINCT FROM S.VALID_TO
    ) THEN UPDATE SET
        TITLE = S.TITLE,
        IS_ASSIGNABLE = S.IS_ASSIGNABLE,
        VALID_TO = S.VALID_TO,
        IS_CURRENT = S.IS_CURRENT,
        RUN_ID = :THIS_RUN,
        UPDATED_AT = CURRENT_TIMESTAMP()
    WHEN NOT MATCHED THEN INSERT (
        CATEGORY_KEY, COUNTRY, CATEGORY_ID, TITLE, IS_ASSIGNABLE, VALID_FROM, VALID_TO, IS_CURRENT, RUN_ID, UPDATED_AT
    ) VALUES (
        S.CATEGORY_KEY, S.COUNTRY, S.CATEGORY_ID, S.TITLE, S.IS_ASSIGNABLE, S.VALID_FROM, S.VALID_TO, S.IS_CURRENT,
        :THIS_RUN, CURRENT_TIMESTAMP()
    );
    LET category_rows NUMBER := SQLROWCOUNT;

    COMMIT;

    LET merged NUMBER := date_rows + video_rows + category_rows;
    INSERT INTO RAW.PIPELINE_LOG (RUN_ID, STEP, STATUS, ROW_COUNT, STARTED_AT, ENDED_AT)
    SELECT :THIS_RUN, 'UPDATE_DIMENSIONS', 'succeeded', :merged, :started, CURRENT_TIMESTAMP();

    RETURN date_rows || ' dates, ' || video_rows || ' videos, ' || category_rows || ' categories new or changed';
END
$$;
