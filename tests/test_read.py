"""Files become documents with their text exactly as it stands; what cannot be read is refused with one clear line."""

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import KGError, ReadError
from kg.knowledge import load
from kg.model import Document
from kg.read import json_lines, list_files, read, read_bytes
from kg.read.dateline import read_dateline
from kg.read.encoding import decode
from kg.read.lines import lines_of

CHROMIUM = shutil.which("chromium")
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("，。；“”《》\n\r\t ab1２"))


def one(path: Path, **options: str) -> Document:
    (document,) = read([path], **options)
    return document


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(*records: dict[str, object]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


# TEXT


@given(text=HAN, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"]))
def test_every_encoding_gives_the_text_back(text: str, encoding: str) -> None:
    raw = text.encode(encoding)
    if encoding == "gb18030":  # some pairs of bytes are UTF-8 too: 联通 alone cannot be told apart
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as error:
            assume(error.reason != "unexpected end of data")
        else:
            assume(raw.isascii())
    assert decode(raw, "a.txt") == text


@pytest.mark.parametrize("text", ["湖州\r\n会议。\n\n", "湖州\r会议。", "\n  湖州 \u2028会议。\x0c\n"])
def test_text_is_not_touched(tmp_path: Path, text: str) -> None:
    assert one(put(tmp_path / "a.txt", text)).text == text
    assert one(put(tmp_path / "b.txt", b"\xef\xbb\xbf" + text.encode())).text == text
    assert one(put(tmp_path / "c.txt.gz", gzip.compress(text.encode()))).text == text


def test_the_detector_is_asked_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "浙江\xff".encode("latin-1", "ignore") + b"\xff\xff"
    path = put(tmp_path / "a.txt", raw)
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    with pytest.raises(ReadError, match="neither UTF-8 nor GB18030"):
        one(path)

    class Detector:
        encoding = "latin-1"

        @classmethod
        def from_bytes(cls, raw: bytes) -> "type[Detector]":
            return cls

        @classmethod
        def best(cls) -> "type[Detector]":
            return cls

    monkeypatch.setitem(sys.modules, "charset_normalizer", Detector)
    assert one(path).text == "ÿÿÿ"


def test_utf8_cut_short_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="breaks off"):
        one(put(tmp_path / "a.txt", "会议在湖州举行。".encode()[:-1]))


# WHAT A TEXT SAYS OF ITSELF


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "座谈会在湖州举行\n2020-06-07 10:22 来源：新华日报\n6月5日，会议举行。",
            ("座谈会在湖州举行", "2020-06-07", "新华日报"),
        ),
        (
            "座谈会在湖州举行\n2020年06月07日 来源: 人民网-人民日报\n正文。",
            ("座谈会在湖州举行", "2020-06-07", "人民网-人民日报"),
        ),
        ("座谈会举行\n发布时间：2020/6/7 10:22:05\n正文。", ("座谈会举行", "2020-06-07", "")),
        ("座谈会举行\n正文。\n（2020年6月7日 第01版）", ("座谈会举行", "2020-06-07", "")),
        ("座谈会举行\n《新华日报》２０２０年６月７日\n正文。", ("座谈会举行", "2020-06-07", "")),
        ("来源：新华社\n座谈会举行\n正文。", ("座谈会举行", "", "新华社")),
        # a day of the story, a range, a day that does not exist, a line too long to be a dateline
        ("2020年6月5日座谈会举行\n正文。", ("2020年6月5日座谈会举行", "", "")),
        ("展会举行\n会期 2020年6月5日至2020年6月7日\n正文。", ("展会举行", "", "")),
        ("展会举行\n2020-02-30\n正文。", ("展会举行", "", "")),
        ("展会举行\n" + "正文" * 40 + " 2020-06-07\n正文。", ("展会举行", "", "")),
        # no headlines: a sentence, a paragraph, the only line
        ("会议举行。\n正文。", ("", "", "")),
        ("会" * 60 + "\n正文。", ("", "", "")),
        ("上海市委书记李强出席会议", ("", "", "")),
    ],
)
def test_dateline(text: str, expected: tuple[str, str, str]) -> None:
    shown = read_dateline(text, load())
    assert (shown.title, shown.published, shown.source) == expected


