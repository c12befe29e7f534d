"""Texts of the site that come back with answers: the correction files they become, and what is refused."""

import io
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import answers
from scripts.corrections import read_correction, read_schema
from scripts.doors import DANGER, DOORS, LANGUAGES, REPLY, WRONG, questions, text_to_copy
from scripts.package import ROOT
from scripts.returned_texts import TextFault, read_returned

OLD_VALUE = "amount_kzt does not hold what the text says is there: was an older version read?\n"
NOT_COPIED = "how somebody knows is not copied, because it can show who asks: look it up in the text\n"
NO_TEXT = "none of the site's texts is in it: copy one from /correct/ and put the answers into it"
DELETE = "delete the text: it can show who asks\n"
WRITE_ID = "above the site's text: write the record's id there, such as P0123, and no other"
READ_WORDS = "the words are printed as they stand: read them for names and for what could show where somebody is\n"
FINE = {"column": "amount_kzt", "there": "24050", "should": "36075", "mistaken": "dataset", "who": "lawyer"}


def filled(language: str, door: str, row_id: str, said: dict[str, str]) -> str:
    """A text to copy with answers after its labels; an option's key is written in the language's words."""
    lines = text_to_copy(language, door, row_id).split("\n")
    for question in questions(language, door):
        number = next(n for n, line in enumerate(lines) if str(question).strip() in line)
        answer = said.get(question.key, "")
        lines[number] += f" {question.options.get(answer, answer)}"
    return "\n".join(lines)


def run(root: Path, text: str | bytes, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The program on a text: exit code, what it printed with the text's name cut off, and on stderr."""
    file = root.parent / "message.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    code = answers.main([str(file), "--root", str(root)])
    out, err = capsys.readouterr()
    return code, out.replace(f"{file}: ", "").replace(f"{root}/", ""), err.replace(f"{file}: ", "")


def written(root: Path) -> dict[str, Any]:
    """Every correction file of a package by its name, each scalar as text; all of them are as the schema says."""
    files = sorted((root / "metadata/corrections").glob("*"))
    for file in files:
        read, problems = read_correction(file.read_bytes(), f"metadata/corrections/{file.name}", read_schema(ROOT))
        assert (read is not None, problems) == (True, [])
    return {file.name: yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) for file in files}


