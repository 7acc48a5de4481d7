"""The types that flow through the stages: frozen, hashable, free of behaviour that needs another module.

Offsets are half-open and count code points of the document's text exactly as it was read.
"""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool, order: bool = False) -> Any:
        """A dataclass that only the type checker keeps frozen; it has the equality, hash and order of a frozen one.

        An article makes two hundred of these. To have each of their fields guarded takes four times as long.
        """
        return dataclass(slots=slots, order=order, unsafe_hash=frozen)


MentionType = Literal[
    "Person", "Office", "Organization", "Province", "Place", "Initiative", "Event", "Document", "Date",
]
ENTITY_TYPES: tuple[MentionType, ...] = (
    "Person", "Office", "Organization", "Province", "Place", "Initiative", "Event", "Document",
)
RELATIONS: tuple[str, ...] = (
    "holdsOffice", "officeIn", "attended", "chaired", "spokeAt", "heldAt", "heldOn", "organizedBy", "speaksOf",
    "adopted", "signed", "visited", "met", "appointedTo", "removedFrom", "locatedIn",
)
Modality = Literal["asserted", "planned"]
Verdict = Literal["same", "different", "unsure"]


def short_hash(*parts: str) -> str:
    """Sixteen hexadecimal digits that depend on the parts alone: the same in every process, on every machine.

    >>> short_hash("Person", "李强") == short_hash("Person", "李强")
    True
    >>> short_hash("ab", "c") == short_hash("a", "bc")
    False
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@record(frozen=True, slots=True, order=True)
class Span:
    """The characters [start, end) of the text of the document with that id."""

    document: str
    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves, given the document's text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read, exactly as it was read; what the file or the JSON line says of it stands beside it."""

    id: str  # from the content: see Document.identify
    name: str  # the id of the JSON line, else the file's name
    text: str = field(repr=False)
    title: str = ""
    published: str = ""  # ISO date, or "" where neither the text nor the user says
    source: str = ""  # the outlet
    url: str = ""
    copy_of: str = ""  # the id of the article that this one repeats: its facts are told there

    @staticmethod
    def identify(name: str, title: str, published: str, text: str) -> str:
        """The id of a document with this content."""
        return short_hash("document", name, title, published, text)


@record(frozen=True, slots=True)
class Sentence:
    """The characters [start, end) of a text, up to and with the mark that ends them, and the number of the line."""

    start: int
    end: int
    line: int
    dateline: bool = False  # 本报银川7月18日讯（记者 祁牧）: it says who reports, and gives no facts


@dataclass(frozen=True, slots=True)
class Name:
    """A form under which a table knows a thing, and what it knows: 湖州 is a short form of the Place 湖州市, 330500."""

    form: str
    type: MentionType
    name: str
    status: str  # full | short | former | alias | abbr
    kind: str = ""
    code: str = ""


@record(frozen=True, slots=True)
class Hit:
    """Where a form of the tables stands in a text, with every row that has that form."""

    start: int
    end: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A document as the recognisers see it; every offset is one of the document's text.

    `look` is the text with each character replaced by the one under which it is looked up (simplified, half-width
    digits, full-width punctuation): as long as the text. Words follow one another without gaps.
    """

    document: Document
    look: str
    sentences: tuple[Sentence, ...]
    cuts: tuple[int, ...]  # where the words of jieba's begin, and where the last ends
    tags: tuple[str, ...]  # of the words
    hits: tuple[Hit, ...]
    title_hits: tuple[Hit, ...]  # the same in the title of the document
    outlet_hits: tuple[Hit, ...]  # and in the name of its outlet

    @property
    def tokens(self) -> tuple[tuple[int, int, str], ...]:
        """The words as (start, end, tag), in order."""
        return tuple(zip(self.cuts, self.cuts[1:], self.tags, strict=False))


@record(frozen=True, slots=True)
class Part:
    """A stretch inside a mention that means something by itself: the area, body, rank or role of a post."""

    label: str  # area | body | rank | role
    start: int
    end: int
    names: tuple[Name, ...] = ()


@record(frozen=True, slots=True)
class Mention:
    """What stands at a span: its type, the recogniser that saw it, and the form under which resolution looks it up."""

    span: Span
    type: MentionType
    rule: str
    key: str
    parts: tuple[Part, ...] = ()


@record(frozen=True, slots=True)
class Entity:
    """What is meant: one per document and name before `identify`, one per thing in the world after it."""

    id: str
    type: MentionType
    name: str
    aliases: tuple[str, ...] = ()  # other forms found, sorted, without the name
    kind: str = ""  # a class of the ontology below the type (PartyOrgan, Meeting, County …), or ""
    code: str = ""  # of a division: GB/T 2260


@record(frozen=True, slots=True)
class Reading:
    """A mention with what it was taken to mean: the id of the entity, and the sieve that decided."""

    mention: Mention
    entity: str
    sieve: str


@record(frozen=True, slots=True)
class Link:
    """A relation that a name itself shows (市委书记 is of the 市, 泉州 lies in 福建), with the span that shows it."""

    subject: str
    predicate: str
    object: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the mentions of a page mean: a reading for each that means something, entities, and links between them."""

    readings: tuple[Reading, ...]  # in reading order; parts of names have readings of their own
    entities: tuple[Entity, ...]  # sorted by id
    links: tuple[Link, ...]
    topic: str = ""  # the event that the article is about


