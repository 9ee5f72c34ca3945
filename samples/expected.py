"""What the pipeline must make of given files: computed in plain Python, without SQL, to hold the pipeline against.

Written from what the pipeline promises, not from its SQL; it shares no code with the deployer or the local account.
"""

import csv
import gzip
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path

COLUMNS = (
    "video_id", "trending_date", "title", "channel_title", "category_id", "publish_time", "tags", "views", "likes",
    "dislikes", "comment_count", "thumbnail_link", "comments_disabled", "ratings_disabled", "video_error_or_removed",
    "description",
)  # fmt: skip
NUMBERS = ("category_id", "views", "likes", "dislikes", "comment_count")
BOOLEANS = ("comments_disabled", "ratings_disabled", "video_error_or_removed")
COUNTS = ("views", "likes", "dislikes", "comment_count")

SHAPE = "[0-9]{2}[.][0-9]{2}[.][0-9]{2}"
TIME_SHAPE = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
MARK = "\ufffe"  # stands for bytes that are not UTF-8

csv.field_size_limit(1 << 30)  # an open quote makes one field of all that follows

Key = tuple[str, str, date]  # video, country, trending date


@dataclass(frozen=True, slots=True)
class Row:
    """An accepted row, typed."""

    video_id: str
    country: str
    trending_date: date
    title: str | None
    channel_title: str | None
    category_id: int | None
    published_at: datetime | None
    tags: tuple[str, ...] | None
    views: int | None
    likes: int | None
    dislikes: int | None
    comment_count: int | None
    comments_disabled: bool | None
    ratings_disabled: bool | None
    video_error_or_removed: bool | None
    thumbnail_link: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """`row` counts the records of the file, the header being 1; None stands for all of them."""

    file: str
    row: int | None
    country: str
    reason: str


@dataclass(slots=True)
class File:
    """What becomes of the rows of one file: rows = staged + rejected + duplicate. `reason` tells of the whole file."""

    name: str
    rows: int = 0
    staged: int = 0
    rejected: int = 0
    duplicate: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Good:
    """A good row before it is known whether it says something new."""

    key: Key
    row: Row
    fields: tuple[str, ...]
    file: File


@dataclass(frozen=True, slots=True)
class Version:
    """`valid_to` is the day the next version starts, None for the current one."""

    video_id: str
    title: str | None
    channel_title: str | None
    category_id: int | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Fact:
    """`*_change` is None on the video's first trending day in the country, and where either day lacks the count."""

    video_id: str
    country: str
    trending_date: date
    views: int | None
    likes: int | None
    dislikes: int | None
    comment_count: int | None
    views_change: int | None
    likes_change: int | None
    dislikes_change: int | None
    comment_count_change: int | None
    category: tuple[str, int] | None  # country and number, where the country names it


@dataclass(slots=True)
class Totals:
    """Of one country on one day."""

    videos: int = 0
    views: int = 0
    likes: int = 0
    dislikes: int = 0
    comment_count: int = 0


