"""What the files of knowledge say, gathered into strings, numbers, tuples, sets and dictionaries.

Nothing here is of a type of ours, so that it can be kept from one run to the next (see `kg.kept`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from kg.folders import Folders, cells
from kg.model import MentionType
from kg.packed import Packed, PackedParts, pack, pack_parts
from kg.patterns import compile_patterns
from kg.programs import Program, program_of

_OF_A_COUNTY = 6  # digits of the code of a county, with which those of its townships begin
_USUAL_SURNAME = 4.0  # the weight of a surname in a table of the user that says none

NameRow = tuple[str, MentionType, str, str, str, str]  # the fields of model.Name
HeadRow = tuple[str, str, str, str]  # of knowledge.Head
DivisionRow = tuple[str, str, str, str, str, str, str, str, str]  # of knowledge.Division
RuleRow = tuple[str, str, tuple[str, ...], str, tuple[str, ...], tuple[str, ...], str]  # of folders.Rule


class Gathered(TypedDict):
    """The fields of `Knowledge`, with rows in the place of what it makes of them."""

    segmenter: str
    characters: dict[str, str]
    names: PackedParts  # of NameRow, by form
    lengths: dict[str, tuple[int, ...]]  # of the forms that begin with a character, falling
    divisions: PackedParts  # of DivisionRow, by code
    renamed_divisions: dict[str, str]
    abbreviations: dict[str, NameRow]
    country_letters: dict[str, tuple[NameRow, ...]]
    ambiguous: dict[str, str]
    members: dict[str, tuple[str, ...]]
    countries: dict[str, str]
    heads: Packed  # of HeadRow, by form
    body_heads: frozenset[str]
    surnames: frozenset[str]
    rare_surnames: frozenset[str]
    japanese_surnames: frozenset[str]
    surname_weights: dict[str, float]
    given_weights: dict[str, tuple[float, float, float]]
    foreign_weights: dict[str, float]
    name_components: frozenset[str]
    posts: dict[str, tuple[str, str]]
    departments: frozenset[str]
    outlets: frozenset[str]
    words: dict[str, frozenset[str]]
    maps: dict[str, dict[str, tuple[str, ...]]]
    patterns: dict[str, Program]
    rules: tuple[RuleRow, ...]
    judgements: tuple[tuple[str, str, str], ...]


_SAID_SHORTER = {"自治州": "州", "自治县": "县", "自治旗": "旗"}  # how the kinds of divisions end in short
_OTHER_TABLES: tuple[tuple[str, MentionType, str], ...] = (
    ("regions.tsv", "Place", "Region"),
    ("countries.tsv", "Place", ""),
    ("features.tsv", "Place", ""),
    ("organs.tsv", "Organization", ""),
    ("initiatives.tsv", "Initiative", ""),
    ("events.tsv", "Event", ""),
)
_FEATURE_KINDS = {
    "zone": "Zone", "venue": "Venue", "site": "Venue", "park": "Zone",
    **dict.fromkeys(("river", "lake", "mountain", "sea", "island", "desert", "plain"), "NaturalFeature"),
    **dict.fromkeys(("railway", "road", "bridge", "port", "airport", "dam"), "Infrastructure"),
    "country": "Country", "continent": "Region", **dict.fromkeys(("city", "state", "capital"), "City"),
}

_ON_THE_GLOBE = frozenset({"country", "continent"})  # kinds of places that lie in no country


_HEAD_TABLES = (
    ("roles.tsv", "Role", "role"),
    ("organization_heads.tsv", "Organization", "head"),
    ("place_heads.tsv", "Place", "head"),
    ("event_heads.tsv", "Event", "head"),
    ("document_heads.tsv", "Document", "head"),
    ("initiative_heads.tsv", "Initiative", "head"),
)


def gather(folders: Folders) -> Gathered:
    """All that the folders say; the later ones add to the earlier. Raises PatternError for a pattern that is none."""
    division_rows = list(folders.tables("divisions.tsv"))
    divisions = _divisions(division_rows, folders.tables("townships.tsv"))
    heads = _heads(folders)
    departments = {
        form for row in folders.tables("departments.tsv") for form in (row["name"], *cells(row["aliases"]))
    }
    _add_departments(heads, departments, tuple(folders.words("organ_endings.txt")))
    surname_rows = tuple(folders.tables("surnames.tsv"))
    kinds = {row["surname"]: row["kind"].split("|") for row in surname_rows}
    characters = {row["from"]: row["to"] for row in folders.tables("lookup.tsv")}
    characters.update({row["traditional"]: row["simplified"] for row in folders.tables("traditional.tsv")})
    words, maps = folders.lists(), folders.maps()
    names = _names((*_division_names(divisions), *_table_names(folders)), folders.words("blockers.txt"))
    return Gathered(
        segmenter=folders.settings()["segmenter"],
        characters=characters,
        names=pack_parts(names, 1),
        lengths=_lengths(names),
        divisions=pack_parts({code: (row,) for code, row in divisions.items()}, _OF_A_COUNTY),
        renamed_divisions=dict(_renamed_divisions(divisions)),
        abbreviations={
            short: (short, "Province", row["name"], "abbr", "Province", row["code"])
            for row in division_rows
            if row["level"] == "province"
            for short in cells(row["abbr"])
        },
        country_letters=_country_letters(folders.tables("countries.tsv")),
        ambiguous={row["short"]: row["reading"] for row in folders.tables("ambiguous.tsv")},
        members={
            form: tuple(cells(row["members"]))
            for table in ("regions.tsv", "groups.tsv")
            for row in folders.tables(table)
            for form in (row["name"], *cells(row.get("aliases", "")))
        },
        countries={
            row["name"]: row["parent"] for row in folders.tables("countries.tsv") if row["kind"] not in _ON_THE_GLOBE
        },
        heads=pack(dict(sorted(heads.items()))),
        body_heads=frozenset(form for form, rows in heads.items() if any(row[1] == "Organization" for row in rows)),
        surnames=frozenset(kinds),
        rare_surnames=frozenset(surname for surname, kind in kinds.items() if "word" in kind),
        japanese_surnames=frozenset(surname for surname, kind in kinds.items() if "japanese" in kind),
        surname_weights={row["surname"]: float(row["weight"] or _USUAL_SURNAME) for row in surname_rows},
        given_weights={
            row["char"]: (float(row["middle"]), float(row["last"]), float(row["alone"]))
            for row in folders.tables("given.tsv")
        },
        foreign_weights={row["char"]: float(row["weight"]) for row in folders.tables("transliteration.tsv")},
        posts={row["post"]: (row["name"], row["of"]) for row in folders.tables("posts.tsv")},
        name_components=frozenset(row["form"] for row in folders.tables("minority_names.tsv") if len(row["form"]) > 1),
        departments=frozenset(departments),
        outlets=frozenset(
            form for row in folders.tables("newspapers.tsv") for form in (row["name"], *cells(row["aliases"]))
        ),
        words=words,
        maps=maps,
        patterns={
            name: program_of(pattern.pattern, re.VERBOSE)
            for name, pattern in compile_patterns(folders.patterns(), {**words, **maps}).items()
        },
        rules=tuple(
            (rule.name, rule.pattern, rule.yields, rule.folds, rule.examples, rule.rejects, rule.modality)
            for rule in folders.rules()
        ),
        judgements=tuple((row["one"], row["other"], row["judgement"]) for row in folders.tables("judgements.tsv")),
    )


def _names(rows: Iterable[NameRow], blockers: Iterable[str]) -> dict[str, tuple[NameRow, ...]]:
    """The rows by form, each once, sorted; what blocks a form has none."""
    by_form: dict[str, dict[NameRow, None]] = defaultdict(dict)
    for row in rows:
        by_form[row[0]][row] = None
    for form in blockers:
        by_form.setdefault(form, {})
    return {form: tuple(found) for form, found in sorted(by_form.items())}


def _lengths(forms: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for form in filter(None, forms):
        found[form[0]].add(len(form))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _divisions(
    rows: Iterable[Mapping[str, str]], townships: Iterable[Mapping[str, str]]
) -> dict[str, DivisionRow]:
    divisions: dict[str, DivisionRow] = {}
    for row in rows:
        divisions[row["code"]] = (
            row["code"], row["name"], row["short"], row["level"], row["kind"], row["parent"], row["status"],
            row["until"], row["successor"],
        )
    for row in townships:
        divisions[row["code"]] = (
            row["code"], row["name"], "", "township", "乡镇", row["parent"], "current", "", "",
        )
    return divisions


def _renamed_divisions(divisions: Mapping[str, DivisionRow]) -> Iterator[tuple[str, str]]:
    """Former code → code, where the former division went on as a whole: not 崇文区, which became part of 东城区."""
    became: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for code, _, short, _, _, _, status, until, successor in divisions.values():
        if status == "former" and successor in divisions:  # of several successors none is the same
            became[successor, until].append((code, short))
    for (code, _), former in became.items():
        alike = [old for old, short in former if short[:1] == divisions[code][2][:1]]
        if len(alike) == 1:
            yield alike[0], code
        elif len(former) == 1 and code in former[0][0]:  # 襄樊市 had the code that 襄阳市 has
            yield former[0][0], code


def _division_names(divisions: Mapping[str, DivisionRow]) -> Iterator[NameRow]:
    for code, name, short, level, kind, _, status, _, _ in divisions.values():
        thing: MentionType = "Province" if level == "province" else "Place"
        size = level.capitalize()
        standing = "former" if status == "former" else "full"
        yield name, thing, name, standing, size, code
        if short and short != name and len(short) > 1 and level != "township":
            yield short, thing, name, "short", size, code
            if kind in _SAID_SHORTER and not short.endswith(_SAID_SHORTER[kind]):
                yield short + _SAID_SHORTER[kind], thing, name, standing, size, code  # 甘南州, 巴里坤县


def _table_names(folders: Folders) -> Iterator[NameRow]:
    for file, thing, fallback in _OTHER_TABLES:
        for row in folders.tables(file):
            kind = fallback or _FEATURE_KINDS.get(row.get("kind") or "", row.get("kind") or "")
            yield row["name"], thing, row["name"], "full", kind, ""
            for alias in (*(cell for cell in cells(row.get("aliases", "")) if len(cell) > 1), row.get("full")):
                if alias:
                    yield alias, thing, row["name"], "alias", kind, ""


def _country_letters(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[NameRow, ...]]:
    letters: dict[str, list[NameRow]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "country" and len(row["abbr"]) == 1:
            letters[row["abbr"]].append((row["abbr"], "Place", row["name"], "abbr", "Country", ""))
    return {letter: tuple(found) for letter, found in letters.items()}


def _heads(folders: Folders) -> dict[str, list[HeadRow]]:
    heads: dict[str, list[HeadRow]] = defaultdict(list)
    for file, category, column in _HEAD_TABLES:
        for row in folders.tables(file):
            heads[row[column]].append((row[column], category, row.get("kind", ""), row.get("naming", "")))
    return heads


def _add_departments(heads: dict[str, list[HeadRow]], departments: Iterable[str], endings: tuple[str, ...]) -> None:
    """Make heads of the departments that no table has: 教育局 ends the name of a body wherever it stands."""
    for form in sorted(departments):
        known = any(category == "Organization" for _, category, _, _ in heads[form])
        if len(form) > 2 and form.endswith(endings) and not known:
            heads[form].append((form, "Organization", "Government", "organ"))
