"""`validate` on projects of 300, 1,000 and 3,000 objects, beside `sqlglot.parse` and `sqlfluff parse` on the same files, in one run.

`python benchmarks/validate.py [--without-sqlfluff]`. The project is made here: units of 18 objects (tables, streams, stage, format,
procedure, views, a task graph), one object a file. Prints seconds, objects a second, and the growth from 300 to 3,000 objects.
sqlfluff is not a dependency: `pip install sqlfluff` brings it; it reads a sample of the files, and its time is extrapolated.
"""

import importlib.util
import logging
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sqlglot

SIZES = (300, 1000, 3000)
LIMIT = 5.0  # seconds for 3,000 objects
SAMPLE = 60  # files that sqlfluff reads


def unit(n: int) -> dict[str, str]:
    """The files of one pipeline."""
    p = f"P{n:03}"
    task = "CREATE TASK IF NOT EXISTS ETL.{name}\n  WAREHOUSE = LOAD_WH\n  {clause}\nAS\n  {body};\nALTER TASK ETL.{name} RESUME;\n"
    files = {
        f"raw/{p}_orders.sql": f"CREATE TABLE IF NOT EXISTS RAW.{p}_ORDERS (\n  ID NUMBER NOT NULL PRIMARY KEY,\n  CUSTOMER_ID NUMBER,\n  AMOUNT NUMBER(12, 2),\n  AT TIMESTAMP_NTZ\n);\n",
        f"raw/{p}_customers.sql": f"CREATE TABLE IF NOT EXISTS RAW.{p}_CUSTOMERS (ID NUMBER NOT NULL PRIMARY KEY, NAME VARCHAR, COUNTRY VARCHAR(2));\n",
        f"raw/{p}_format.sql": f"CREATE FILE FORMAT IF NOT EXISTS RAW.{p}_CSV TYPE = CSV SKIP_HEADER = 1;\n",
        f"raw/{p}_stage.sql": f"CREATE STAGE IF NOT EXISTS RAW.{p}_STAGE FILE_FORMAT = (FORMAT_NAME = 'RAW.{p}_CSV');\n",
        f"raw/{p}_s1.sql": f"CREATE STREAM IF NOT EXISTS RAW.{p}_ORDER_STREAM ON TABLE RAW.{p}_ORDERS APPEND_ONLY = TRUE;\n",
        f"raw/{p}_s2.sql": f"CREATE STREAM IF NOT EXISTS RAW.{p}_CUSTOMER_STREAM ON TABLE RAW.{p}_CUSTOMERS APPEND_ONLY = TRUE;\n",
        f"dwh/{p}_fact.sql": f"CREATE TABLE IF NOT EXISTS DWH.{p}_FACT (ID NUMBER NOT NULL PRIMARY KEY, CUSTOMER_ID NUMBER, AMOUNT NUMBER(12, 2));\n",
        f"dwh/{p}_dim.sql": f"CREATE TABLE IF NOT EXISTS DWH.{p}_DIM (ID NUMBER NOT NULL PRIMARY KEY, NAME VARCHAR, COUNTRY VARCHAR(2));\n",
        f"dwh/{p}_load.sql": (
            f"CREATE OR ALTER PROCEDURE DWH.{p}_LOAD()\nRETURNS NUMBER\nLANGUAGE SQL\nAS\n$$\nDECLARE\n  N NUMBER DEFAULT 0;\nBEGIN\n"
            f"  MERGE INTO DWH.{p}_FACT AS T\n  USING (\n    SELECT ID, CUSTOMER_ID, AMOUNT FROM RAW.{p}_ORDER_STREAM\n"
            f"    QUALIFY ROW_NUMBER() OVER (PARTITION BY ID ORDER BY AT DESC) = 1\n  ) AS S ON T.ID = S.ID\n"
            f"  WHEN MATCHED THEN UPDATE SET AMOUNT = S.AMOUNT, CUSTOMER_ID = S.CUSTOMER_ID\n"
            f"  WHEN NOT MATCHED THEN INSERT (ID, CUSTOMER_ID, AMOUNT) VALUES (S.ID, S.CUSTOMER_ID, S.AMOUNT);\n"
            f"  N := SQLROWCOUNT;\n  IF (N > 0) THEN\n    CALL SYSTEM$SET_RETURN_VALUE(:N);\n  END IF;\n  RETURN N;\nEND\n$$;\n"
        ),
        f"mart/{p}_v1.sql": f"CREATE VIEW IF NOT EXISTS MART.{p}_TOTALS AS\nSELECT D.COUNTRY, SUM(F.AMOUNT) AS TOTAL\nFROM DWH.{p}_FACT AS F JOIN DWH.{p}_DIM AS D ON D.ID = F.CUSTOMER_ID\nGROUP BY D.COUNTRY;\n",
        f"mart/{p}_v2.sql": f"CREATE VIEW IF NOT EXISTS MART.{p}_TOP AS\nSELECT COUNTRY, TOTAL FROM MART.{p}_TOTALS QUALIFY RANK() OVER (ORDER BY TOTAL DESC) <= 10;\n",
    }  # fmt: skip
    tasks = (
        ("ROOT", "SCHEDULE = '5 MINUTES'", f"COPY INTO RAW.{p}_ORDERS (ID, CUSTOMER_ID, AMOUNT, AT) FROM @RAW.{p}_STAGE/orders/ ON_ERROR = SKIP_FILE"),
        ("PEOPLE", f"AFTER ETL.{p}_ROOT", f"COPY INTO RAW.{p}_CUSTOMERS (ID, NAME, COUNTRY) FROM @RAW.{p}_STAGE/people/ ON_ERROR = SKIP_FILE"),
        ("LOAD", f"AFTER ETL.{p}_ROOT\n  WHEN SYSTEM$STREAM_HAS_DATA('RAW.{p}_ORDER_STREAM')", f"CALL DWH.{p}_LOAD()"),
        ("DIM", f"AFTER ETL.{p}_PEOPLE\n  WHEN SYSTEM$STREAM_HAS_DATA('RAW.{p}_CUSTOMER_STREAM')",
         f"INSERT INTO DWH.{p}_DIM (ID, NAME, COUNTRY) SELECT ID, NAME, COUNTRY FROM RAW.{p}_CUSTOMER_STREAM"),
        ("CHECK", f"AFTER ETL.{p}_LOAD, ETL.{p}_DIM", f"DELETE FROM DWH.{p}_FACT WHERE AMOUNT < 0"),
        ("END", f"FINALIZE = ETL.{p}_ROOT", f"UPDATE DWH.{p}_DIM SET COUNTRY = UPPER(COUNTRY) WHERE COUNTRY <> UPPER(COUNTRY)"),
        ("TRIM", f"AFTER ETL.{p}_CHECK", f"DELETE FROM RAW.{p}_ORDERS WHERE AT < DATEADD(DAY, -90, CURRENT_TIMESTAMP())"),
    )  # fmt: skip
    for name, clause, body in tasks:
        files[f"etl/{p}_{name.lower()}.sql"] = task.format(name=f"{p}_{name}", clause=clause, body=body)
    return files


