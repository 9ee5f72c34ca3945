-- [almost bad] the message is returned, a narrow exception is expected, JavaScript that throws
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM DWH.ORDERS WHERE ID = 1;
    RETURN 'done';
EXCEPTION
    WHEN STATEMENT_ERROR THEN
        RETURN 'nothing there';
    WHEN OTHER THEN
        RETURN 'failed: ' || SQLERRM;
END;
$$;
CREATE PROCEDURE DWH.Q() RETURNS VARCHAR LANGUAGE JAVASCRIPT AS
$$
try { snowflake.execute({sqlText: "DELETE FROM DWH.ORDERS WHERE ID = 1"}); }
catch (err) { return "failed: " + err; }
$$;
-- [bad]
CREATE PROCEDURE DWH.Q() RETURNS VARCHAR LANGUAGE JAVASCRIPT AS
$$
try { snowflake.execute({sqlText: "DELETE FROM DWH.ORDERS WHERE ID = 1"}); }
catch (err) { return "done"; } // -- !
$$;
CREATE PROCEDURE DWH.R() RETURNS VARCHAR LANGUAGE PYTHON RUNTIME_VERSION = '3.11' PACKAGES = ('snowflake-snowpark-python') HANDLER = 'run' AS
$$
def run(session):
    try:
        session.sql("DELETE FROM DWH.ORDERS WHERE ID = 1").collect()
    except Exception: # -- !
        pass
    return "done"
$$;