@dataclass(slots=True)
class Expectation:
    """The state after all loads."""

    files: list[File] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rows: dict[Key, Row] = field(default_factory=dict)
    fields: dict[Key, tuple[str, ...]] = field(default_factory=dict)  # as they stood in the file
    loaded: set[tuple[str, bytes]] = field(default_factory=set)  # what COPY passes over: name and content
    accepted: dict[tuple[str, bytes], str] = field(default_factory=dict)  # country and content, the first file with it
    categories: dict[tuple[str, int], tuple[str, bool]] = field(default_factory=dict)  # title, assignable
    versions: list[Version] = field(default_factory=list)
    by_video: dict[str, list[Version]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    totals: dict[tuple[str, date], Totals] = field(default_factory=dict)


def expect(loads: Iterable[Iterable[Path]], today: date = date(2060, 1, 1)) -> Expectation:
    """`today` is the day of all loads; `loads` has the new files of each run, in the order of the runs: the row loaded last wins.

    Within one run the order of `loads` says nothing, as COPY promises none: file name, then row number decide.
    """
    result = Expectation()
    for files in loads:
        good: list[_Good] = []
        for path in sorted(files, key=lambda path: path.name):
            if (path.name, path.read_bytes()) in result.loaded:
                continue
            result.loaded.add((path.name, path.read_bytes()))
            if "_category_id.json" in path.name:
                _load_categories(result, path)
            else:
                good += _load_videos(result, path, today)
        _stage(result, good)
    result.versions = list(_versions(result.rows.values()))
    for version in result.versions:
        result.by_video.setdefault(version.video_id, []).append(version)
    result.facts = list(_facts(result))
    for fact in result.facts:
        total = result.totals.setdefault((fact.country, fact.trending_date), Totals())
        total.videos += 1
        for name in COUNTS:
            setattr(total, name, getattr(total, name) + (getattr(fact, name) or 0))
    return result


def _load_categories(result: Expectation, path: Path) -> None:
    country = path.name[:2]
    for item in json.loads(_text(path))["items"]:
        snippet = item["snippet"]
        result.categories[country, int(item["id"])] = (snippet["title"], snippet["assignable"])


def _load_videos(result: Expectation, path: Path, today: date) -> list[_Good]:
    country, file = path.name[:2], File(path.name)
    result.files.append(file)
    header, *records = [*_records(path)] or [[]]
    file.reason = "" if header else "empty"
    rows = list(enumerate(records, start=2))
    file.rows = sum(_swallowed(record) for record in [header, *records]) - 1 if header else 0
    unreadable = [number for number, record in rows if MARK in "".join(record)]
    file.rejected = len(unreadable)
    rows = [(number, record) for number, record in rows if number not in unreadable]
    if reason := _file_reason(header, [record for _, record in rows], today):
        if header:
            file.rejected, file.reason = file.rows, reason
            result.rejected.append(Rejected(path.name, None, country, reason))
        return []
    content = (country, path.read_bytes())
    if content in result.accepted:
        file.duplicate, file.reason = file.rows - file.rejected, f"the same bytes as {result.accepted[content]}"
        return []
    result.accepted[content] = path.name
    good = []
    for number, record in rows:
        if why := _reason(record):
            file.rejected += _swallowed(record)
            result.rejected.append(Rejected(path.name, number, country, why))
            continue
        row = _typed({name: value or None for name, value in zip(COLUMNS, record, strict=True)}, country)
        good.append(_Good((row.video_id, country, row.trending_date), row, tuple(record), file))
    return good


def _stage(result: Expectation, good: list[_Good]) -> None:
    """Of the rows of one run with the same key the last one counts, and only if it says something new."""
    last = {item.key: item for item in good}
    for item in good:
        if last[item.key] is not item or result.fields.get(item.key) == item.fields:
            item.file.duplicate += 1
            continue
        item.file.staged += 1
        result.rows[item.key], result.fields[item.key] = item.row, item.fields


def _records(path: Path) -> Iterator[list[str]]:
    content = path.read_bytes()
    raw = gzip.decompress(content) if path.suffix == ".gz" else content
    text = raw.decode("utf-8-sig", errors="surrogateescape")
    marked = re.sub("[\udc80-\udcff]+", MARK, text)
    return (record for record in csv.reader(io.StringIO(marked, newline="")) if record)


def _swallowed(record: list[str]) -> int:
    """How many records are in one: more than one where a quote was not closed."""
    return 1 + len(re.findall(r"\n[A-Za-z0-9_-]{11},\d\d[.]\d\d[.]\d\d,", "".join(record[:16])))


def _file_reason(header: list[str], records: list[list[str]], today: date) -> str:
    """Why a file is rejected as a whole."""
    if MARK in "".join(header):
        return "header: not readable"
    if [name.lower() for name in header] != list(COLUMNS):
        return f"header: not the known one: {','.join(header)[:60]}"
    dated = [(record[1], record[5:6]) for record in records if len(record) > 1 and re.fullmatch(SHAPE, record[1])]
    turned = [text for text, _ in dated if not _date(text) and _date(".".join(text.split(".")[i] for i in (0, 2, 1)))]
    if turned:
        return f"trending_date: {len(turned)} rows can only be YY.MM.DD"
    days = [(day, _published(published)) for text, published in dated if (day := _date(text))]
    one = timedelta(days=1)
    impossible = [day for day, at in days if (at and day < at.date() - one) or day > today + one]
    if len(impossible) * 2 > len(days):
        return f"trending_date: {len(impossible)} rows lie before their publication or after the load"
    return "trending_date: no row has a date YY.DD.MM" if records and not days else ""


def _published(fields: list[str]) -> datetime | None:
    try:
        return _time(fields[0] if fields else None)
    except ValueError:
        return None


def _text(path: Path) -> str:
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")


def _reason(record: list[str]) -> str | None:
    """Why a row is rejected: the first that does not fit. Key and day must be there, all else may be empty."""
    if len(record) != len(COLUMNS):
        return f"fields: {'fewer' if len(record) < len(COLUMNS) else 'more'} than 16"
    if _swallowed(record) > 1:
        return "fields: a quote is not closed, so that other records are in the field"
    values = {name: value or None for name, value in zip(COLUMNS, record, strict=True)}
    if len(values["video_id"] or "") != 11:
        return "video_id: not 11 characters"
    if _date(values["trending_date"]) is None:
        return "trending_date: not YY.DD.MM"
    for name in NUMBERS:
        if values[name] is not None and not re.fullmatch("[0-9]{1,18}", values[name] or ""):
            return f"{name}: not a whole number"
    for name in BOOLEANS:
        if values[name] is not None and (values[name] or "").upper() not in {"TRUE", "FALSE"}:
            return f"{name}: not true or false"
    try:
        _time(values["publish_time"])
    except ValueError:
        return "publish_time: not a time"
    return None


def _date(text: str | None) -> date | None:
    match = re.fullmatch(r"([0-9]{2})[.]([0-9]{2})[.]([0-9]{2})", text or "")
    if not match:
        return None
    year, day, month = (int(part) for part in match.groups())
    try:
        return date(2000 + year if year < 70 else 1900 + year, month, day)
    except ValueError:
        return None


def _time(text: str | None) -> datetime | None:
    if text and not re.fullmatch(TIME_SHAPE, text):
        raise ValueError(text)
    return datetime.fromisoformat(text).replace(tzinfo=None) if text else None


def _typed(values: dict[str, str | None], country: str) -> Row:
    day = _date(values["trending_date"])
    assert day is not None  # noqa: S101 - _reason has looked
    return Row(
        video_id=values["video_id"] or "",
        country=country,
        trending_date=day,
        title=values["title"],
        channel_title=values["channel_title"],
        category_id=_number(values["category_id"]),
        published_at=_time(values["publish_time"]),
        tags=_tags(values["tags"]),
        views=_number(values["views"]),
        likes=_number(values["likes"]),
        dislikes=_number(values["dislikes"]),
        comment_count=_number(values["comment_count"]),
        comments_disabled=_boolean(values["comments_disabled"]),
        ratings_disabled=_boolean(values["ratings_disabled"]),
        video_error_or_removed=_boolean(values["video_error_or_removed"]),
        thumbnail_link=values["thumbnail_link"],
        description=values["description"],
    )


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _boolean(text: str | None) -> bool | None:
    return None if text is None else text.upper() == "TRUE"


def _tags(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    return () if text == "[none]" else tuple(text.replace('"', "").split("|"))


def _versions(rows: Iterable[Row]) -> Iterator[Version]:
    """A version starts on a video's first day, and on each day that differs from the one before.

    Where countries show one video differently on a day, the first by name decides.
    """
    days: dict[str, dict[date, Row]] = defaultdict(dict)
    for row in rows:
        seen = days[row.video_id].get(row.trending_date)
        if seen is None or row.country < seen.country:
            days[row.video_id][row.trending_date] = row
    for video_id, by_date in sorted(days.items()):
        ordered = [by_date[day] for day in sorted(by_date)]
        starts = [next(group) for _, group in groupby(ordered, _attributes)]
        ends = [*(start.trending_date for start in starts[1:]), None]
        for start, end in zip(starts, ends, strict=True):
            yield Version(video_id, *_attributes(start), start.trending_date, end)


def _attributes(row: Row) -> tuple[str | None, str | None, int | None]:
    return row.title, row.channel_title, row.category_id


def _facts(result: Expectation) -> Iterator[Fact]:
    in_order = sorted(result.rows.values(), key=lambda row: (row.video_id, row.country, row.trending_date))
    for _, group in groupby(in_order, lambda row: (row.video_id, row.country)):
        days: list[Row | None] = [None, *group]
        for before, row in pairwise(days):
            assert row is not None  # noqa: S101 - only the first is None, and it is never second
            yield Fact(
                video_id=row.video_id,
                country=row.country,
                trending_date=row.trending_date,
                views=row.views,
                likes=row.likes,
                dislikes=row.dislikes,
                comment_count=row.comment_count,
                views_change=_change(before.views if before else None, row.views),
                likes_change=_change(before.likes if before else None, row.likes),
                dislikes_change=_change(before.dislikes if before else None, row.dislikes),
                comment_count_change=_change(before.comment_count if before else None, row.comment_count),
                category=_category(result, row),
            )


def _category(result: Expectation, row: Row) -> tuple[str, int] | None:
    known = row.category_id is not None and (row.country, row.category_id) in result.categories
    return (row.country, row.category_id or 0) if known else None


def _change(before: int | None, now: int | None) -> int | None:
    return None if before is None or now is None else now - before


# -- analytics ---------------------------------------------------------------------------------------------------------


def ranking(result: Expectation) -> list[tuple[object, ...]]:
    """CATEGORY_RANKING: country, category, videos, trending days, views, likes, rank by views."""
    videos: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in result.facts:
        title = result.categories[fact.category][0] if fact.category else "unknown"
        videos[fact.country, title, fact.video_id].append(fact)
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (country, title, _), facts in videos.items():
        most = (max(f.views or 0 for f in facts), max(f.likes or 0 for f in facts))
        totals[country, title] = [a + b for a, b in zip(totals[country, title], (1, len(facts), *most), strict=True)]
    return [
        (*key, *total, 1 + sum(other[2] > total[2] for (country, _), other in totals.items() if country == key[0]))
        for key, total in totals.items()
    ]


def top_videos(result: Expectation, count: int) -> list[tuple[object, ...]]:
    """TOP_VIDEOS_BY_COUNTRY: country, place, video, title, channel, views, likes, trending days, first and last day."""
    current = {v.video_id: v for v in result.versions if v.valid_to is None}
    videos: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in result.facts:
        videos[fact.country, fact.video_id].append(fact)
    rows: list[tuple[object, ...]] = []
    for country in {country for country, _ in videos}:
        best = sorted((-max(f.views or 0 for f in facts), v) for (c, v), facts in videos.items() if c == country)
        for place, (views, video) in enumerate(best[:count], start=1):
            facts = videos[country, video]
            dates = [f.trending_date for f in facts]
            rows.append(
                (country, place, video, current[video].title, current[video].channel_title, -views,
                 max(f.likes or 0 for f in facts), len(facts), min(dates), max(dates))
            )  # fmt: skip
    return rows


def risers(result: Expectation, count: int) -> list[tuple[object, ...]]:
    """FASTEST_RISERS: country, day, place, video, views, views gained; titles are those of the day."""
    days: dict[tuple[str, date], list[Fact]] = defaultdict(list)
    for fact in result.facts:
        if (fact.views_change or 0) > 0:
            days[fact.country, fact.trending_date].append(fact)
    return [
        (*key, place, fact.video_id, fact.views, fact.views_change)
        for key, facts in days.items()
        for place, fact in enumerate(sorted(facts, key=lambda f: (-(f.views_change or 0), f.video_id))[:count], start=1)
    ]
