"""Articles of any number in the manner of regional papers, for measuring at scale: always the same for the same seed.

    python tools/make_articles.py 10000 > articles.jsonl
    python tools/make_articles.py 100000 --seed 7 --from 2012-01-01 --until 2025-12-31 -o articles.jsonl.gz

Real areas (kg/data/tables/divisions.tsv), invented people: each seat has its holder, who after some years goes to
another seat or leaves, so that careers, successors and namesakes come about as in real news. A line a record: id,
title, published, source, text of about 500 characters; one is made at a time. The sentences are in make_articles.toml.
"""

import argparse
import gzip
import json
import random
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SENTENCES = Path(__file__).with_suffix(".toml")
DIVISIONS = Path(__file__).parents[1] / "kg" / "data" / "tables" / "divisions.tsv"
_LENGTH = 480  # characters after which no further sentence is added
_HEADS = {"省": "省长", "市": "市长", "区": "区长", "县": "县长", "州": "州长", "盟": "盟长", "旗": "旗长"}
_TERM = (600, 2200)  # days that one stays in a seat


@dataclass(slots=True)
class Seat:
    """A post with its holder on the day that the story has come to, the one before, and when it changes next."""

    area: str
    post: str
    holder: str
    until: date
    before: str = ""
    changed: date = field(default=date.min)


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its seats, and what lies in it."""

    name: str
    seats: tuple[Seat, ...]
    inside: tuple[str, ...]  # the counties of a prefecture, the prefectures of a province


class World:
    """The areas with those who govern them, day by day."""

    def __init__(self, chance: random.Random, content: Mapping[str, Any], begin: date) -> None:
        self.chance, self.content, self.begin = chance, content, begin
        self.leaving: list[str] = []  # who left a seat and may get another
        divisions = _divisions()
        below: dict[str, list[str]] = {}
        for _, name, _, parent in divisions:
            below.setdefault(parent, []).append(name)
        self.areas = [
            Area(name, self._seats(name, level), tuple(below[code]))
            for code, name, level, _ in divisions
            if code in below
        ]
        self.counties: dict[str, Area] = {}

    def county(self, name: str) -> Area:
        """A county with its seats, which are filled when it first comes into the news."""
        if name not in self.counties:
            self.counties[name] = Area(name, self._seats(name, "county"), ())
        return self.counties[name]

    def _seats(self, area: str, level: str) -> tuple[Seat, ...]:
        head = _HEADS[area[-1]]
        return tuple(
            Seat(area, seat["post"].format(area=area, head=head), self.newcomer(), self.begin + self._term() / 2)
            for seat in self.content["seats"]
            if seat["level"] == level
        )

    def _term(self) -> timedelta:
        return timedelta(days=self.chance.randint(*_TERM))

    def newcomer(self) -> str:
        """Who left another seat, or somebody new."""
        if self.leaving and self.chance.random() < 0.6:
            return self.leaving.pop(self.chance.randrange(len(self.leaving)))
        pick = self.chance.choice
        first = pick(self.content["given_first"]) if self.chance.random() < 0.7 else ""
        return pick(self.content["surnames"]) + first + pick(self.content["given_last"])

    def bring_to(self, area: Area, day: date) -> None:
        """Change the holders of the area's seats whose time is over."""
        for seat in area.seats:
            while seat.until <= day:
                seat.before, seat.changed = seat.holder, seat.until
                seat.holder = self.newcomer()
                seat.until += self._term()
                if self.chance.random() < 0.8:
                    self.leaving.append(seat.before)


def articles(number: int, seed: str, begin: date, until: date) -> Iterator[dict[str, str]]:
    """The records in the order of their days."""
    content = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    chance = random.Random(f"make_articles {seed}")
    world = World(chance, content, begin)
    kinds = content["article"]
    weights = [kind["weight"] for kind in kinds]
    for index in range(number):
        day = begin + (until - begin) * index / max(number - 1, 1)
        (kind,) = chance.choices(kinds, weights)
        slots = _slots(world, content, day, appointment=kind.get("needs") == "appointment")
        slots["speaker"] = slots[kind["speaker"]]
        text = chance.choice(kind["lead"]).format_map(slots)
        for filler in chance.sample(content["fillers"], len(content["fillers"])):
            if len(text) >= _LENGTH:
                break
            text += ("\n" if chance.random() < 0.3 else "") + filler.format_map({**slots, **_numbers(world)})
        yield {
            "id": f"made-{seed}-{index:06}",
            "title": kind["title"].format_map(slots),
            "published": day.isoformat(),
            "source": chance.choice(content["outlets"]),
            "text": text,
        }


def _slots(
    world: World, content: Mapping[str, Any], day: date, *, appointment: bool
) -> dict[str, object]:
    """What an article tells of: its area with those who govern it, two other areas, a topic."""
    pick = world.chance.choice
    area, other, third = world.chance.sample(world.areas, 3)
    for one in (area, other, third):
        world.bring_to(one, day)
    first, second, *rest = area.seats
    if appointment and not second.before:
        second.until = day  # its holder goes today
        world.bring_to(area, day)
    county = world.county(pick(area.inside))
    world.bring_to(county, day)
    county_seat = pick(county.seats)
    deputy = rest[0] if rest else second
    topic = pick(content["topics"])
    other_seat, third_seat = pick(other.seats[:2]), pick(third.seats[:2])
    return {
        "area": area.name, "county": county.name, "topic": topic, "work": pick(content["works"]),
        "initiative": pick(content["initiatives"]), "paper": f"{topic}{pick(content['papers'])}",
        "forum": f"{day.year}年{topic}论坛", "fair": f"{topic}博览会", "edition": world.chance.randint(2, 20),
        "year": day.year, "month": day.month, "day": day.day,
        "first": first.holder, "post_first": first.post, "second": second.holder, "post_second": second.post,
        "third": deputy.holder, "post_third": deputy.post, "newcomer": second.holder, "leaver": second.before,
        "county_post": county_seat.post, "county_holder": county_seat.holder,
        "other_area": other.name, "other": other_seat.holder, "other_post": other_seat.post,
        "third_other": third_seat.holder, "third_other_post": third_seat.post,
        **_numbers(world),
    }  # fmt: skip


def _numbers(world: World) -> dict[str, object]:
    draw = world.chance.randint
    return {"number": draw(2, 99), "thousand": draw(110, 9800), "percent": f"{draw(11, 289) / 10:.1f}"}


def _divisions() -> list[tuple[str, str, str, str]]:
    """Code, name, level and the code above of each area that there is, by code; without autonomous ones and theirs."""
    rows = [line.split("\t") for line in DIVISIONS.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    header, *rest = rows
    found = [dict(zip(header, row, strict=True)) for row in rest]
    return sorted(
        (row["code"], row["name"], row["level"], row["parent"])
        for row in found
        if row["status"] == "current" and row["name"][-1] in _HEADS and "自治" not in row["name"]
    )


def main() -> None:
    """Write the records, one a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, help="how many articles")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--from", dest="begin", type=date.fromisoformat, default=date(2012, 1, 1), metavar="DAY")
    parser.add_argument("--until", type=date.fromisoformat, default=date(2025, 12, 31), metavar="DAY")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="a .jsonl or .jsonl.gz file (default: stdout)")
    options = parser.parse_args()
    with _opened(options.out) as out:
        for record in articles(options.number, options.seed, options.begin, options.until):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _opened(path: Path | None) -> Any:
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        return nullcontext(sys.stdout)
    if path.suffix == ".gz":
        return gzip.open(path, "wt", encoding="utf-8")
    return path.open("w", encoding="utf-8")


if __name__ == "__main__":
    main()
