"""Facts of one document from a text and a few lines: what extraction would give, written by hand.

    document = write("d1", "6月5日，李强出席座谈会。", published="2020-06-07")
    facts = say(document, "Person:李强 attended Event:座谈会", "Event:座谈会 heldOn 2020-06-05")

Each line is a triple; `@rule` picks the rule, `!planned` the modality, `«words»` the words that say it (else the
sentence of the first end that stands in the text).
"""

import re
from dataclasses import replace

from kg.cite import sentence_of
from kg.model import (
    ENTITY_TYPES,
    RELATIONS,
    Date,
    Document,
    Entity,
    Evidence,
    Facts,
    Mention,
    Modality,
    Quotation,
    Reading,
    Span,
    Statement,
    short_hash,
)

_LINE = re.compile(
    r"(?P<subject>\S+) (?P<predicate>\S+) (?P<object>[^\s@!«]+)"
    r"(?: @(?P<rule>\S+))?(?: !(?P<modality>\S+))?(?: «(?P<words>.+)»)?"
)


def write(name: str, text: str, *, title: str = "", published: str = "", source: str = "", url: str = "") -> Document:
    """A document with its id."""
    return Document(Document.identify(name, title, published, text), name, text, title, published, source, url)


def entity(document: Document, spec: str, *, kind: str = "", code: str = "", aliases: tuple[str, ...] = ()) -> Entity:
    """The entity `Type:name` with the id that extraction would give it in this document."""
    type_, _, name = spec.partition(":")
    kind_of = next(one for one in ENTITY_TYPES if one == type_)
    local = (document.id,) if type_ == "Event" else ()
    ident = f"{type_.lower()}-{code or short_hash(type_, name, *local)}"
    return Entity(ident, kind_of, name, aliases, kind, code)


def say(
    document: Document, *lines: str, entities: tuple[Entity, ...] = (), quotations: tuple[Quotation, ...] = ()
) -> Facts:
    """The facts that the lines give, with an entity for each end and a reading for each of them in the text."""
    known = {f"{one.type}:{one.name}": one for one in entities}

    def of(spec: str) -> Entity:
        return known.setdefault(spec, entity(document, spec))

    statements = []
    for line in lines:
        found = _LINE.fullmatch(line)
        assert found and found["predicate"] in RELATIONS, line
        thing = Date(found["object"]) if found["predicate"] == "heldOn" else of(found["object"]).id
        modality: Modality = "planned" if found["modality"] == "planned" else "asserted"
        evidence = Evidence(found["rule"] or "by-hand", (_span(document, found),), modality=modality)
        statements.append(Statement(of(found["subject"]).id, found["predicate"], thing, (evidence,)))
    return Facts(document, _readings(document, known), tuple(known.values()), tuple(statements), quotations)


def quote(document: Document, speaker: str, words: str, *about: str) -> Quotation:
    """The words of the text as said by the speaker."""
    start = document.text.index(words)
    span = Span(document.id, start, start + len(words))
    return Quotation(entity(document, speaker).id, span, tuple(entity(document, one).id for one in about), "speech")


def renamed(document: Document, **fields: str) -> Document:
    """The document with other fields and the id that belongs to them."""
    changed = replace(document, **fields)
    return replace(changed, id=Document.identify(changed.name, changed.title, changed.published, changed.text))


def _span(document: Document, found: re.Match[str]) -> Span:
    text = document.text
    if found["words"]:
        start = text.index(found["words"])
        return Span(document.id, start, start + len(found["words"]))
    names = (found["subject"].partition(":")[2], found["object"].partition(":")[2])
    start = next((text.index(name) for name in names if name and name in text), 0)
    return Span(document.id, *sentence_of(text, start, start + 1))


def _readings(document: Document, known: dict[str, Entity]) -> tuple[Reading, ...]:
    readings = []
    for one in known.values():
        for form in (one.name, *one.aliases):
            if (start := document.text.find(form)) >= 0:
                span = Span(document.id, start, start + len(form))
                readings.append(Reading(Mention(span, one.type, "by-hand", form), one.id, "by-hand"))
                break
    return tuple(readings)


LAKE = write(
    "lake",
    "6月5日，2020年度长三角地区主要领导座谈会在浙江湖州举行。上海市委书记李强，上海市委副书记、代市长龚正出席会议，车俊主持。\n"
    "李强指出，“要推动长三角一体化发展。”会议审议《数字长三角建设方案》。\n2021年度座谈会将在江苏省召开。",
    title="2020年度长三角地区主要领导座谈会在浙江湖州举行",
    published="2020-06-07",
    source="新华日报",
    url="https://example.org/2020/06/07",
)
MEETING = "Event:2020年度长三角地区主要领导座谈会"


def lake() -> Facts:
    """A small document with every part that a graph can have."""
    huzhou = entity(LAKE, "Place:湖州市", kind="Prefecture", code="330500", aliases=("湖州",))
    forum = replace(entity(LAKE, MEETING), kind="Meeting", aliases=("会议",))
    return say(
        LAKE,
        "Person:李强 holdsOffice Office:上海市委书记 @office-person «上海市委书记李强»",
        "Office:上海市委书记 officeIn Province:上海市 @office-area «上海市委书记»",
        "Person:龚正 holdsOffice Office:上海市代市长 @office-person «上海市委副书记、代市长龚正»",
        f"Person:李强 attended {MEETING} @attends «李强，上海市委副书记、代市长龚正出席会议»",
        f"Person:李强 spokeAt {MEETING} @speaks «李强指出»",
        f"Person:车俊 chaired {MEETING} @chairs «车俊主持»",
        f"{MEETING} heldOn 2020-06-05 @held «6月5日，2020年度长三角地区主要领导座谈会»",
        f"{MEETING} heldAt Place:湖州市 @held «在浙江湖州举行»",
        "Event:2021年度座谈会 heldAt Province:江苏省 @held !planned «2021年度座谈会将在江苏省召开»",
        "Person:李强 speaksOf Initiative:长三角一体化发展 @speech «李强指出，“要推动长三角一体化发展。”»",
        f"{MEETING} adopted Document:数字长三角建设方案 @adopts «会议审议《数字长三角建设方案》»",
        entities=(huzhou, forum),
        quotations=(quote(LAKE, "Person:李强", "要推动长三角一体化发展。", "Initiative:长三角一体化发展"),),
    )
