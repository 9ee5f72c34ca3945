"""Makes sample files in the shape, and with the quirks, of the trending-video files on Kaggle.

Everything follows from the seed, the country and the day by arithmetic, with no state between days: a video sits in a
slot of its country's list for a few days and then gives way to the next, so any day can be written on its own.
"""

import gzip
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

HEADER = (
    "video_id,trending_date,title,channel_title,category_id,publish_time,tags,views,likes,dislikes,comment_count,"
    "thumbnail_link,comments_disabled,ratings_disabled,video_error_or_removed,description\n"
)
COUNTRIES = ("CA", "DE", "FR", "GB", "JP", "KR", "RU", "US")
CATEGORIES = {
    1: "Film & Animation",
    2: "Autos & Vehicles",
    10: "Music",
    15: "Pets & Animals",
    17: "Sports",
    18: "Short Movies",
    19: "Travel & Events",
    20: "Gaming",
    21: "Videoblogging",
    22: "People & Blogs",
    23: "Comedy",
    24: "Entertainment",
    25: "News & Politics",
    26: "Howto & Style",
    27: "Education",
    28: "Science & Technology",
    29: "Nonprofits & Activism",
    30: "Movies",
    31: "Anime/Animation",
    32: "Action/Adventure",
    33: "Classics",
    34: "Comedy",
    35: "Documentary",
    36: "Drama",
    37: "Family",
    38: "Foreign",
    39: "Horror",
    40: "Sci-Fi/Fantasy",
    41: "Thriller",
    42: "Shorts",
    43: "Shows",
    44: "Trailers",
}
NOT_ASSIGNABLE = frozenset({18, 21, *range(30, 45)})
LACKING = {"CA": frozenset({29})}  # countries whose category file lacks what their videos use

USED_CATEGORIES = (10, 24, 22, 23, 26, 25, 17, 20, 28, 1, 27, 15, 2, 19, 10, 24, 29)
ENGLISH = (
    "How to fold a {} in ten minutes",
    "{}: the whole story",
    "We built a {}, and it works",
    "The {} nobody talks about | Episode 12",
    "I tried the {} for 30 days 😱",
    "{} vs. {}, explained",
    "Official trailer: The {}",
    "Cooking with a {}, don't try this at home",
)
TITLES = {
    "JP": ("【検証】{}を作ってみた", "{}の秘密、全部見せます", "世界一大きい{} 🎉"),
    "KR": ("{} 만들기 도전", "오늘의 {} 하이라이트", "{} 30일 후기"),
    "RU": ("Как сделать {} дома", "{}: вся правда", "Большой обзор: {} 🔥"),
    "DE": ("Größer, schöner, {}", "Warum {} so gut schmeckt", "{} für Anfänger, Teil 3"),
    "FR": ("Le secret de {}", "{} : l'épreuve d'été"),
}
THINGS = ("paper boat", "castle", "bridge", "drone", "pancake", "robot", "violin", "garden", "lamp", "rocket", "kite")
LOCAL_THINGS = {
    "JP": ("紙飛行機", "ロボット", "お弁当", "橋"),
    "KR": ("종이배", "로봇", "김밥", "다리"),
    "RU": ("бумажный кораблик", "робот", "блины", "мост"),
    "DE": ("Brücke", "Pfannkuchen", "Schloß", "Gärten"),
    "FR": ("château", "crêpe", "pont", "fusée"),
}
CHANNELS = ("Paper Lab", "North Window", "Daily Workshop", "Green Kettle", "Slow Trains", "Two Wrenches", "Open Field")
LOCAL_CHANNELS = {
    "JP": ("青空チャンネル", "まいにち工房"),
    "KR": ("하늘 스튜디오", "매일 공방"),
    "RU": ("Канал Ветер", "Мастерская"),
    "DE": ("Werkstatt Süd", "Studio Ahorn"),
    "FR": ("Atelier d'été", "Studio Chêne"),
}
TAGS = ("diy", "how to", "review", "music video", "2017", "funny", "challenge", "live", "山", "música", "für alle")
# `\n` is two characters here, as in the published files.
DESCRIPTIONS = (
    r"Thanks for watching!\n\nMore every week: https://example.com/{}\nLeave a comment, we read all of them.",
    r"Chapters:\n00:00 Intro\n01:30 The plan\n07:45 It breaks\n\nMusic by the house band ▶ https://example.com/{}",
    r"Behind the scenes of no. {}. SUBSCRIBE ► https://example.com/subscribe\n#daily #workshop",
)
IDS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MASK = (1 << 64) - 1


