"""The segmenter, on small texts made up here: what is one passage, what goes on in another, its page and governor."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import governors, passages
from scripts.pages import TextError
from scripts.passages import Passage, check_cover, lines_of, passage_text, segment

ROOT = Path(__file__).resolve().parent.parent


def text(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def cut(*lines: str) -> list[tuple[str, int, int, str]]:
    return [(p.passage_kind, p.first_line, p.last_line, p.continues) for p in segment(text(*lines))]


def governed(*lines: str) -> dict[int, int | None]:
    """Give the first line of each passage, and that of the passage which governs it."""
    found = segment(text(*lines))
    first = {p.passage_id: p.first_line for p in found}
    return {p.first_line: first.get(p.governed_by) for p in found}


def test_a_list_runs_on_over_a_blank_line_and_a_bullet_needs_none_before_it() -> None:
    assert cut(
        " The following fruits were seen:", "", " ● Red: apples, cherries, ", "", "plums.", " ● Blue: Large Round ", "",
        "Berries.", " ● Green: none.",
    ) == [("paragraph", 1, 1, ""), ("bullet", 3, 5, ""), ("bullet", 6, 8, ""), ("bullet", 9, 9, "")]


def test_a_hyphenated_word_and_a_sentence_run_on_over_a_blank_line() -> None:
    assert cut(" The garden is full of sun-", "", "flowers, called ", "", "“yellow”. Nobody minds.", "", "Next.") == [
        ("paragraph", 1, 5, ""), ("paragraph", 7, 7, "")]


def test_a_hyphen_joins_a_capital_too() -> None:
    assert cut(" The mill of Upper-", "", "Greenford burnt.") == [("paragraph", 1, 3, "")]


def test_a_bullet_without_a_full_stop_does_not_swallow_the_paragraph_below() -> None:
    assert cut(" ● Third rule (section 2 of the code)", "", "Nobody knew of it.") == [
        ("bullet", 1, 1, ""), ("paragraph", 3, 3, "")]


def test_a_page_break_inside_a_sentence_parts_it_and_each_later_piece_names_the_first() -> None:
    assert cut(" They walked until the ", " old mill of ", " Greenford came in sight.", "", "They sat.") == [
        ("paragraph", 1, 1, ""), ("paragraph", 2, 2, "X0001"), ("paragraph", 3, 3, "X0001"), ("paragraph", 5, 5, "")]


def test_a_bullet_that_goes_on_over_a_page_break_stays_a_bullet() -> None:
    assert cut("  ● They carried lanterns, ropes and ", " boots.", "", " ● They sang.") == [
        ("bullet", 1, 1, ""), ("bullet", 2, 2, "X0001"), ("bullet", 4, 4, "")]


def test_a_paragraph_below_a_heading_continues_nothing_above_it() -> None:
    assert cut(" They spoke of ", "", "2.1. Mills", "", "boats they kept silent.") == [
        ("paragraph", 1, 1, ""), ("heading", 3, 3, ""), ("paragraph", 5, 5, "")]


@pytest.mark.parametrize("lines", [
    ["One line that nobody ends, and that is " + "so " * 15 + "wide"],
    ["Four", "short", "lines", "here"],
    ["small letters"],
    ["An end."],
    ["City: Greenford"],
])
def test_what_is_no_heading(lines: list[str]) -> None:
    assert [p.passage_kind for p in segment(text(" Words.", "", *lines, "", "More words."))] == ["paragraph"] * 3


def test_a_page_break_after_a_full_stop_parts_paragraphs_that_do_not_continue_each_other() -> None:
    assert cut(" They slept.", " They woke.  1", " They rose.") == [
        ("paragraph", 1, 1, ""), ("paragraph", 2, 2, ""), ("paragraph", 3, 3, "")]


def test_a_caption_interrupts_a_paragraph() -> None:
    assert cut(" They saw the ", "", "3 May 2031. Greenford. Photo: ", "Ann Example.", "", "mill for a while.") == [
        ("paragraph", 1, 1, ""), ("caption", 3, 4, ""), ("paragraph", 6, 6, "X0001")]


def test_captions_that_share_a_line_are_one_and_a_caption_goes_on_after_a_colon() -> None:
    lines = [" Done.", "", "A mill. Photo: C. A boat. Photo: ", "", "Ann’s page.", "", "A cat. Photo ", "from a page."]
    assert cut(*lines) == [("paragraph", 1, 1, ""), ("caption", 3, 5, ""), ("caption", 7, 8, "")]


def test_a_caption_that_opens_with_a_day_is_no_footnote() -> None:
    assert cut(" Done  1.", "", "1 May 2031. Greenford. Photo: A.", "", "1 A note.") == [
        ("paragraph", 1, 1, ""), ("caption", 3, 3, ""), ("footnote", 5, 5, "")]


def test_footnotes_hold_their_links_and_the_list_of_links_below_them_is_furniture() -> None:
    lines = [
        " 2.1. Mills", "", "A mill  1. A boat  2.", "", "2.2. Boats", "", "A float  3.", "",
        "1 See https://example.org/", "a; https://example.org/b", "2 A film: ", "", "https://example.org/c",
        "3 No link", "", "nor a second.", "", "https://example.org/a", "https://example.org/c",
    ]
    found = segment(text(*lines))
    assert [(p.passage_kind, p.first_line, p.last_line, p.section, p.governed_by) for p in found[4:]] == [
        ("footnote", 9, 10, "2.1", "X0002"), ("footnote", 11, 13, "2.1", "X0002"), ("footnote", 14, 16, "2.2", "X0004"),
        ("furniture", 18, 19, "2.2", "")]


def test_sections_and_the_chain_of_headings() -> None:
    lines = [
        " SU M MARY", "", "Why the mill", "stopped", "", "It broke.",
        " WAT E R", "A ND  WI N D", "", "Opening words.", "", "3.1. Wind  ", "and more", "", "А) Gales.", "", "Strong.",
        " 4", "", "P EO P LE", "", "4.1. Millers", "", "Ann Example", "", "City: Greenford", "", "Charge:", "",
        " ● Grinding.", "", "She said no.", "", "Hearing", "", "Long.", " At ta chment s", "",
        "Attachment 2. A note", "", "Quotes:", "", "“One.", "", "Two.”",
        " 5", "", "LAWS", "", "None.", " QUIET", "", "\tLAWS", "\tQUIET",
    ]
    found = segment(text(*lines))
    first = {p.passage_id: p.first_line for p in found}
    assert [(p.first_line, p.passage_kind, p.section, first.get(p.governed_by)) for p in found] == [
        (1, "heading", "summary", None), (3, "heading", "summary", 1), (6, "paragraph", "summary", 3),
        (7, "heading", "3", None), (10, "paragraph", "3", 7), (12, "heading", "3.1", 7), (15, "heading", "3.1 A", 12),
        (17, "paragraph", "3.1 A", 15), (18, "heading", "4", None), (22, "heading", "4.1", 18),
        (24, "heading", "4.1", 22), (26, "paragraph", "4.1", 24), (28, "paragraph", "4.1", 24),
        (30, "bullet", "4.1", 28), (32, "paragraph", "4.1", 24), (34, "heading", "4.1", 24),
        (36, "paragraph", "4.1", 34), (37, "heading", "attachments", None), (39, "heading", "attachment 2", 37),
        (41, "paragraph", "attachment 2", 39), (43, "paragraph", "attachment 2", 41),
        (45, "paragraph", "attachment 2", 41), (46, "heading", "5", None), (50, "paragraph", "5", 46),
        (51, "heading", "back cover", None), (53, "furniture", "bookmarks", None)]


def test_lead_ins_periods_and_dated_bullets_govern_what_stands_below_them() -> None:
    assert governed(
        " 2.1. Mills", "", "Seen that day:", "", " ● Ann.", "", "In the period of 3–4 May 2031, there was wind.", "",
        " ● 3 May 2031: weak.", "", "It turned.", "", " ● 4 May 2031: strong.", "", "2.2. Boats", "",
        "In the period of frost nobody came.", "", "It was cold.", "", " ● Ice.", "", "Seen then:", "", " ● Bert.", "",
        "He left.", "", " ● Snow.", "", "He wrote:", "", "“I saw ", " snow.”",
    ) == {
        1: None, 3: 1, 5: 3, 7: 1, 9: 7, 11: 9, 13: 7,
        15: None, 17: 15, 19: 15, 21: 15, 23: 15, 25: 23, 27: 15, 29: 15, 31: 15, 33: 31, 34: 31,
    }


def test_an_exception_names_another_governor_and_fails_where_that_line_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exception = governors.GovernorException(governors.line_key("● 3 May  2031: weak."), "made up")
    monkeypatch.setattr(governors, "GOVERNOR_EXCEPTIONS", {governors.line_key("Nobody came."): exception})
    lines = [" 2.1. Mills", "", " ● 3 May 2031: weak.", "", " ● 4 May 2031: none.", "", "Nobody came.", "", "It froze."]
    assert governed(*lines) == {1: None, 3: 1, 5: 1, 7: 3, 9: 1}
    with pytest.raises(TextError, match=r"line 5: .*made up"):
        segment(text(*lines[:2], *lines[4:], "", lines[2]))


def test_the_list_of_persons_has_a_bullet_a_person_below_the_place() -> None:
    lines = [
        " List of persons who wrote:", "", "Greenford:", "", "Example Ann ", "Annovna (aged 31)", "", "Sample  ",
        "Bert ", "Bertovich (age not stated)", "", "Mill Province", "", "Test Cy (aged 40).",
    ]
    found = segment(text(*lines))
    assert [(p.passage_kind, p.first_line, p.last_line, p.governed_by) for p in found] == [
        ("heading", 1, 1, ""), ("heading", 3, 3, "X0001"), ("bullet", 5, 6, "X0002"), ("bullet", 8, 10, "X0002"),
        ("heading", 12, 12, "X0001"), ("bullet", 14, 14, "X0005")]
    assert {p.section for p in found} == {"complainants"}


def pages(*lines: str) -> list[tuple[int, int | None, int | None]]:
    return [(p.first_line, p.page, p.page_latest) for p in segment(text(*lines))]


def test_pages_are_counted_back_from_and_on_from_a_printed_number() -> None:
    assert pages(" One.", " Two.", "", "", "2.\u2003MILLS 7", "", "Three.", " Four.", "", "", "\tBookmark") == [
        (1, 5, 5), (2, 6, 6), (5, 7, 7), (7, 7, 7), (8, 8, 8), (11, None, None)]


def test_pages_are_unknown_where_none_is_printed() -> None:
    assert pages(" One.", " Two.") == [(1, None, None), (2, None, None)]


def test_a_running_head_without_its_number_is_furniture_over_its_blank_line() -> None:
    found = segment(text(" One.", " 2.\u2003MILLS ", "", "AND BOATS", "", "Two.", "", "", "THE MILL9", "", "Three."))
    assert [(p.passage_kind, p.first_line, p.last_line, p.page) for p in found] == [
        ("paragraph", 1, 1, 7), ("furniture", 2, 4, 8), ("paragraph", 6, 6, 8), ("furniture", 9, 9, 9),
        ("paragraph", 11, 11, 9)]


def test_pages_lost_between_attachments_give_an_interval_and_others_stay_exact() -> None:
    lines = [
        "", "", "9", "2.1. Mills", " Boats.", " Attachment 1. Bill", " It goes on.", " Attachment 2. Note",
        " List of persons here:", "", "", "16", "Greenford:",
    ]
    assert pages(*lines) == [
        (3, 9, 9), (4, 9, 9), (5, 10, 10), (6, 11, 12), (7, 12, 13), (8, 13, 14), (9, 15, 15), (12, 16, 16),
        (13, 16, 16),
    ]


@pytest.mark.parametrize(("printed", "counted"), [(7, 8), (9, 8)])
def test_a_printed_number_that_disagrees_with_the_count_is_an_error(printed: int, counted: int) -> None:
    with pytest.raises(TextError, match=f"line 8: page {printed} is printed, but the count gives {counted}"):
        segment(text("", "", "6", "One.", " Two.", "", "", str(printed), "Three."))


@pytest.mark.parametrize("below", [
    ["2.1. Mills", " 2.2. Boats"],
    ["Attachment 1. Bill", " It goes on."],
    ["Attachment 1. Bill", " Attachment 2. Note", " Attachment 3. Map", " List of persons here:"],
])
def test_pages_are_lost_between_attachments_alone_and_never_gained(below: list[str]) -> None:
    with pytest.raises(TextError, match=r"page 8 is printed, but the count gives (7|9)$"):
        segment(text("", "", "5", *below, "", "", "8", "Greenford:"))


def test_more_pages_before_the_first_printed_number_than_it_says_are_an_error() -> None:
    with pytest.raises(TextError, match="page 1 is printed, but 1 pages stand before it"):
        segment(text(" One.", "", "", "1", "Two."))


def test_hash_and_text_fold_white_space_and_cut_the_withheld_words(monkeypatch: pytest.MonkeyPatch) -> None:
    key = hashlib.sha256(b"small boat").hexdigest()[:16]
    monkeypatch.setattr(passages, "WITHHELD", {key: 2})
    source = text(" The small\u00a0 boat ", "Blue\u2009 Heron was sold. ")
    [passage] = segment(source)
    assert passage_text(lines_of(source), passage) == "The small boat [withheld] was sold."
    assert passage.sha256 == hashlib.sha256(b"The small boat [withheld] was sold.").hexdigest()


def test_the_source_id_is_a_parameter() -> None:
    assert [(p.passage_id, p.source_id) for p in segment(" One.\n\nTwo.\n", "S0042")] == [
        ("X0001", "S0042"), ("X0002", "S0042")]


LINES = st.sampled_from([
    "", "", "", " Page of ", "  ● Page, ", " ● Item one", " ● 3 May 2031: wind, ", "plain words go on-", "Words end.",
    "Heading", "2.1. Mills", "B) Boats", "1 https://example.org/a", "2 Note", "https://example.org/a", "Mill. Photo: ",
    "Seen that day:", " List of persons", "Test Cy (aged 40)", "T I TLE", "City: Greenford", "Attachment 1. Bill",
    "\tEnd",
])


@settings(derandomize=True, database=None, max_examples=400)
@given(st.lists(LINES, max_size=40))
def test_every_line_that_is_not_blank_stands_in_exactly_one_passage(lines: list[str]) -> None:
    found = segment("\n".join(lines))
    assert [p.passage_id for p in found] == [f"X{n:04}" for n in range(1, len(found) + 1)]
    held = [n for p in found for n in range(p.first_line, p.last_line + 1) if lines[n - 1].strip()]
    assert held == [n for n, line in enumerate(lines, 1) if line.strip()]
    assert all(lines[n - 1].strip() for p in found for n in (p.first_line, p.last_line))
    by_id = {p.passage_id: p for p in found}
    for p in found:
        assert p.governed_by != p.passage_id
        assert not p.continues or (p.continues < p.passage_id and not by_id[p.continues].continues)
    assert segment("\n".join(lines)) == found


@pytest.mark.parametrize("spans", [[(1, 1)], [(1, 2), (2, 3)], [(3, 3), (1, 1)]])
def test_a_gap_an_overlap_and_a_wrong_order_are_errors(spans: list[tuple[int, int]]) -> None:
    rows = [Passage("X0001", "S0001", "0", None, None, "paragraph", *span, "", "", "") for span in spans]
    with pytest.raises(TextError, match="overlap"):
        check_cover(["One.", "", "Two."], rows)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.segment", "--source", str(root / "text"), "--root", str(root)]
    return subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def sha(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def test_front_door_writes_checks_and_names_what_differs(tmp_path: Path) -> None:
    (tmp_path / "text").write_text(text("", "", "6", "2.1. Mills", "", "One.", " ● Two, ", "", "three."))
    done = run(tmp_path)
    table = tmp_path / "data" / "passages.csv"
    wanted = (
        "passage_id,source_id,section,page,page_latest,passage_kind,first_line,last_line,continues,governed_by,sha256\n"
        f"X0001,S0001,0,6,6,furniture,3,3,,,{sha('6')}\n"
        f"X0002,S0001,2.1,6,6,heading,4,4,,,{sha('2.1. Mills')}\n"
        f"X0003,S0001,2.1,6,6,paragraph,6,6,,X0002,{sha('One.')}\n"
        f"X0004,S0001,2.1,6,6,bullet,7,9,,X0002,{sha('● Two, three.')}\n")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "data/passages.csv: 4 passages (1 bullet, 1 furniture, 1 heading, 1 paragraph)\n"
    assert table.read_bytes() == wanted.encode()
    assert run(tmp_path, "--check").returncode == 0

    table.write_text(wanted.replace("2.1,6,6,para", "2.2,6,6,para"))
    done = run(tmp_path, "--check")
    assert (done.returncode, done.stdout) == (
        1, "data/passages.csv:4:section  passage-differs  X0003 has '2.2', the text gives '2.1'\n")

    table.write_text("\n".join(wanted.split("\n")[:4]) + f"\nX0009,{wanted[-10:]}")
    done = run(tmp_path, "--check")
    assert [line.split("  ")[2] for line in done.stdout.splitlines()] == [
        "X0004 is missing: make the table anew", "X0009 is in the table, but the text does not give it"]

    table.write_text(wanted.replace("\n", "\r\n"), newline="")
    assert "another order or form" in run(tmp_path, "--check").stdout

    table.write_text("passage_id,section\n")
    done = run(tmp_path, "--check")
    assert (done.returncode, done.stderr.startswith("segment: data/passages.csv: no column continues, ")) == (2, True)


def test_front_door_stops_and_writes_nothing_where_it_cannot_run(tmp_path: Path) -> None:
    assert run(tmp_path).returncode == 2  # no text
    (tmp_path / "text").write_bytes(b" One.\n\xff\n")
    assert "not UTF-8 at byte 6" in run(tmp_path).stderr
    (tmp_path / "text").write_text(text("", "", "6", "One.", "", "", "8", "Two."))
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (2, "segment: line 7: page 8 is printed, but the count gives 7\n")
    assert not (tmp_path / "data").exists()


def test_front_door_refuses_a_text_whose_hash_is_not_the_recorded_one(tmp_path: Path) -> None:
    (tmp_path / "text").write_text(" One.\n")
    (tmp_path / "data").mkdir()
    sources = tmp_path / "data" / "sources.csv"
    sources.write_text(f"source_id,title,sha256\nS0001,Report,{sha('another')}\nS0002,Note,\n")
    done = run(tmp_path)
    assert done.returncode == 2
    assert sha(" One.\n") in done.stderr and sha("another") in done.stderr
    assert not (tmp_path / "data" / "passages.csv").exists()
    assert run(tmp_path, "--any-text").returncode == 0
    sources.write_text(f"source_id,title,sha256\nS0001,Report,{sha(' One.' + chr(10))}\n")
    assert run(tmp_path).returncode == 0
