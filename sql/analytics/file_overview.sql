-- Which rows of a file are where: ROWS_IN_FILE = ROWS_STAGED + ROWS_REJECTED + ROWS_DUPLICATE.
CREATE VIEW ANALYTICS.FILE_OVERVIEW
COMMENT = 'One row per load of a video file: what became of its rows'
AS
WITH loads AS (
    SELECT *, LAG(LOADED_AT) OVER (PARTITION BY FILE_NAME ORDER BY LOADED_AT) AS LOADED_BEFORE
    FROM RAW.LOADED_FILES
    WHERE TABLE_NAME = 'VIDEOS'
),
-- A load of COPY and its processing meet by time: the file was processed as loaded since the load of that name before.
met AS (
    SELECT
        L.FILE_NAME,
        L.LOADED_AT,
        L.RECORDS,
        L.STATUS,
        L.RECORDS_NOT_READ,
        L.FIRST_ERROR,
        L.FIRST_ERROR_LINE,
        -- Among what COPY could not read the header is no row.
        L.RECORDS_NOT_READ - IFF(L.RECORDS > 0 AND NOT NVL(V.HAS_HEADER, L.STATUS <> 'Load failed'), 1, 0) AS ROWS_NOT_READ,
        NVL(V.ROWS_READ, 0) AS ROWS_READ,
        NVL(V.ROWS_STAGED, 0) AS ROWS_STAGED,
        NVL(V.ROWS_REJECTED, 0) AS ROWS_REJECTED,
        NVL(V.ROWS_DUPLICATE, 0) AS ROWS_DUPLICATE,
        V.FILE_NAME IS NOT NULL AS IS_PROCESSED,
        V.REASON
    FROM loads AS L
    LEFT JOIN STAGING.VIDEO_FILES AS V
        ON V.FILE_NAME = L.FILE_NAME
        AND V.LOADED_AT <= L.LOADED_AT
        AND (V.LOADED_AT > L.LOADED_BEFORE OR L.LOADED_BEFORE IS NULL)
)
SELECT
    FILE_NAME,
    LOADED_AT,
    ROWS_READ + ROWS_NOT_READ AS ROWS_IN_FILE,
    ROWS_STAGED,
    ROWS_REJECTED + ROWS_NOT_READ AS ROWS_REJECTED,
    ROWS_DUPLICATE,
    NULLIF(
        CASE
            WHEN RECORDS = 0 AND STATUS = 'Loaded' THEN 'empty'
            WHEN NOT IS_PROCESSED AND STATUS <> 'Load failed' THEN 'not processed yet'
            ELSE NVL(REASON, '')
        END
        || IFF(REASON IS NOT NULL AND RECORDS_NOT_READ > 0, '; ', '')
        || IFF(
            RECORDS_NOT_READ > 0,
            RECORDS_NOT_READ || ' not readable, the first at record ' || FIRST_ERROR_LINE || ': ' || FIRST_ERROR,
            ''
        ),
        ''
    ) AS REASON
FROM met;