def write_day(
    folder: Path,
    day: date,
    countries: Sequence[str],
    *,
    videos: int = 200,
    seed: int = 7,
    strict_quotes: bool = False,
) -> list[Path]:
    """One gzip CSV per country under `folder/XX/`, with `videos` records and now and then a few bad or doubled ones.

    Tags are quoted as Kaggle has them, with characters after a closing quote ("a"|"b"), which Snowflake's COPY
    refuses; `strict_quotes` doubles the quotes within instead. The same arguments give the same bytes.
    """
    paths = []
    for country in countries:
        path = folder / country / f"{country}videos_{day:%y.%d.%m}.csv.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            path.open("wb") as raw,
            # No name and no time in the gzip header: equal content is equal bytes.
            gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=3) as packed,
            io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
        ):
            text.write(HEADER)
            text.writelines(_records(day, country, videos=videos, seed=seed, strict_quotes=strict_quotes))
        paths.append(path)
    return paths


def write_categories(folder: Path, countries: Sequence[str]) -> list[Path]:
    """One `XX_category_id.json` per country under `folder/XX/`."""
    paths = []
    for country in countries:
        items = [
            {
                "kind": "youtube#videoCategory",
                "etag": f'"sample/{country}-{number}"',
                "id": str(number),
                "snippet": {
                    "channelId": "UC0000000000000000000000",
                    "title": title,
                    "assignable": number not in NOT_ASSIGNABLE,
                },
            }
            for number, title in CATEGORIES.items()
            if number not in LACKING.get(country, ())
        ]
        document = {"kind": "youtube#videoCategoryListResponse", "etag": f'"sample/{country}"', "items": items}
        path = folder / country / f"{country}_category_id.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


@dataclass(frozen=True, slots=True)
class _Shown:
    """A video on one day of one country's list."""

    number: int  # stands for the video: all that never changes about it follows from this
    age: int  # days since it came onto the list
    home: str  # the country whose language it speaks; "" if it trends everywhere


