-- case: strings joined with + are one statement
-- makes: PROCEDURE P
-- reads: RAW.ORDERS
-- writes: DWH.ORDERS
CREATE PROCEDURE P() RETURNS STRING LANGUAGE JAVASCRIPT AS
$$
  var command = "INSERT INTO DWH.ORDERS (ID) " +
    "SELECT ID " +
    "FROM RAW.ORDERS";
  snowflake.execute({sqlText: command});
$$;

-- case: what a program fills in is a name that cannot be known
-- makes: PROCEDURE P
-- reads: RAW.ORDERS
-- writes:
CREATE PROCEDURE P(TARGET VARCHAR) RETURNS STRING LANGUAGE JAVASCRIPT AS
$$
  let columns = [];
  let command = `INSERT INTO ${TARGET} (${columns.join(", ")}) SELECT ${columns.map(c => c.name).join(', ')} FROM RAW.ORDERS`;
  snowflake.execute({ sqlText: command });
  snowflake.execute({ sqlText: "DELETE FROM DWH." + TARGET + "_OLD WHERE ID = " + 1 });
$$;

-- case: Python, joined strings and f-strings
-- makes: PROCEDURE P
-- reads: RAW.ORDERS, __SCOR__.NEW
-- writes: DWH.ORDERS
CREATE PROCEDURE P() RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '3.11' PACKAGES = ('snowflake-snowpark-python') HANDLER = 'run' AS
$$
# don't read "SELECT A FROM COMMENT"
def run(session):
    session.sql(
        "INSERT INTO DWH.ORDERS (ID) "
        "SELECT ID FROM RAW.ORDERS"
    ).collect()
    session.sql(f"SELECT COUNT(*) FROM {scores}.NEW").collect()
    return f"rows from {scores} are in ORDERS"
$$;

-- case: UPDATE with an alias, DDL, and messages that are no SQL
-- makes: PROCEDURE P
-- reads: RAW.CHANGES
-- writes: DWH.ORDERS, OPS.IDS
CREATE PROCEDURE P(DAY VARCHAR) RETURNS STRING LANGUAGE JAVASCRIPT AS
$$
  var change = `UPDATE DWH.ORDERS o SET o.AMOUNT = c.AMOUNT FROM RAW.CHANGES c WHERE c.ID = o.ID AND c.DAY = '` + DAY + `'`;
  var numbers = "create or replace sequence OPS.IDS";
  try { snowflake.execute({sqlText: change}); snowflake.execute({sqlText: numbers}); }
  catch (err) { return "Create table failed: " + err + "; update of orders set to failed"; }
$$;

-- case: Snowpark by its methods
-- makes: PROCEDURE P
-- reads: RAW.CUSTOMERS, DWH.SIZES, DWH.OLD, RAW.FILES
-- writes: DWH.CUSTOMERS, DWH.SIZES, DWH.OLD, RAW.LANDING
-- calls: DWH.REFRESH
CREATE PROCEDURE P() RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '3.11' PACKAGES = ('snowflake-snowpark-python') HANDLER = 'run' AS
$$
def run(session):
    rows = session.table("RAW.CUSTOMERS")
    rows.write.mode("overwrite").save_as_table("DWH.CUSTOMERS")
    sizes = session.table('DWH.SIZES')
    sizes.merge(rows, sizes["ID"] == rows["ID"], [])
    session.table("DWH.OLD").delete()
    session.read.csv("@RAW.FILES/new").copy_into_table("RAW.LANDING")
    session.call("DWH.REFRESH")
    return "done"
$$;