@record(frozen=True, slots=True)
class Date:
    """A date as the text gives it: 2020-06-05, 2020-06, 2020, or an interval 2020-06-05/2020-06-06."""

    value: str


@record(frozen=True, slots=True)
class Evidence:
    """Why a statement holds: spans that say it, statements it follows from, or a person's correction; one of them."""

    rule: str
    spans: tuple[Span, ...] = ()
    premises: tuple[tuple[str, str, str], ...] = ()  # the triples (subject, predicate, object)
    modality: Modality = "asserted"
    correction: str = ""  # its id

    def __post_init__(self) -> None:
        if bool(self.spans) + bool(self.premises) + bool(self.correction) != 1:
            raise ValueError(f"evidence of rule {self.rule} must be observed, derived or told by a person")


@record(frozen=True, slots=True)
class Statement:
    """A triple between entities (their ids), or from an entity to a date, with its reasons; equality ignores them."""

    subject: str
    predicate: str
    object: str | Date
    evidence: tuple[Evidence, ...] = field(compare=False)

    @property
    def triple(self) -> tuple[str, str, str]:
        """The statement as three strings."""
        return self.subject, self.predicate, self.object.value if isinstance(self.object, Date) else self.object


@record(frozen=True, slots=True)
class Quotation:
    """Words that the text attributes to a speaker (an entity's id), and the entities that they are about."""

    speaker: str
    span: Span
    about: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Guise:
    """How some documents show a thing, before it is said which thing that is: 王平 as 清水县县长, in three articles."""

    id: str  # from what it shows, not from the entity: it stays when the judgement changes
    entity: str  # what it was judged to be
    label: str
    span: Span  # words that show it
    documents: tuple[str, ...]  # ids, sorted


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """Whether two guises are the same thing, and the sieve that said so; same ones link the guises of one entity."""

    one: Guise
    other: Guise
    verdict: Verdict
    rule: str
    correction: str = ""  # the id of the one by which a person said so


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one document says: a pure function of the document and the knowledge.

    `identify` adds the judgements of which this document shows the later guise.
    """

    document: Document
    readings: tuple[Reading, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    quotations: tuple[Quotation, ...]
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in an office: when that is attested, and when it began or ended if a text says so.

    Predecessor, successor and full are ids of tenures: who held the seat before and after as far as these texts show,
    and for 代市长 the tenure as 市长.
    """

    id: str
    person: str
    office: str
    attested: tuple[str, ...]  # ISO days on which a text shows it: of the article, or of a meeting attended; sorted
    begin: str = ""
    end: str = ""
    acting: bool = False
    seat: str = ""  # the office itself, for 代市长 that of 市长 where the graph has it
    predecessor: str = ""
    successor: str = ""
    full: str = ""

    @property
    def first(self) -> str:
        """The first day or month that is told of it, or ""."""
        return min((one for one in (self.begin, *self.attested[:1]) if one), default="")

    @property
    def last(self) -> str:
        """The last day or month that is told of it, or ""."""
        return self.end or max((one for one in (self.begin, *self.attested[-1:]) if one), default="")


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Facts of which not all can be true: two in a seat for one at once, or one person in two places."""

    id: str
    rule: str
    about: tuple[str, ...]  # the persons, or the person, and the office; ids
    facts: tuple[tuple[str, str, str], ...]  # the triples, sorted
    note: str  # what is wrong, in Chinese


@dataclass(frozen=True, slots=True)
class Edition:
    """An event as one of a series: which one it is called, and the places and bodies that had it."""

    event: str
    label: str  # 2020, 第三届
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Events of one name that come back, in order."""

    id: str
    name: str
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True, order=True)
class Stage:
    """What a text says was done with a document: drafted, deliberated, adopted, signed or issued."""

    document: str  # the entity
    stage: str
    day: str  # of publication, or ""
    span: Span


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """A fact, or an entity, that a person rejected: it is not in the graph, and this is what is left of it."""

    label: str  # 李强 出席 座谈会
    triple: tuple[str, ...]  # of a fact; the id alone of an entity
    type: str  # of an entity, else ""
    spans: tuple[Span, ...]  # the words that seemed to say it


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """What a person put right, and who, when and why: an entry of a corrections file that took effect."""

    id: str  # from what it says
    action: str
    who: str
    when: str  # the day that the person gives
    why: str
    entry: str  # where it is written: corrections.toml:12
    source: str = ""  # outside the articles, as the person cites it
    about: tuple[str, ...] = ()  # ids of entities
    rejected: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Assembly:
    """The facts of all documents as one graph: each entity and each triple once, everything sorted by id.

    Guaranteed: every subject, object, speaker and tenure names an entity of `entities`; every span a document of
    `documents`. `within` is background from the table of divisions: (part, whole) pairs of entity ids.
    """

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    quotations: tuple[Quotation, ...]
    tenures: tuple[Tenure, ...]
    mentions: tuple[tuple[str, str], ...]  # (document id, entity id), for each entity that the text names
    within: tuple[tuple[str, str], ...]
    judgements: tuple[Judgement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    series: tuple[Series, ...] = ()
    stages: tuple[Stage, ...] = ()
    corrections: tuple[Correction, ...] = ()
