"""The objects and task graphs of a project as text, mermaid, dot and JSON."""

import json

from snowpipe_deploy.analysis.columns import column_lineage
from snowpipe_deploy.graph import Lookup, ordered, rank
from snowpipe_deploy.lint import program
from snowpipe_deploy.model import ObjectKey, Project
from snowpipe_deploy.names import ObjectName, quote

Edge = tuple[ObjectKey, ObjectKey, str]  # from, to, and how: feeds, writes, calls, then
_SHAPES = {
    "TABLE": ("[(", ")]"),
    "STREAM": ("([", "])"),
    "TASK": ("[[", "]]"),
    "STAGE": ("[/", "/]"),
    "PROCEDURE": ("{{", "}}"),
}


def edges(project: Project, about: str = "") -> tuple[list[ObjectKey], list[Edge]]:
    """Data flows from what is read to who reads, and from who writes to what is written; tasks follow tasks."""
    lookup = Lookup(project.objects)
    found: list[Edge] = []
    for thing in project.objects:
        for reference in dict.fromkeys(thing.references):
            for other in lookup.find(reference.kind, reference.name):
                if other.key == thing.key:
                    continue
                match reference.access:
                    case "writes":
                        found.append((thing.key, other.key, "writes"))
                    case "calls":
                        found.append((thing.key, other.key, "calls"))
                    case "after":
                        found.append((other.key, thing.key, "then"))
                    case _:
                        found.append((other.key, thing.key, "feeds"))
    found = list(dict.fromkeys(found))
    if about:
        wanted = about.upper()
        found = [e for e in found if wanted in {str(e[0].name), str(e[1].name), e[0].name.last, e[1].name.last}]
    nodes = sorted(
        {k for edge in found for k in edge[:2]} | ({t.key for t in project.objects} if not about else set()), key=rank
    )
    return nodes, sorted(found, key=lambda e: (rank(e[0]), rank(e[1]), e[2]))


def text(project: Project, about: str = "") -> str:
    nodes, found = edges(project, about)
    lines = []
    for node in nodes:
        lines.append(str(node))
        for source, target, how in found:
            if source == node:
                lines.append(f"  {how} {target}")
    trees = _task_trees(project, set(nodes))
    return "\n".join([*lines, *([""] if trees else []), *trees])


def _task_trees(project: Project, nodes: set[ObjectKey]) -> list[str]:
    """Each task under its last predecessor, the finalizer under its root."""
    after = {
        t.key: [ObjectKey("TASK", r.name) for r in t.references if r.access == "after"]
        for t in project.objects
        if t.key.kind == "TASK"
    }
    order = ordered(after, key=rank)
    places = {key: i for i, key in enumerate(order)}
    children: dict[ObjectKey | None, list[ObjectKey]] = {}
    for key in order:
        parent = max((a for a in after[key] if a in places), key=lambda a: places[a], default=None)
        children.setdefault(parent, []).append(key)

    def lines(key: ObjectKey, depth: int) -> list[str]:
        return [
            "  " * depth + str(key.name),
            *(line for child in children.get(key, []) for line in lines(child, depth + 1)),
        ]

    trees = [["task graph:", *lines(root, 1)] for root in children.get(None, [])]
    shown = [
        tree for tree in trees if any(line.strip() in {str(n.name) for n in nodes if n.kind == "TASK"} for line in tree)
    ]
    return [line for tree in shown for line in tree]


def mermaid(project: Project, about: str = "") -> str:
    nodes, found = edges(project, about)
    ids = {key: f"n{i}" for i, key in enumerate(nodes)}
    lines = ["flowchart LR"]
    for schema in sorted({k.name.parts[0] for k in nodes}):
        inside = [k for k in nodes if k.name.parts[0] == schema and len(k.name.parts) > 1]
        if inside:
            lines.append(f"  subgraph {schema}")
            for key in inside:
                left, right = _SHAPES.get(key.kind, ("[", "]"))
                lines.append(f'    {ids[key]}{left}"{key.name.last}<br/><small>{key.kind.lower()}</small>"{right}')
            lines.append("  end")
    arrows = {"then": "==>", "calls": "-.->", "writes": "-->", "feeds": "-->"}
    for source, target, how in found:
        if source.kind != "SCHEMA" and target.kind != "SCHEMA":
            lines.append(f"  {ids[source]} {arrows[how]} {ids[target]}")
    return "\n".join(lines)


def dot(project: Project, about: str = "") -> str:
    nodes, found = edges(project, about)
    styles = {"then": "bold", "calls": "dashed", "writes": "solid", "feeds": "solid"}
    lines = ["digraph snowdeploy {", "  rankdir=LR; node [shape=box, fontname=Helvetica];"]
    lines += [f'  "{key}";' for key in nodes]
    lines += [f'  "{source}" -> "{target}" [style={styles[how]}];' for source, target, how in found]
    return "\n".join([*lines, "}"])


def as_json(project: Project, about: str = "") -> str:
    nodes, found = edges(project, about)
    return json.dumps({
        "objects": [{"kind": k.kind, "name": f"{k.name}{k.detail}"} for k in nodes],
        "edges": [{"from": str(s), "to": str(t), "how": how} for s, t, how in found],
    }, indent=2)  # fmt: skip


def columns(project: Project, about: str = "", *, as_json: bool = False) -> str:
    """What each column is made of, and by which object; with `about` only what goes into or comes out of that object."""
    rows = []
    for line in column_lineage(program(project)):
        target, wanted = _relative(line.target, project), about.upper()
        origins = sorted((str(_relative(name, project)), column) for name, column in line.origins)
        touched = {str(target), target.last, *(name for name, _ in origins), *(name.last for name, _ in line.origins)}
        if not wanted or wanted in touched:
            rows.append((str(target), line.column, origins, line.step.label))
    if as_json:
        return json.dumps({
            "columns": [
                {"table": table, "column": column, "by": by, "from": [{"table": t, "column": c} for t, c in origins]}
                for table, column, origins, by in rows
            ]
        }, indent=2)  # fmt: skip
    lines: list[str] = []
    before = None
    for table, column, origins, by in rows:
        if (table, by) != before:
            lines.append(f"{table}  (by {by})")
            before = (table, by)
        lines.append(f"  {quote(column)} <- {', '.join(f'{t}.{quote(c)}' for t, c in origins)}")
    return "\n".join(lines)


def _relative(name: ObjectName, project: Project) -> ObjectName:
    """Without the database of the project."""
    return ObjectName(name.parts[1:]) if len(name.parts) == 3 and name.parts[0] == project.scope.database else name
