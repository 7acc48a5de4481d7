"""What the tests of the page share: a small hostile assembly, assemblies of any size, the JSON in a page."""

import json
import re
from dataclasses import replace
from typing import Any

from kg.model import (
    Assembly,
    Correction,
    Date,
    Document,
    Entity,
    Evidence,
    Quotation,
    Rejection,
    Span,
    Statement,
    Tenure,
)

HOSTILE = "</script><script>alert(1)</script>&\u2028'\"\u202e<img src=x onerror=alert(2)><kg:vis>{{7*7}}"
TEXT = "6月5日，𠮷林座谈会在湖州举行。李强出席座谈会并讲话。李强说：“要合作。”明天李强将考察湖州。"
DOC = Document("d1", "seed", TEXT, "座谈会<b>", "2020-06-06", "日报", "javascript:alert(3)")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span("d1", start, start + len(words))


def small(hostile: str = HOSTILE) -> Assembly:
    return Assembly(
        documents=(DOC,),
        entities=(
            Entity("e-1", "Event", "座谈会", ("𠮷林座谈会",), "Meeting"),
            Entity("i-1", "Initiative", hostile, (hostile,), hostile),
            Entity("l-1", "Place", "湖州市", ("湖州",), "Prefecture", "330500"),
            Entity("o-1", "Office", "上海市委书记"),
            Entity("p-1", "Person", "李强"),
            Entity("v-1", "Province", "浙江省", (), "", "330000"),
        ),
        statements=(
            Statement("e-1", "heldAt", "l-1", (Evidence("r", (span("𠮷林座谈会在湖州举行"),)),)),
            Statement("e-1", "heldOn", Date("2020-06-05"), (Evidence("r", (span("6月5日"),)),)),
            Statement("p-1", "attended", "e-1", (Evidence("r", (span("李强出席座谈会"), span("讲话"))),)),
            Statement("p-1", "foundedBy", "i-1", (Evidence("r", (), (("p-1", "attended", "e-1"),)),)),
            Statement("p-1", "holdsOffice", "o-1", (Evidence("r", (span("李强"),)),)),
            Statement("p-1", "visited", "l-1", (Evidence("r", (span("李强将考察湖州"),), (), "planned"),)),
        ),
        quotations=(Quotation("p-1", span("要合作"), ("i-1",), "r"),),
        tenures=(Tenure("t-1", "p-1", "o-1", ("2020-06-06", "2020-06-07")),),
        mentions=(("d1", "p-1"),),
        within=(("l-1", "v-1"),),
    )


def corrected() -> Assembly:
    """The small one with what persons put right: a fact from a source, one that follows, one that is rejected."""
    made = small("好")
    chaired = Statement("p-1", "chaired", "e-1", (Evidence("correction", correction="correction-1"),))
    follows = Statement("p-1", "spokeAt", "e-1", (Evidence("chair-speaks", (), (chaired.triple,)),))
    rejection = Rejection("李强 会见 浙江省", ("p-1", "met", "v-1"), "", (span("李强说"),))
    return replace(
        made,
        statements=tuple(sorted((*made.statements, chaired, follows), key=lambda one: one.triple)),
        corrections=(
            Correction(
                "correction-1", "assert", "馆员甲<b>", "2026-11-25", "年鉴列名", "c.toml:1", "《年鉴》第5页",
                ("e-1", "p-1"),
            ),
            Correction(
                "correction-2", "reject", "馆员乙", "2026-11-26", "误读", "c.toml:9", "", ("p-1",), (rejection,)
            ),
        ),
    )  # fmt: skip


def large(count: int) -> Assembly:
    """So many things, invented: meetings of one article each over ten years, with people, their offices and places."""
    groups = count // 5
    documents, entities, statements, tenures, mentions = [], [], [], [], []
    for i in range(groups):
        year, month = 2012 + i % 10, 1 + i % 12
        day = f"{year}-{month:02}-15"
        text = f"第{i}次座谈会在{i}号市举行，甲{i}、甲{(i * 7) % groups}出席。{i}号市市长甲{i}主持。"
        documents.append(Document(f"d{i}", f"n{i}", text, f"第{i}次座谈会举行", day, "日报"))
        first, second = (Span(f"d{i}", a, b) for a, b in ((0, text.index("。") + 1), (text.index("。") + 1, len(text))))
        at = {kind: f"{kind}-{i:05}" for kind in "eilop"}
        entities += [
            Entity(at["e"], "Event", f"第{i}次座谈会", (), "Meeting"), Entity(at["i"], "Initiative", f"倡议{i}"),
            Entity(at["l"], "Place", f"{i}号市", (), "Prefecture"), Entity(at["o"], "Office", f"{i}号市市长"),
            Entity(at["p"], "Person", f"甲{i}"),
        ]  # fmt: skip
        statements += [
            Statement(at["e"], "heldAt", at["l"], (Evidence("r", (first,)),)),
            Statement(at["e"], "heldOn", Date(day), (Evidence("r", (first,)),)),
            Statement(at["o"], "officeIn", at["l"], (Evidence("r", (second,)),)),
            Statement(at["p"], "attended", at["e"], (Evidence("r", (first,)),)),
            Statement(at["p"], "holdsOffice", at["o"], (Evidence("r", (second,)),)),
            Statement(at["p"], "speaksOf", f"i-{i * i % groups:05}", (Evidence("r", (second,)),)),
        ]
        if (other := i * 7 % groups) != i:
            statements.append(Statement(f"p-{other:05}", "attended", at["e"], (Evidence("r", (first,)),)))
        tenures.append(Tenure(f"t-{i:05}", at["p"], at["o"], (day,)))
        mentions += [(f"d{i}", ident) for ident in sorted(at.values())]
    return Assembly(
        tuple(documents), tuple(sorted(entities, key=lambda one: one.id)),
        tuple(sorted(statements, key=lambda one: one.triple)), (), tuple(tenures), tuple(mentions), (),
    )  # fmt: skip


def embedded(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])
