"""The tokens, binds and printed dates on which the citation check rests."""

from datetime import date
from typing import Any

import pytest

from scripts.binds import binds
from scripts.fingerprints import Prints, grams_of, make_fingerprints
from scripts.printed_dates import disagreement, mentions
from scripts.tokens import pairs, tokens, words_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a fine of 48,100 tenge (112 euros)", ["48100", "tenge", "112", "euro"]),
        ("until 3:00 a. m. or 12:15 p. m. or 12 a. m.", ["03:00", "12:15", "00:00"]),
        ("(part 1, Art. 266 of the CC)", ["part", "1", "article", "266", "cc"]),
        ("one-and-a-half years", ["1.5", "year"]),
        ("Mr. Abcov’s judges", ["mr", "abcov", "judge"]),
        ("Mocküle-Samplērse met Аbcov", ["mockule-samplerse", "abcov"]),
        ("The illness of a person was diagnosed", []),
        ("her 13-year-old child, a 79-year-old woman", ["79"]),
        ("children (aged 8 and 10), Abc Bcdov (aged 72)", ["abc", "bcdov", "aged", "72"]),
        ("They may go in May", ["may"]),
        ("when a son turns 14; four minor children; an Abc brand phone in Bcd-Cde street", []),
    ],
)
def test_tokens_are_names_numbers_months_roles_and_units(text: str, found: list[str]) -> None:
    assert [token.text for token in tokens(text)] == found


def test_pairs_join_neighbours_alone() -> None:
    assert pairs(tokens("17–18 September 2018, Abc Bcdov, Cde Defov and A. Efgov")) == {
        "17 18", "17 september", "18 september", "september 2018", "abc bcdov", "cde defov", "a efgov",
    }  # fmt: skip


def test_a_broken_word_is_read_in_three_ways() -> None:
    assert {"bcd- efov", "bcdefov", "bcd-efov"} & grams_of("Abc Bcd- efov") == {"bcdefov", "bcd-efov"}
    assert {"abc bcdefov", "abc bcd-efov", "abc bcd"} <= grams_of("Abc Bcd- efov")


@pytest.mark.parametrize(
    ("text", "tied", "loose"),
    [
        ("● 100 tenge (2 euros) — Abc Bcdov, Cde Defov.", {"100|abc bcdov", "2|cde defov"}, {"100|bcdov cde"}),
        (
            "● On 1 May 2019, Aville: Abc Bcdov; Bville: Cde Defov.",
            {"aville|abc bcdov", "bville|cde defov", "1|cde defov"},
            {"aville|cde defov", "bville|abc bcdov"},
        ),
        (
            "● The case of Abc Bcdov: judges: C. Defov; prosecutor: D. Efgov, judge: E. Fghov.",
            {"judge|c defov", "prosecutor|d efgov", "judge|e fghov", "abc bcdov|d efgov"},
            {"judge|d efgov", "prosecutor|e fghov"},
        ),
        (
            "Abc Bcdov was held until 3:00 a. m., Cde Defov until 4:00 a. m.",
            {"03:00|abc bcdov", "04:00|cde defov"},
            {"04:00|abc bcdov", "03:00|cde defov"},
        ),
        (
            "Abc Bcdov and Cde Defov (aged 72), Efg Ghiov (aged 69) went.",
            {"72|abc bcdov", "72|cde defov"},
            {"72|efg ghiov"},
        ),
        ("● Abc Bcdov (Aville), Cde Defov (Bville) Charge: one", {"aville|abc bcdov"}, {"aville|cde defov"}),
        ("an officer of the National Board K. Abcov came", {"national|k abcov", "board|k abcov"}, set()),
    ],
)
def test_binds_tie_a_value_to_its_name(text: str, tied: set[str], loose: set[str]) -> None:
    found = binds(text)
    assert tied <= found
    assert not loose & found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("10 May 2018", [(10, 5, 2018)]),
        ("17–18 September 2018", [(17, 9, 2018), (18, 9, 2018)]),
        ("From 10 May to 26 June 2018", [(10, 5, 2018), (26, 6, 2018)]),
        ("from August to November 2017", [(None, 8, 2017), (None, 11, 2017)]),
        ("11 October, 2018", [(11, 10, 2018)]),
        ("10 May", [(10, 5, None)]),
        ("in 2009", [(None, None, 2009)]),
        ("between 17–19.09.2018", [(17, 9, 2018), (19, 9, 2018)]),
        ("the day before", []),
    ],
)
def test_mentions(printed: str, found: list[tuple[int | None, int | None, int | None]]) -> None:
    assert mentions(printed) == found


@pytest.mark.parametrize(
    ("printed", "start", "end", "fault"),
    [
        ("June 2018", date(2018, 6, 1), date(2018, 6, 30), None),
        ("June 2018", date(2018, 6, 1), date(2018, 6, 29), "date_end is 2018-06-29, the printed words give 2018-06-30"),
        ("Since July 2018", date(2018, 7, 1), None, None),
        ("10 May", date(2018, 5, 10), date(2018, 5, 10), None),
        ("10 May", date(2018, 5, 11), None, "date_start is 2018-05-11, the printed words give another day or month"),
        ("31 June 2018", date(2018, 6, 30), None, "the printed words are no date of the calendar"),
    ],
)
def test_disagreement(printed: str, start: date | None, end: date | None, fault: str | None) -> None:
    row: dict[str, Any] = {"date_as_printed": printed, "date_start": start, "date_end": end}
    assert disagreement(row) == fault


def test_the_same_name_looks_different_in_two_passages() -> None:
    table = make_fingerprints({"X0001": "Abc Bcdov", "X0002": "Abc Bcdov"})
    first, second = table["grams"].to_pylist()
    assert first != second
    prints = Prints.of(table)
    assert prints.has_all("X0001", words_of("Abc Bcdov"))
    assert not prints.has_all("X0001", words_of("Bcdov Abc"))
    assert not prints.has_all("X0003", words_of("Abc Bcdov"))