def test_a_date_deep_in_the_text_is_not_its_day() -> None:
    story = "\n".join(["展会举行", *["正文。"] * 10, "2020-06-07", *["正文。"] * 10])
    assert read_dateline(story, load()).published == ""


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2020-06-07.txt", "2020-06-07"),
        ("20200607 湖州.txt", "2020-06-07"),
        ("2020-yangtze.txt", ""),
        ("1234567890.txt", ""),
    ],
)
def test_the_day_of_a_file_name(tmp_path: Path, name: str, day: str) -> None:
    assert one(put(tmp_path / name, "正文。")).published == day


def test_the_text_goes_before_the_file_name_and_that_before_the_option(tmp_path: Path) -> None:
    options = {"published": "2020/6/9", "title": "给定", "source": "某报"}
    shown = one(put(tmp_path / "2020-06-08.txt", "座谈会举行\n2020-06-07 来源：新华社\n正文。"), **options)
    assert (shown.title, shown.published, shown.source) == ("座谈会举行", "2020-06-07", "新华社")
    assert one(put(tmp_path / "2020-06-08 b.txt", "正文。"), **options).published == "2020-06-08"
    silent = one(put(tmp_path / "b.txt", "正文。"), **options)
    assert (silent.title, silent.published, silent.source) == ("给定", "2020-06-09", "某报")


def test_an_option_that_is_no_day_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(KGError, match="no day") as caught:
        one(put(tmp_path / "a.txt", "正文。"), published="昨天")
    assert caught.value.exit_code == 2


def test_the_seed() -> None:
    seed = one(Path(__file__).parents[1] / "seeds" / "2020-yangtze-delta-leaders-meeting.txt")
    assert seed.title == "2020年度长三角地区主要领导座谈会在浙江湖州举行"
    assert seed.published == ""  # 2020 in the file's name is a year, 6月5日 the day of the meeting


# FORMATS

