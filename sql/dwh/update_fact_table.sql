-- As in UPDATE_DIMENSIONS: all facts of the videos that changed are computed again, and MERGE writes the difference. A
-- day that comes late so corrects the change columns of the day after it, too.
CREATE PROCEDURE DWH.UPDATE_FACT_TABLE(THIS_RUN VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
COMMENT = 'Brings FACT_VIDEO_STATS up to STAGING.VIDEOS and the dimensions'
EXECUTE AS OWNER
AS
$$
BEGIN
    LET started TIMESTAMP_LTZ := CURRENT_TIMESTAMP();

    -- A single statement is a transaction of its own: it reads the three streams at one point and consumes them as one.
    MERGE INTO DWH.FACT_VIDEO_STATS AS T
    USING (
        -- Each part drops the updates that leave alone what a fact is made of: there the DELETE and INSERT of the
        -- pair fall into one group and add up to zero.
        WITH changed_categories AS (
            SELECT COUNTRY, CATEGORY_ID
            FROM DWH.DIM_CATEGORY_STREAM
            GROUP BY COUNTRY, CATEGORY_ID, CATEGORY_KEY, VALID_FROM, VALID_TO
            HAVING SUM(IFF(METADATA$ACTION = 'INSERT', 1, -1)) <> 0
        ),
        changed_versions AS (
            SELECT VIDEO_ID
            FROM DWH.DIM_VIDEO_STREAM
            GROUP BY VIDEO_ID, VIDEO_KEY, VALID_FROM, VALID_TO
            HAVING SUM(IFF(METADATA$ACTION = 'INSERT', 1, -1)) <> 0
        ),
        changed_rows AS (
            SELECT VIDEO_ID
            FROM STAGING.FACT_VIDEO_STREAM
            GROUP BY VIDEO_ID, COUNTRY, TRENDING_DATE, CATEGORY_ID, VIEWS, LIKES, DISLIKES, COMMENT_COUNT
            HAVING SUM(IFF(METADATA$ACTION = 'INSERT', 1, -1)) <> 0
        ),
        affected AS (
            SELECT VIDEO_ID FROM changed_rows
            UNION ALL
            SELECT VIDEO_ID FROM changed_versions
            UNION ALL
            SELECT V.VIDEO_ID
            FROM STAGING.VIDEOS AS V
            WHERE EXISTS (
                SELECT 1 FROM changed_categories AS C WHERE C.COUNTRY = V.COUNTRY AND C.CATEGORY_ID = V.CATEGORY_ID
            )
        ),
        days AS (
            SELECT
                VIDEO_ID,
                COUNTRY,
                TRENDING_DATE,
                CATEGORY_ID,
                VIEWS,
                LIKES,
                DISLIKES,
                COMMENT_COUNT,
                LAG(VIEWS) OVER (PARTITION BY VIDEO_ID, COUNTRY ORDER BY TRENDING_DATE) AS PREVIOUS_VIEWS,
                LAG(LIKES) OVER (PARTITION BY VIDEO_ID, COUNTRY ORDER BY TRENDING_DATE) AS PREVIOUS_LIKES,
                LAG(DISLIKES) OVER (PARTITION BY VIDEO_ID, COUNTRY ORDER BY TRENDING_DATE) AS PREVIOUS_DISLIKES,
                LAG(COMMENT_COUNT) OVER (PARTITION BY VIDEO_ID, COUNTRY ORDER BY TRENDING_DATE)
                    AS PREVIOUS_COMMENT_COUNT
            FROM STAGING.VIDEOS
            WHERE VIDEO_ID IN (SELECT VIDEO_ID FROM affected)
        ),
        -- Outer joins: a fact without its dimension is kept and found by RUN_DATA_QUALITY, not lost in silence.
        -- Versions do not overlap, so a day meets at most one of each.
        facts AS (
            SELECT
                D.VIDEO_KEY,
                C.CATEGORY_KEY,
                TO_NUMBER(TO_VARCHAR(V.TRENDING_DATE, 'YYYYMMDD')) AS DATE_KEY,
                V.VIDEO_ID,
                V.COUNTRY,
                V.TRENDING_DATE,
                V.VIEWS,
                V.LIKES,
                V.DISLIKES,
                V.COMMENT_COUNT,
                V.VIEWS - V.PREVIOUS_VIEWS AS VIEWS_CHANGE,
                V.LIKES - V.PREVIOUS_LIKES AS LIKES_CHANGE,
                V.DISLIKES - V.PREVIOUS_DISLIKES AS DISLIKES_CHANGE,
                V.COMMENT_COUNT - V.PREVIOUS_COMMENT_COUNT AS COMMENT_COUNT_CHANGE
            FROM days AS V
            LEFT JOIN DWH.DIM_VIDEO AS D
                ON D.VIDEO_ID = V.VIDEO_ID
                AND D.VALID_FROM <= V.TRENDING_DATE
                AND (D.VALID_TO > V.TRENDING_DATE OR D.VALID_TO IS NULL)
            LEFT JOIN DWH.DIM_CATEGORY AS C
                ON C.COUNTRY = V.COUNTRY
                AND C.CATEGORY_ID = V.CATEGORY_ID
                AND C.VALID_FROM <= V.TRENDING_DATE
                AND (C.VALID_TO > V.TRENDING_DATE OR C.VALID_TO IS NULL)
        )
        SELECT
            VIDEO_KEY, CATEGORY_KEY, DATE_KEY, VIDEO_ID, COUNTRY, TRENDING_DATE, VIEWS, LIKES, DISLIKES, COMMENT_COUNT,
            VIEWS_CHANGE, LIKES_CHANGE, DISLIKES_CHANGE, COMMENT_COUNT_CHANGE,
            FALSE AS IS_OBSOLETE
        FROM facts
        UNION ALL
        -- Facts of a day that STAGING.VIDEOS no longer has, as after a repair by hand.
        SELECT
            O.VIDEO_KEY, O.CATEGORY_KEY, O.DATE_KEY, O.VIDEO_ID, O.COUNTRY, O.TRENDING_DATE, O.VIEWS, O.LIKES,
            O.DISLIKES, O.COMMENT_COUNT, O.VIEWS_CHANGE, O.LIKES_CHANGE, O.DISLIKES_CHANGE, O.COMMENT_COUNT_CHANGE,
            TRUE AS IS_OBSOLETE
        FROM DWH.FACT_VIDEO_STATS AS O
        WHERE O.VIDEO_ID IN (SELECT VIDEO_ID FROM affected)
            AND NOT EXISTS (
                SELECT 1
                FROM facts AS F
                WHERE F.VIDEO_ID = O.VIDEO_ID AND F.COUNTRY = O.COUNTRY AND F.TRENDING_DATE = O.TRENDING_DATE
            )
    ) AS S
    ON T.VIDEO_ID = S.VIDEO_ID AND T.COUNTRY = S.COUNTRY AND T.TRENDING_DATE = S.TRENDING_DATE
    WHEN MATCHED AND S.IS_OBSOLETE THEN DELETE
    WHEN MATCHED AND (
        T.VIDEO_KEY IS DISTINCT FROM S.VIDEO_KEY
        OR T.CATEGORY_KEY IS DISTINCT FROM S.CATEGORY_KEY
        OR T.VIEWS IS DISTINCT FROM S.VIEWS
        OR T.LIKES IS DISTINCT FROM S.LIKES
        OR T.DISLIKES IS DISTINCT FROM S.DISLIKES
        OR T.COMMENT_COUNT IS DISTINCT FROM S.COMMENT_COUNT
        OR T.VIEWS_CHANGE IS DISTINCT FROM S.VIEWS_CHANGE
        OR T.LIKES_CHANGE IS DISTINCT FROM S.LIKES_CHANGE
        OR T.DISLIKES_CHANGE IS DISTINCT FROM S.DISLIKES_CHANGE
        OR T.COMMENT_COUNT_CHANGE IS DISTINCT FROM S.COMMENT_COUNT_CHANGE
    ) THEN UPDATE SET
        VIDEO_KEY = S.VIDEO_KEY,
        CATEGORY_KEY = S.CATEGORY_KEY,
        VIEWS = S.VIEWS,
        LIKES = S.LIKES,
        DISLIKES = S.DISLIKES,
        COMMENT_COUNT = S.COMMENT_COUNT,
        VIEWS_CHANGE = S.VIEWS_CHANGE,
        LIKES_CHANGE = S.LIKES_CHANGE,
        DISLIKES_CHANGE = S.DISLIKES_CHANGE,
        COMMENT_COUNT_CHANGE = S.COMMENT_COUNT_CHANGE,
        RUN_ID = :THIS_RUN,
        UPDATED_AT = CURRENT_TIMESTAMP()
    WHEN NOT MATCHED THEN INSERT (
        VIDEO_KEY, CATEGORY_KEY, DATE_KEY, VIDEO_ID, COUNTRY, TRENDING_DATE, VIEWS, LIKES, DISLIKES, COMMENT_COUNT,
        VIEWS_CHANGE, LIKES_CHANGE, DISLIKES_CHANGE, COMMENT_COUNT_CHANGE, RUN_ID, UPDATED_AT
    ) VALUES (
        S.VIDEO_KEY, S.CATEGORY_KEY, S.DATE_KEY, S.VIDEO_ID, S.COUNTRY, S.TRENDING_DATE, S.VIEWS, S.LIKES, S.DISLIKES,
        S.COMMENT_COUNT, S.VIEWS_CHANGE, S.LIKES_CHANGE, S.DISLIKES_CHANGE, S.COMMENT_COUNT_CHANGE,
        :THIS_RUN, CURRENT_TIMESTAMP()
    );
    LET merged NUMBER := SQLROWCOUNT;

    INSERT INTO RAW.PIPELINE_LOG (RUN_ID, STEP, STATUS, ROW_COUNT, STARTED_AT, ENDED_AT)
    SELECT :THIS_RUN, 'UPDATE_FACT_TABLE', 'succeeded', :merged, :started, CURRENT_TIMESTAMP();

    RETURN merged || ' facts new, changed or gone';
END
$$;