def project(folder: Path, size: int) -> list[Path]:
    (folder / "schemas.sql").write_text(
        "".join(f"CREATE SCHEMA IF NOT EXISTS {s};\n" for s in ("RAW", "DWH", "MART", "ETL"))
    )
    for n in range(round(size / 18)):
        for name, text in unit(n).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    return sorted(folder.rglob("*.sql"))


def timed_validate(folder: Path) -> tuple[float, float, str]:
    """Seconds of the processor, seconds on the clock, and the summary."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "snowpipe_deploy", "validate", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return worked, wall, done.stdout.strip().splitlines()[-1]


def timed_sqlglot(files: list[Path]) -> tuple[float, int]:
    """Seconds, and how many files hold a statement that it takes for an opaque command, or does not parse."""
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    begun, opaque = time.perf_counter(), 0
    for file in files:
        try:
            opaque += any(
                tree is not None and tree.key == "command" for tree in sqlglot.parse(file.read_text(), read="snowflake")
            )
        except sqlglot.errors.SqlglotError:
            opaque += 1
    return time.perf_counter() - begun, opaque


def timed_sqlfluff(files: list[Path]) -> tuple[float, int]:
    """Seconds for all files, extrapolated from a sample, and how many of the sample it cannot parse."""
    sample = random.Random(1).sample(files, min(SAMPLE, len(files)))  # noqa: S311 - a sample is no secret
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "sqlfluff", "parse", "--dialect", "snowflake", "--nofail", *map(str, sample)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return (time.perf_counter() - begun) * len(files) / len(sample), done.stdout.count("PARSING VIOLATIONS")


def main() -> None:
    fluff = "--without-sqlfluff" not in sys.argv and importlib.util.find_spec("sqlfluff") is not None
    took: dict[int, float] = {}
    walls: dict[int, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            files = project(Path(name), size)
            worked, wall, summary = min(timed_validate(Path(name)) for _ in range(2))
            took[size], walls[size] = worked, wall
            print(f"{size:5} objects  validate {wall:6.2f} s ({worked:.2f} s of the processor)  {summary}")
            parsed, opaque = timed_sqlglot(files)
            print(f"               sqlglot.parse {parsed:6.2f} s, {opaque} of {len(files)} files opaque or not parsed")
            if fluff:
                linted, wrong = timed_sqlfluff(files)
                print(
                    f"               sqlfluff parse {linted:6.0f} s (from {SAMPLE} files), {wrong} of them with parsing violations"
                )
    small, middle, large = SIZES
    slope = (took[middle] - took[small]) / (middle - small), (took[large] - took[middle]) / (large - middle)
    print(f"{slope[0] * 1000:.2f} ms of the processor for each of the first objects, {slope[1] * 1000:.2f} ms for each of the last: "
          f"{slope[1] / slope[0]:.2f} x linear; limit {LIMIT} s")  # fmt: skip
    sys.exit(walls[large] > LIMIT)


if __name__ == "__main__":
    main()
