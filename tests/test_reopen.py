"""What was written is read back: everything but the texts between the quoted sentences."""

from pathlib import Path

import pytest
from facts import quote, say, write

from kg.assemble import assemble
from kg.errors import ReadError
from kg.identify import identify
from kg.knowledge import load
from kg.model import Assembly
from kg.rdf import ntriples
from kg.reopen import reopen


def assembly() -> Assembly:
    text = "6月5日，座谈会在湖州举行。\n天气很好。上海市委书记李强出席并主持会议，他强调“要合作”。明日将考察湖州。"
    first = write("一", text, title="座谈会举行", published="2020-06-06", source="新华日报", url="http://a.cn/1?x=李")
    second = write("二", "李强会见龚正。", published="2020-06-07")
    facts = (
        say(
            first,
            "Person:李强 holdsOffice Office:上海市委书记",
            "Person:李强 chaired Event:座谈会 «李强出席并主持会议»",
            "Event:座谈会 heldOn 2020-06-05",
            "Event:座谈会 heldAt Place:湖州市 «在湖州举行»",
            "Person:李强 visited Place:湖州市 !planned «将考察湖州»",
            quotations=(quote(first, "Person:李强", "要合作", "Event:座谈会"),),
        ),
        say(second, "Person:李强 met Person:龚正"),
    )
    return assemble(identify(facts), load().divisions)


def without_hashes(lines: bytes) -> list[bytes]:
    return [line for line in lines.splitlines() if b"sha256" not in line]


def test_written_and_read_back_it_is_the_same(tmp_path: Path) -> None:
    whole = assembly()
    base = "https://example.org/news/"
    path = tmp_path / "graph.nt"
    path.write_bytes(ntriples(whole, base))
    again, found_base = reopen(path)
    assert found_base == base
    assert without_hashes(ntriples(again, base)) == without_hashes(ntriples(whole, base))
    assert again.entities == whole.entities
    assert again.statements == whole.statements
    assert [one.evidence for one in again.statements] == [one.evidence for one in whole.statements]
    assert again.tenures == whole.tenures
    assert again.quotations == whole.quotations
    texts = {document.id: document.text for document in again.documents}
    for document in whole.documents:
        for statement in whole.statements:
            for evidence in statement.evidence:
                for span in evidence.spans:
                    if span.document == document.id:
                        assert span.of(texts[document.id]) == span.of(document.text)
    assert not any("天气" in text for text in texts.values())


@pytest.mark.parametrize("content", [b"", b"<a:b> <a:c> <a:d> .\n", b"no triples\n"])
def test_what_kg_did_not_write_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "graph.nt"
    path.write_bytes(content)
    with pytest.raises(ReadError, match="not a graph that kg wrote"):
        reopen(path)