# A mistake


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_of_ours(package: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    assert run(package, filled(language, WRONG, "N0001", FINE), capsys) == (
        0,
        "metadata/corrections/n0001-amount-kzt.yaml\n",
        DELETE,
    )
    assert (package / "metadata/corrections/n0001-amount-kzt.yaml").read_text(encoding="utf-8") == (
        "id: n0001-amount-kzt\n"
        "asked_by: lawyer\n"
        "reason: A reader says that this dataset misread the report.\n"
        "evidence:\n"
        "- passage_id: X0005\n"
        "changes:\n"
        "- change: value\n"
        "  table: penalties\n"
        "  row_id: N0001\n"
        "  field: amount_kzt\n"
        "  expect: '24050'\n"
        "  value: '36075'\n"
    )


def test_a_mistake_of_the_report_stands_beside_it(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = FINE | {"mistaken": "report", "who": "subject", "evidence": "I paid it myself in court no. 2"}
    assert run(package, filled("en", WRONG, "N0001", said), capsys)[::2] == (0, NOT_COPIED + DELETE)
    assert written(package)["n0001-amount-kzt.yaml"] == {
        "id": "n0001-amount-kzt",
        "asked_by": "subject",
        "reason": "A reader says that the report is mistaken.",
        "evidence": [{"source_id": "new:S1"}],
        "changes": [
            {
                "change": "add",
                "table": "sources",
                "new": "S1",
                "row": {"source_type": "note", "title": "A statement sent to the maintainers"},
            },
            {
                "change": "other_value",
                "table": "penalties",
                "row_id": "N0001",
                "field": "amount_kzt",
                "expect": "24050",
                "value": "36075",
                "source_id": "new:S1",
                "status": "disputed",
                "note": "A reader says that the report is mistaken.",
            },
        ],
    }


@pytest.mark.parametrize(
    ("evidence", "found", "source"),
    [
        ("see https://court.example/ruling/7.", [{"url": "https://court.example/ruling/7"}], {"source_id": "new:S1"}),
        ("X0006 says it, x0006!", [{"passage_id": "X0006"}, {"passage_id": "X0006"}], {"passage_id": "X0006"}),
        ("S0001", [{"source_id": "S0001"}], {"source_id": "S0001"}),
    ],
)
def test_links_passages_and_sources_are_evidence(
    package: Path, capsys: pytest.CaptureFixture[str], evidence: str, found: list[Any], source: dict[str, str]
) -> None:
    run(package, filled("en", WRONG, "N0001", FINE | {"mistaken": "report", "evidence": evidence}), capsys)
    correction = written(package)["n0001-amount-kzt.yaml"]
    assert correction["evidence"] == found
    assert source.items() <= correction["changes"][-1].items()


def test_the_same_asked_twice_is_two_files(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        run(package, filled("en", WRONG, "N0001", FINE), capsys)
    names = ["n0001-amount-kzt-2.yaml", "n0001-amount-kzt-3.yaml", "n0001-amount-kzt.yaml"]
    assert list(written(package)) == names
    assert [correction["id"] for correction in written(package).values()] == [name[:-5] for name in names]


def test_other_folder_and_standard_input(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = filled("kk", WRONG, "N0001", FINE)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert answers.main(["-", "--root", str(package), "-o", str(tmp_path / "drafts")]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/drafts/n0001-amount-kzt.yaml\n"


@pytest.mark.parametrize(
    ("should", "value"), [("36 075", "36075"), ("36\u00a0075", "36075"), ("empty", ""), ("пусто", ""), ("—", "")]
)
def test_values_in_the_columns_form(
    package: Path, capsys: pytest.CaptureFixture[str], should: str, value: str
) -> None:
    assert run(package, filled("en", WRONG, "N0001", FINE | {"should": should}), capsys)[0] == 0
    assert written(package)["n0001-amount-kzt.yaml"]["changes"][0]["value"] == value


# As messengers bring it


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def quoted(text: str) -> str:
    return "".join(f"> > {line}\n" for line in text.splitlines())


def decorated(text: str) -> str:
    return "Good day! 🙏\n\n" + text.replace("This is wrong.", "*This is wrong.* 🌷")


def wrapped(text: str) -> str:
    return text.replace("(the one named / a relative", "(the one\n> named / a\n> relative")


def spread(text: str) -> str:
    return text.replace(": ", ":\n\n\u200b  ").replace("\n", "\n\n")


def bare(text: str) -> str:
    """Without the numbers, the brackets and the capital letters."""
    lines = [line.partition("(")[0] + line.rpartition(")")[2] if "(" in line else line for line in text.split("\n")]
    return "\n".join(line.lstrip("0123456789. ").lower() for line in lines)


def answered_below(text: str) -> str:
    """The empty text, quoted, and under it the filled one."""
    return text + quoted(text_to_copy("en", WRONG, "N0001"))


def look_alike(text: str) -> str:
    return text.replace("N0001", "n0001", 1)


def utf_16(text: str) -> bytes:
    return text.encode("utf-16")


def bom(text: str) -> bytes:
    return text.encode("utf-8-sig")


@pytest.mark.parametrize(
    "sent", [crlf, quoted, decorated, wrapped, spread, bare, answered_below, look_alike, utf_16, bom]
)
def test_a_text_is_read_as_a_messenger_brings_it(
    package: Path, capsys: pytest.CaptureFixture[str], sent: Any
) -> None:
    assert run(package, sent(filled("en", WRONG, "N0001", FINE)), capsys)[0] == 0
    assert written(package)["n0001-amount-kzt.yaml"]["changes"] == [
        {
            "change": "value",
            "table": "penalties",
            "row_id": "N0001",
            "field": "amount_kzt",
            "expect": "24050",
            "value": "36075",
        }
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("door", [WRONG, REPLY])
def test_every_option_is_read_in_every_language(language: str, door: str) -> None:
    for question in questions(language, door):
        for option, written_as in question.options.items():
            text = filled(language, door, "N0001", {question.key: option})
            returned = read_returned(text)
            assert (returned.door, returned.language) == (door, language)
            assert returned.answers[question.key] == written_as
            other = {key: answer for key, answer in returned.answers.items() if key != question.key}
            assert set(other.values()) <= {""}


# A reply


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_stands_word_for_word(package: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    said = {"words": "That is not so.\nI was fined later, “in May”: 1 time.", "allowed": "yes"}
    said |= {"effect": "other_account", "who": "subject"}
    assert run(package, filled(language, REPLY, "A0001", said), capsys) == (
        0,
        "metadata/corrections/a0001-reply.yaml\n",
        READ_WORDS + DELETE,
    )
    assert written(package)["a0001-reply.yaml"] == {
        "id": "a0001-reply",
        "asked_by": "subject",
        "reason": "A reply to the record, printed with permission.",
        "evidence": [{"source_id": "new:S1"}],
        "changes": [
            {
                "change": "add",
                "table": "sources",
                "new": "S1",
                "row": {"source_type": "note", "title": "A statement sent to the maintainers"},
            },
            {
                "change": "add",
                "table": "responses",
                "row": {
                    "table_name": "acts",
                    "row_id": "A0001",
                    "responder_kind": "affected_person",
                    "person_id": "P0001",
                    "response": "other_account",
                    "source_alleges_pressure": "false",
                    "description": "That is not so. I was fined later, “in May”: 1 time.",
                    "source_id": "new:S1",
                },
                "sources": ["new:S1"],
            },
        ],
    }


@pytest.mark.parametrize(
    ("row_id", "who", "responder", "asked_by", "note"),
    [
        ("O0001", "subject", {"responder_kind": "official", "official_id": "O0001"}, "subject", ""),
        ("Q0001", "official", {"responder_kind": "official", "official_id": "O0001"}, "subject", ""),
        ("A0001", "lawyer", {"responder_kind": "affected_person", "person_id": "P0001"}, "lawyer", ""),
        ("A0001", "court", {"responder_kind": "court"}, "subject", ""),
        ("A0001", "relative", {"responder_kind": "relative"}, "relative", "person_id"),
        ("E0001", "subject", {"responder_kind": "affected_person"}, "subject", "person_id"),
    ],
)
def test_who_replies(
    package: Path,
    capsys: pytest.CaptureFixture[str],
    row_id: str,
    who: str,
    responder: dict[str, str],
    asked_by: str,
    note: str,
) -> None:
    said = {"words": "No.", "allowed": "yes", "effect": "denies", "who": who}
    err = run(package, filled("en", REPLY, row_id, said), capsys)[2]
    correction = written(package)[f"{row_id.lower()}-reply.yaml"]
    row = correction["changes"][1]["row"]
    assert {key: row[key] for key in row if key in ("responder_kind", "official_id", "person_id")} == responder
    assert correction["asked_by"] == asked_by
    to_fill = f"{note} of the one who answers is not known from the record: fill it in\n" if note else ""
    assert err == to_fill + READ_WORDS + DELETE


# What is refused


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_leaves_no_file(package: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    before = sorted(package.rglob("*"))
    text = filled(language, DANGER, "P0001", {"others": "A0001, p0002. Write to me@mail.example"})
    assert run(package, text, capsys) == (
        1,
        "P0001, A0001, P0002: it is dangerous. No file is written, and none may be.\n"
        "Hide first:\n"
        "   python -m scripts.withhold P0001 --mode pseudonymise --month YYYY-MM\n"
        "   A0001 is no person's id: open its row, and withhold each person whom it is about in the same way\n"
        "   python -m scripts.withhold P0002 --mode pseudonymise --month YYYY-MM\n"
        "Decide afterwards whether it stays hidden.\n"
        "Delete the text. Write nowhere who asked, why, or for what.\n",
        "",
    )
    assert sorted(package.rglob("*")) == before


def test_danger_comes_before_everything_else(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = filled("en", WRONG, "N0001", FINE) + "\n" + text_to_copy("ru", DANGER, "P0001")
    code, out, _ = run(package, text, capsys)
    assert (code, out.splitlines()[0]) == (1, "N0001, P0001: it is dangerous. No file is written, and none may be.")
    assert run(package, text_to_copy("en", DANGER, ""), capsys)[:2] == (
        1,
        "somebody asks for a record to be hidden, and no id is there: ask at once which one\n",
    )


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ("ask me@mail.example", "an e-mail address"),
        ("call +7 701 555 01 01", "a telephone number"),
        ("my number is 900101300123", "a personal number"),
        ("passport N01234567", "the number of a passport or identity card"),
    ],
)
def test_personal_data_are_refused_and_not_repeated(
    package: Path, capsys: pytest.CaptureFixture[str], evidence: str, told: str
) -> None:
    code, out, err = run(package, filled("ru", WRONG, "N0001", FINE | {"evidence": evidence}), capsys)
    assert code == 1
    assert out.splitlines()[0] == f"line 8: {told}: take it out of the text; it may not reach a file"
    assert evidence not in out + err
    assert written(package) == {}


LACKING = [
    ({"column": ""}, "which column: none is named; penalties has person_id, event_id, "),
    ({"column": "amount_kzt or court"}, "which column: none is named; penalties has person_id, event_id, "),
    ({"column": "penalty_id"}, "which column: none is named; penalties has person_id, event_id, "),
    ({"should": ""}, "what should be there: nothing is said; for an empty cell write “empty”"),
    ({"should": "much more"}, "what should be there: amount_kzt takes a number such as 36075 or 2.5"),
    ({"column": "date_start", "should": "7 May"}, "what should be there: date_start takes a day as 2018-05-10"),
    ({"column": "is_suspended", "should": "yes"}, "what should be there: is_suspended takes true or false"),
    ({"mistaken": ""}, "Who is mistaken: not answered by one of: the dataset / the report / I do not know"),
    ({"mistaken": "unknown"}, "who is mistaken is not known: read the passage, then write into the text who is"),
    ({"mistaken": "report", "should": "empty"}, "an empty cell is no other value: write into the text what should be "),
    ({"who": "dataset"}, "Who are you: not answered by one of: the one named / a relative / a lawyer / a researcher"),
    ({"who": "a lawyer and a relative"}, "Who are you: not answered by one of: the one named / a relative / "),
]  # fmt: skip


@pytest.mark.parametrize(("said", "told"), LACKING, ids=range(len(LACKING)))
def test_what_is_lacking_is_told(
    package: Path, capsys: pytest.CaptureFixture[str], said: dict[str, str], told: str
) -> None:
    code, out, err = run(package, filled("en", WRONG, "N0001", FINE | said), capsys)
    assert (code, len(out.splitlines()), err) == (1, 1, "")
    assert out.startswith(told)
    assert written(package) == {}


def test_everything_lacking_is_told_at_once(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(run(package, text_to_copy("kk", WRONG, "N0001"), capsys)[1].splitlines()) == 3
    assert run(package, text_to_copy("en", REPLY, "N0001"), capsys)[:2] == (
        1,
        "May they be printed beside the record: not answered by one of: yes / no\n"
        "What my words do: not answered by one of: deny / tell it otherwise / take back / confirm / bring news\n"
        "Who replies: not answered by one of: the one named / a relative / a lawyer for them / an official / "
        "an authority / a court\n"
        "the words to be printed: there are none\n",
    )


def test_words_without_permission_are_not_written(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {"words": "No.", "allowed": "no", "effect": "denies", "who": "court"}
    assert run(package, filled("kk", REPLY, "N0001", said), capsys)[:2] == (
        1,
        "the words may not be printed: there is nothing to write; answer in private\n",
    )
    assert written(package) == {}


@pytest.mark.parametrize(
    ("row_id", "told"),
    [
        ("P0009", "P0009 was merged into P0001: write that id"),
        ("P0003", "P0003 is withheld: no correction of it may stand in a file"),
        ("P9999", "no record has the id P9999: ask which one is meant"),
        ("Y0001", "no record has the id Y0001: ask which one is meant"),
        ("", f"no id stands {WRITE_ID}"),
        ("P0001 P0002", f"P0001, P0002 stand {WRITE_ID}"),
    ],
)
def test_which_record(package: Path, capsys: pytest.CaptureFixture[str], row_id: str, told: str) -> None:
    said = FINE | {"column": "surname", "should": "Mockson"}
    assert run(package, filled("en", WRONG, row_id, said), capsys) == (1, f"{told}\n", "")
    assert written(package) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", NO_TEXT),
        ("P0001 is wrong, believe me", NO_TEXT),
        (
            text_to_copy("en", WRONG, "P0001") + text_to_copy("ru", REPLY, "P0001"),
            "it holds two of the site's texts: put each into a file of its own",
        ),
        (
            filled("en", WRONG, "N0001", FINE)
            + filled("en", WRONG, "N0001", FINE | {"should": "1", "who": "relative"}),
            "should: it is answered twice, and differently: leave one\n"
            "who: it is answered twice, and differently: leave one",
        ),
    ],
)
def test_which_text(package: Path, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    assert run(package, text, capsys) == (1, f"{told}\n", "")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Это ошибка".encode("cp1251"), "it is not a text in UTF-8: save it as UTF-8"),
        (b"a" * 100_001, "it is larger than 100,000 bytes: no message is"),
    ],
)
def test_what_is_no_text(package: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str) -> None:
    assert run(package, content, capsys) == (2, "", f"{told}\n")


def test_missing_file_and_package(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answers.main([str(tmp_path / "none.txt")]) == 2
    assert "No such file" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    code, out, err = run(tmp_path / "empty", filled("en", WRONG, "N0001", FINE), capsys)
    assert (code, out, err.startswith("the package cannot be read: ")) == (2, "", True)


def test_an_older_value_is_told(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(package, filled("en", WRONG, "N0001", FINE | {"there": "9"}), capsys)[::2] == (0, OLD_VALUE + DELETE)


REPEATED = {"N0001\n": 8_000, "1. ": 9_000, "> ": 40_000, "(": 49_000, "_": 49_000, "\r\n": 24_000, "what\n": 9_000}
ODD = ["\0", "𐀀", *(text * times for text, times in REPEATED.items())]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_texts_end_in_one_line(package: Path, capsys: pytest.CaptureFixture[str], odd: str) -> None:
    for door in DOORS:
        code, out, err = run(package, f"{odd}\n{text_to_copy('en', door, 'N0001')}{odd}", capsys)
        assert (code in (1, 2), "Traceback" in out + err) == (True, False)


def test_a_text_without_a_door_says_so_itself() -> None:
    with pytest.raises(TextFault) as error:
        read_returned("N0001")
    assert error.value.lines == (NO_TEXT,)
