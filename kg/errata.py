"""What persons put right, as triples: each correction with who, when and why, and what is left of what was rejected.

A fact that a person asserts has the correction for kg:evidence. A correction leads by prov:wasAssociatedWith to who
made it, and has dcterms:date, kg:reason and kg:entry. A rejected fact leads to its correction by prov:wasInvalidatedBy.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg import nodes
from kg.model import Correction, Rejection, short_hash
from kg.nodes import Sources

Triple = tuple[str, str, str]


class Spelling(Protocol):
    """How terms are spelled: with whole IRIs or with prefixed names."""

    def term(self, name: str) -> str:
        """A class or property by its prefixed name."""

    def of(self, ident: str) -> str:
        """An individual."""

    def text(self, text: str) -> str:
        """Words in Chinese."""

    def plain(self, text: str) -> str:
        """Words of no language."""

    def date(self, value: str) -> str:
        """A day, a month, a year or an interval."""


def errata(corrections: Iterable[Correction], spell: Spelling, sources: Sources) -> Iterator[Triple]:
    """The triples; all of one subject come one after the other."""
    made = tuple(corrections)
    for who in sorted({one.who for one in made}):
        me = spell.of(_corrector(who))
        yield me, spell.term("rdf:type"), spell.term("kg:Corrector")
        yield me, spell.term("rdfs:label"), spell.text(who)
    for one in made:
        yield from _correction(one, spell)
    for one in made:
        for rejection in one.rejected:
            yield from _rejection(one, rejection, spell, sources)


def _correction(one: Correction, spell: Spelling) -> Iterator[Triple]:
    me = spell.of(one.id)
    yield me, spell.term("rdf:type"), spell.term("kg:Correction")
    yield me, spell.term("kg:action"), spell.plain(one.action)
    yield me, spell.term("prov:wasAssociatedWith"), spell.of(_corrector(one.who))
    yield me, spell.term("dcterms:date"), spell.date(one.when)
    yield me, spell.term("kg:reason"), spell.text(one.why)
    yield me, spell.term("kg:entry"), spell.plain(one.entry)
    if one.source:
        # A literal: what a person cites need not be a valid IRI.
        yield me, spell.term("dcterms:source"), spell.plain(one.source)
    for ident in one.about:
        yield me, spell.term("kg:corrects"), spell.of(ident)


def _rejection(one: Correction, rejection: Rejection, spell: Spelling, sources: Sources) -> Iterator[Triple]:
    kind = "rejected-entity" if rejection.type else "rejected-fact"
    me = spell.of(f"{kind}-{short_hash('Rejection', one.id, *rejection.triple)}")
    yield me, spell.term("rdf:type"), spell.term("kg:RejectedEntity" if rejection.type else "kg:RejectedFact")
    yield me, spell.term("rdfs:label"), spell.text(rejection.label)
    yield me, spell.term("prov:wasInvalidatedBy"), spell.of(one.id)
    if rejection.type:
        yield me, spell.term("kg:rejectedEntity"), spell.of(rejection.triple[0])
        yield me, spell.term("kg:rejectedType"), spell.term(f"kg:{rejection.type}")
    else:
        subject, relation, thing = rejection.triple
        yield me, spell.term("kg:rejectedSubject"), spell.of(subject)
        yield me, spell.term("kg:rejectedRelation"), spell.term(f"kg:{relation}")
        if relation == "heldOn":
            yield me, spell.term("kg:rejectedDate"), spell.date(thing)
        else:
            yield me, spell.term("kg:rejectedObject"), spell.of(thing)
    for span in rejection.spans:
        yield me, spell.term("prov:wasDerivedFrom"), spell.of(nodes.spanned("sentence", sources.sentence(span)))


def _corrector(who: str) -> str:
    return f"corrector-{short_hash('Corrector', who)}"