_STORY = "6月5日，2020年度长三角地区主要领导座谈会在湖州举行。上海市委书记李强，上海市委副书记、代市长龚正出席。"
_PAGE = f"""<!DOCTYPE html><html><head><meta charset="CHARSET"><title>座谈会在湖州举行_某网</title>
<meta property="og:title" content="座谈会在湖州举行"><meta property="og:site_name" content="某网">
<meta property="article:published_time" content="2020-06-07T08:00:00+08:00">
<link rel="canonical" href="https://example.org/a/1.html"></head>
<body><nav><ul><li><a href="/">首页</a></li><li><a href="/zx">资讯</a></li></ul></nav>
<article><h1>座谈会在湖州举行</h1><p>{_STORY}</p><p>{_STORY}会议指出，要共同育新机开新局。</p></article>
<footer>版权所有 某网 <a href="/about">关于我们</a></footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_page_gives_its_article_and_its_meta_data(tmp_path: Path, charset: str) -> None:
    page = _PAGE.replace("CHARSET", charset).encode("gb18030" if charset == "gb2312" else charset)
    found = one(put(tmp_path / "a.html", page))
    assert found.text.count(_STORY) == 2
    assert "首页" not in found.text and "版权所有" not in found.text
    assert (found.title, found.published) == ("座谈会在湖州举行", "2020-06-07")
    assert (found.source, found.url) == ("某网", "https://example.org/a/1.html")


def test_a_page_may_name_its_encoding_wrongly(tmp_path: Path) -> None:
    for name in ("utf-8", "windows-9999", "big5"):
        assert _STORY in one(put(tmp_path / "a.html", _PAGE.replace("CHARSET", name).encode("gb18030"))).text


def test_markdown_loses_its_marks_and_gives_its_front_matter(tmp_path: Path) -> None:
    front = "---\ntitle: '座谈会举行'\n来源: 新华日报\ndate: 2020年6月7日\n---\n"
    found = one(put(tmp_path / "a.md", front + "# 标题\n\n**李强**出席\n[会议](http://a.cn)。\n\n- 一\n- 二\n"))
    assert found.text == "标题\n李强出席\n会议。\n一\n二"
    assert (found.title, found.published, found.source) == ("座谈会举行", "2020-06-07", "新华日报")
    assert one(put(tmp_path / "b.md", "# 座谈会举行\n\n正文。")).title == "座谈会举行"
    with pytest.raises(ReadError, match=r"a.md: 'published' is '昨天', no day"):
        one(put(tmp_path / "a.md", "---\ndate: 昨天\n---\n正文。"))


def test_a_word_file_gives_its_paragraphs_and_tables(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("座谈会在湖州举行")
    document.add_paragraph("2020-06-07 来源：新华日报")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "市长", "龚正"
    document.add_paragraph(_STORY)
    document.save(str(tmp_path / "a.docx"))
    found = one(tmp_path / "a.docx")
    assert found.text == f"座谈会在湖州举行\n2020-06-07 来源：新华日报\n市长 龚正\n{_STORY}"
    assert (found.title, found.published, found.source) == ("座谈会在湖州举行", "2020-06-07", "新华日报")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to print a PDF")
def test_the_lines_of_a_pdf_are_joined(tmp_path: Path) -> None:
    page = put(tmp_path / "a.html", f"<meta charset=utf-8><p>座谈会举行<p>{_STORY * 3}")
    subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'a.pdf'}", page.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert one(tmp_path / "a.pdf").text == f"座谈会举行\n{_STORY * 3}"


def test_a_missing_library_is_said_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(KGError, match=r"a.html: needs trafilatura; install it with: pip .*\[formats\]"):
        one(put(tmp_path / "a.html", _PAGE))


# CSV


@pytest.mark.parametrize("head", ["id,title,text", "编号;标题;正文", "DocID\tHeadline\tContent"])
def test_rows_of_csv(tmp_path: Path, head: str) -> None:
    mark = next(character for character in head if character in ",;\t")
    rows = f'{head}\r\n1{mark}题{mark}"第一行，\n第二行""引""。"\r\n2{mark}{mark}另文。\r\n'
    first, second = read([put(tmp_path / "a.csv", rows.encode("gb18030"))], title="给定")
    assert (first.name, first.title, first.text) == ("1", "题", '第一行，\n第二行"引"。')
    assert (second.name, second.title, second.text) == ("2", "给定", "另文。")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "a.csv: is empty"),
        ("id,title\n1,题\n", "a.csv:2: no text"),
        ("id,text\n1,李强，出席,会议\n", "a.csv:2: more cells than columns"),
        ('id,text\n1,"李强\n', "a.csv:1: broken CSV"),
        ("id,text\n1,正文。\n1,另文。\n", "a.csv:3: id '1' was in .*a.csv:2 already"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        list(read([put(tmp_path / "a.csv", content)]))


# JSON LINES


def test_the_field_names_of_other_exports(tmp_path: Path) -> None:
    record: dict[str, object] = {"标题": "题", "正文": "正文。", "发布日期": "2020/6/7", "来源": "报", "title": "本名"}
    record["Link"] = "http://a.cn"
    found = one(put(tmp_path / "a.jsonl", lines(record)))
    assert (found.title, found.text, found.published) == ("本名", "正文。", "2020-06-07")
    assert (found.source, found.url) == ("报", "http://a.cn")


def test_json_lines(tmp_path: Path) -> None:
    record: dict[str, object] = {"id": "d1", "title": "题", "published": "2020年6月7日", "text": "正文\u2028。"}
    record |= {"source": "报", "url": "http://a.cn", "entities": []}
    path = put(tmp_path / "a.jsonl", lines(record) + "\n" + lines({"text": "无题。", "published": None}))
    first, second = read([path], title="给定")
    assert (first.name, first.title, first.published) == ("d1", "题", "2020-06-07")
    assert (first.source, first.url, first.text) == ("报", "http://a.cn", "正文\u2028。")
    assert (second.name, second.title, second.published) == ("a.jsonl:3", "给定", "")
    assert [one.id for one in read([put(tmp_path / "b.jsonl.gz", gzip.compress(path.read_bytes()))])][:1] == [first.id]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"id": "1", "text": "正文。"}\n{"id": "2", "text": ', "a.jsonl:2: broken JSON"),
        ("[" * 100_000, "a.jsonl:1: broken JSON"),
        ('["正文"]\n', "a.jsonl:1: not a JSON object"),
        ('{"id": "1"}\n', "a.jsonl:1: no text"),
        ('{"id": "1", "text": "  "}\n', "a.jsonl:1: no text"),
        ('{"id": "1", "text": 5}\n', "a.jsonl:1: no text"),
        ('{"id": "1", "text": "正文", "published": "2020-13-01"}\n', "a.jsonl:1: 'published' is '2020-13-01', no day"),
        ('{"id": "1", "text": "正文", "title": ["题"]}\n', "a.jsonl:1: 'title' must be a string"),
        ('{"id": "1", "text": "正文"}\n{"id": "1", "text": "另文"}\n', "a.jsonl:2: id '1' was in .*a.jsonl:1 already"),
        ('{"id": "1", "text": "正文\\ud83d"}\n', "a.jsonl:1: half of a character"),
        ('{"id": "\\udc00", "text": "正文"}\n', "a.jsonl:1: half of a character"),
        ('{"id": "1", "text": "正文\\u0000"}\n', "a.jsonl:1: the character NUL"),
        ("\n\n", "a.jsonl: is empty"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        list(read([put(tmp_path / "a.jsonl", content)]))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


@given(
    st.lists(st.text("{}湖州a\r\u2028 ", max_size=6), max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.booleans(),
)
def test_line_by_line_is_what_the_whole_file_holds(rows: list[str], encoding: str, zipped: bool) -> None:
    raw = "\n".join(rows).encode(encoding)
    with tempfile.TemporaryDirectory() as folder:
        path = str(put(Path(folder) / "a.jsonl", gzip.compress(raw) if zipped else raw))
        whole, streamed = (_lines_or_why(lambda: json_lines(*read_bytes(path))), _lines_or_why(lambda: lines_of(path)))
    assert streamed == whole


def _lines_or_why(lines_of_file: Callable[[], Iterable[tuple[str, str]]]) -> list[tuple[str, str]] | str:
    try:
        return list(lines_of_file())
    except ReadError as error:
        return str(error)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"text": "正文"}\n'.encode() + '{"text": "另文"}'.encode("gb18030"), "a.jsonl:2: no UTF-8"),
        ('{"id": "1", "text": "正文"}'.encode()[:-3], "a.jsonl: breaks off in the middle"),
    ],
)
def test_a_file_of_two_encodings_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        list(read([put(tmp_path / "a.jsonl", content)]))


# FILES AND FOLDERS


def test_folders_are_read_through_in_order_and_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/一.txt", "a.txt", "c.TXT", ".hidden.txt", ".git/x.txt", "README.md"):
        put(tmp_path / name, f"正文 {name}。")
    put(tmp_path / "notes.odt", b"PK\0")
    listing = list_files([tmp_path, tmp_path / "a.txt"])
    assert [Path(file).name for file in listing.files] == ["a.txt", "一.txt", "c.TXT"]
    assert [Path(file).name for file in listing.passed_over] == ["README.md", "notes.odt"]


def test_a_text_that_is_there_twice_is_read_once(tmp_path: Path) -> None:
    for folder in ("2020", "2021"):
        (tmp_path / folder).mkdir()
        put(tmp_path / folder / "a.txt", "正文。")
        put(tmp_path / folder / "b.txt", f"{folder}正文。")
    assert [document.name for document in read([tmp_path])] == ["a.txt", "b.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a binary file"),
        ("a.txt", "正文".encode("utf-16")[:-1], "breaks off"),
        ("a.odt", b"PK", "cannot be read;"),
        ("a.docx", b"PK", "no Word file"),
        ("a.pdf", b"%PDF-1.4\n", "this PDF cannot be read"),
        ("a.html", b"<p></p>", "no text in it"),
        ("a.md", b"---\ntitle: a\n---\n", "is empty"),
        ("a", b"text", "cannot be read;"),
        ("a.txt.gz", b"text", "is not gzipped"),
        ("a.txt.gz", gzip.compress("正文。".encode() * 100)[:-9], "broken gzip"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        list(read([put(tmp_path / name, content)]))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_folders_without_texts(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        list(read([tmp_path / "none.txt"]))
    with pytest.raises(ReadError, match="no text in this folder; give"):
        list(read([tmp_path]))
    put(tmp_path / "a.odt", b"PK")
    with pytest.raises(ReadError, match=r"no text in this folder \(1 other file, such as .*a.odt\)"):
        list(read([tmp_path]))


@pytest.mark.parametrize("content", ["正文。", lines({"id": "stdin", "text": "正文。"})])
def test_standard_input_and_pipes_are_known_by_their_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    (document,) = read(["-"])
    assert (document.name, document.text) == ("stdin", "正文。")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(content.encode(),))
    writer.start()
    (document,) = read([pipe])
    writer.join()
    assert document.text == "正文。"