def _records(day: date, country: str, *, videos: int, seed: int, strict_quotes: bool) -> Iterator[str]:
    shown = [_in_slot(seed, country, day, slot) for slot in range(videos)]
    for video in shown:
        yield _record(video, day, country, strict_quotes=strict_quotes)
    if not shown:
        return
    chance = _mix(seed, _code(country), day.toordinal())
    for i in range(max(1, videos // 100)):  # the same key again, as it is or with newer counts: the later one wins
        yield _record(
            shown[(chance + 31 * i) % videos], day, country, strict_quotes=strict_quotes, later_views=17 * (1 - i % 2)
        )
    if chance % 2 == 0:
        for i in range(max(1, videos // 200)):
            yield _broken(shown[(chance + 57 * i + 5) % videos], day, country, how=(chance >> 3) + i)


def _in_slot(seed: int, country: str, day: date, slot: int) -> _Shown:
    """Who is in this slot today. Every fifth slot is the same everywhere; some days a stranger takes the place."""
    everywhere = slot % 5 == 0
    place = 0 if everywhere else _code(country)
    stay = 3 + _mix(seed, place, slot) % 7
    turn, age = divmod(day.toordinal() + slot, stay)
    number = _mix(seed, place, slot, turn)
    if age and _mix(number, _code(country), day.toordinal()) % 12 == 0:
        return _Shown(_mix(seed, _code(country), slot, turn, age), 0, country)
    return _Shown(number, age, "" if everywhere else country)


def _record(video: _Shown, day: date, country: str, *, strict_quotes: bool, later_views: int = 0) -> str:
    views, likes, dislikes, comments = _counts(video)
    n = video.number
    identifier = _identifier(n)
    disliked = "" if n % 250 == 0 else dislikes
    return (
        f"{identifier},{day:%y.%d.%m},{_quoted(_title(video, country))},{_quoted(_channel(video))},{_category(video)},"
        f"{_published(video, day)},{_tags(n, strict_quotes=strict_quotes)},{views + later_views},{likes},{disliked},"
        f"{comments},https://i.ytimg.com/vi/{identifier}/default.jpg,{n % 70 == 0},{n % 500 == 0},False,"
        f"{_quoted(_description(video))}\n"
    )


def _broken(video: _Shown, day: date, country: str, *, how: int) -> str:
    """A record of which one field does not cast, as files look that went through a spreadsheet."""
    fields = _record(video, day, country, strict_quotes=True).split(",", 2)
    match how % 4:
        case 0:
            fields[0] = "#NAME?"
        case 1:
            fields[1] = day.strftime("%y.%d")
        case 2:
            fields[1] = ""
        case _:
            views = _counts(video)[0]
            fields[2] = (
                f'"Rounded, by a spreadsheet","?",24,,[none],{views / 1e6:.2f}E+06,0,0,0,,False,False,False,""\n'
            )
    return ",".join(fields)


def _counts(video: _Shown) -> tuple[int, int, int, int]:
    """Running totals: they grow every day, ever more slowly."""
    n, age = video.number, video.age
    start = 900 + (n >> 8) % (10 ** (4 + (n >> 40) % 4))
    views = start + start * (10 + (n >> 20) % 90) * (age * 12 - age * age // 2) // 100
    likes = views * (5 + (n >> 16) % 60) // 1000
    return views, likes, likes * (1 + (n >> 12) % 9) // 40, views // (90 + n % 400)


def _title(video: _Shown, country: str) -> str:
    n = video.number
    home = video.home
    if not home and n % 6 == 0 and country in TITLES:  # the same video, shown under another title in this country
        home = country
    things = LOCAL_THINGS.get(home, THINGS)
    titles = TITLES.get(home, ENGLISH)
    thing = things[(n >> 5) % len(things)]
    title = titles[(n >> 9) % len(titles)].format(thing, THINGS[(n >> 13) % len(THINGS)])
    if n % 9 == 0:
        title = f'"{title}" (subtitled)'
    return f"{title} [UPDATED]" if n % 47 == 0 and video.age >= 2 else title


def _channel(video: _Shown) -> str:
    n = video.number
    names = LOCAL_CHANNELS.get(video.home, CHANNELS)
    name = names[(n >> 7) % len(names)]
    return f"{name} Official" if n % 211 == 0 and video.age >= 3 else name


def _category(video: _Shown) -> int:
    moved = video.number % 307 == 0 and video.age >= 2
    return USED_CATEGORIES[((video.number >> 11) + moved) % len(USED_CATEGORIES)]


def _published(video: _Shown, day: date) -> str:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    at = midnight - timedelta(days=video.age + 1, seconds=-(video.number % 86_400))
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _tags(n: int, *, strict_quotes: bool) -> str:
    count = (n >> 6) % 7
    if count == 0:
        return "[none]"
    tags = [TAGS[((n >> 3) + 3 * i) % len(TAGS)] for i in range(count)]
    if strict_quotes:
        return _quoted("|".join([tags[0], *(f'"{tag}"' for tag in tags[1:])]))
    return "|".join(f'"{tag}"' for tag in tags)


def _description(video: _Shown) -> str:
    n = video.number
    if n % 50 == 1:
        return ""
    text = DESCRIPTIONS[(n >> 10) % len(DESCRIPTIONS)].format(n % 1000)
    return text.replace(r"\n", "\n") if n % 33 == 0 else text  # real newlines, too, as the API gives them at times


def _identifier(n: int) -> str:
    return "".join(IDS[n >> shift & 63] for shift in (0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 58))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _code(country: str) -> int:
    return int.from_bytes(country.encode(), "big")


def _mix(*numbers: int) -> int:
    """A number of 64 bits that looks random and depends on nothing else (the finisher of splitmix64)."""
    state = 0x9E3779B97F4A7C15
    for number in numbers:
        state = (state ^ number) * 0xBF58476D1CE4E5B9 & MASK
        state = (state ^ state >> 27) * 0x94D049BB133111EB & MASK
        state ^= state >> 31
    return state


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), default="2017-11-14", show_default=True)
@click.option("--days", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--country", "countries", multiple=True, default=COUNTRIES, show_default=True, help="Can be repeated.")
@click.option("--videos", type=click.IntRange(min=1), default=200, show_default=True, help="Per country and day.")
@click.option("--seed", type=int, default=7, show_default=True)
@click.option("--strict-quotes", is_flag=True, help="Quote tags as Snowflake's COPY wants them, not as Kaggle does.")
def main(
    *, folder: Path, first: datetime, days: int, countries: tuple[str, ...], videos: int, seed: int, strict_quotes: bool
) -> None:
    """Write sample files into FOLDER: a category list per country, and a CSV per country and day.

    Example: python -m samples.generate data --days 3 --country US --country DE
    """
    paths = write_categories(folder, countries)
    for offset in range(days):
        day = first.date() + timedelta(days=offset)
        paths += write_day(folder, day, countries, videos=videos, seed=seed, strict_quotes=strict_quotes)
    click.echo(f"{len(paths)} files in {folder}")


if __name__ == "__main__":
    main()
