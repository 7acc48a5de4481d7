"""Files become documents with their text exactly as it stands; what cannot be read is refused with one clear line."""

import gzip
import io
import json
import os
import sys
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import KGError, ReadError
from kg.knowledge import load
from kg.model import Document
from kg.read import list_files, read
from kg.read.dateline import read_dateline
from kg.read.encoding import decode

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


# JSON LINES


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


# FILES AND FOLDERS


def test_folders_are_read_through_in_order_and_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/一.txt", "a.txt", "c.TXT", ".hidden.txt", ".git/x.txt"):
        put(tmp_path / name, f"正文 {name}。")
    put(tmp_path / "notes.docx", b"PK\0")
    listing = list_files([tmp_path, tmp_path / "a.txt"])
    assert [Path(file).name for file in listing.files] == ["a.txt", "一.txt", "c.TXT"]
    assert [Path(file).name for file in listing.passed_over] == ["notes.docx"]


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
        ("a.docx", b"PK", "cannot be read yet"),
        ("a", b"text", "cannot be read yet"),
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
    put(tmp_path / "a.docx", b"PK")
    with pytest.raises(ReadError, match=r"no text in this folder \(1 other file, such as .*a.docx\)"):
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
