"""Run by the Python of a client's own environment: `snowpark_script.py PORT FOLDER`."""

import sys

import snowflake.snowpark
from snowflake.snowpark.functions import col
from snowflake.snowpark.functions import sum as sum_

login = {
    "account": "LOCAL",
    "user": "LOCAL",
    "password": "x",
    "host": "127.0.0.1",
    "port": int(sys.argv[1]),
    "protocol": "http",
}
session = snowflake.snowpark.Session.builder.configs(login).create()
session.sql("CREATE OR REPLACE DATABASE P").collect()
session.use_schema("P.PUBLIC")
assert session.sql("SELECT 1 AS X").collect() == [snowflake.snowpark.Row(X=1)]
rows = session.create_dataframe([(1, "a"), (2, "b"), (3, "a")], schema=["N", "K"])
rows.write.save_as_table("T", mode="overwrite")
found = session.table("T").filter(col("N") > 1).group_by("K").agg(sum_("N").alias("S")).sort("K").collect()
assert [tuple(row) for row in found] == [("a", 3), ("b", 2)], found
assert session.table("T").count() == 3
assert session.table("T").schema.names == ["N", "K"]
session.close()
sys.stdout.write(f"ok {snowflake.snowpark.__version__}\n")
