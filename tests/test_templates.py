"""Templates: strict, and every message points at the line that one edits."""

import pytest

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.jinja import guess, render
from snowpipe_deploy.model import Scope
from snowpipe_deploy.project import from_texts

TEMPLATE = """{% set names = ['A', 'B'] %}
{# a comment
   of two lines #}
{% macro column(name) %}
{{ name }} number
{%- endmacro %}
{% for name in names %}
create table RAW.{{ name }} (
  {{ column('ID') }},
  X number
);
{% endfor %}
create view RAW.V as
select ID
from RAW.NOWHERE;
"""


def test_lines_lead_back_to_the_template() -> None:
    project = from_texts("p", Scope("D"), [render("t.sql.j2", "create schema RAW;\n" + TEMPLATE, {})])
    assert [(str(t.key), t.statement.where.line) for t in project.objects] == [
        ("schema RAW", 1), ("table RAW.A", 9), ("table RAW.B", 9), ("view RAW.V", 14),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("select 1;\nselect {{ missing }};\n", "'missing' is undefined", 2),
        ("select 1;\n\n{% if x %}\nselect 1;\n", "unexpected", 3),
        ("select 1;\nselect {{ 1 / 0 }};\n", "division by zero", 2),
        ("select {{ x.y.z }};", "has no attribute 'y'", 1),
    ],
)
def test_what_goes_wrong_is_said_with_its_line(text: str, message: str, line: int) -> None:
    with pytest.raises(DeployError) as caught:
        render("t.sql.j2", text, {"x": {}})
    assert message.lower() in caught.value.message.lower()
    assert caught.value.where is not None
    assert caught.value.where.line == line or "unexpected" in message


def test_text_is_what_jinja_makes_without_our_marks() -> None:
    rendered = render("t", "{% set x %}a b{% endset %}{{ x | length }} {{ x }}\n", {})
    assert rendered.text == "3 a b\n"


def test_blocks_of_dbt_are_read_over() -> None:
    source = "{% snapshot orders %}\n{{ config(unique_key='id') }}\nselect id from {{ ref('raw_orders') }}\n{% endsnapshot %}\n"
    made = guess("snapshots/orders.sql", source, {})
    assert made.text.split() == ["select", "id", "from", "raw_orders"]
    assert made.where(next(i for i, row in enumerate(made.text.split("\n"), 1) if "select" in row)).line == 3


def test_what_jinja_cannot_read_keeps_the_names_of_models() -> None:
    source = (
        "{% no_such_tag %}\nselect id from {{ source('crm', 'people') }} join {{ ref('orders') }} using ({{ key }})\n"
    )
    made = guess("models/a.sql", source, {})
    assert made.text.split() == ["select", "id", "from", "crm.people", "join", "orders", "using", "(__key____)"]
    assert [len(row) for row in made.text.split("\n")] == [len(row) for row in source.split("\n")]


def test_a_materialization_is_a_program_and_a_call_gives_its_block() -> None:
    source = (
        "{% materialization own, adapter='snowflake' %}\n{% set a = config.require('a') %}\nnot SQL at all\n{% endmaterialization %}\n"
        "{% call statement('main') %}\nselect 1\n{% endcall %}\n"
    )
    assert guess("macros/own.sql", source, {}).text.split() == ["select", "1"]
