"""Links that open an issue form: what they carry, and what they never carry."""

import pytest

from scripts.issue_links import KINDS, issue_link
from scripts.project import Project

UNSET = Project("", "", "", "", None)
SET = Project("", "", "https://example.org/owner/kz/", "", None)


def test_table_row_and_field_are_filled_in() -> None:
    assert issue_link(SET, "correct", "penalties", "N0014", "amount_kzt") == (
        "https://example.org/owner/kz/issues/new?template=correct.yml&table=penalties&row=N0014&field=amount_kzt"
    )
    assert issue_link(SET, "add", "acts", "", "") == (
        "https://example.org/owner/kz/issues/new?template=add.yml&table=acts"
    )
    assert issue_link(SET, "dispute", "act_types", "use_of_force", "") == (
        "https://example.org/owner/kz/issues/new?template=dispute.yml&table=act_types&row=use_of_force"
    )


def test_no_name_gets_into_a_link() -> None:
    link = issue_link(SET, "correct", "person_names", "P0001/Mock Mockova/X0002", "name_as_printed")
    assert link.endswith("?template=correct.yml&table=person_names&row=P0001/X0002&field=name_as_printed")
    assert issue_link(SET, "correct", "persons", "Mockova", "surname").endswith("&table=persons&field=surname")


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_repository_the_link_leads_to_contributing(kind: str) -> None:
    assert issue_link(UNSET, kind, "acts", "A0001", "act_type") == "CONTRIBUTING.md"


@pytest.mark.parametrize(
    ("kind", "table", "field", "message"),
    [
        ("withhold", "acts", "", "there is no form withhold: there are correct, add, dispute"),
        ("correct", "Acts", "", "'Acts', '': not the name of a table and of a column"),
        ("correct", "acts", "a&value=1", "'acts', 'a&value=1': not the name of a table and of a column"),
    ],
)
def test_what_is_no_form_table_or_field_is_an_error(kind: str, table: str, field: str, message: str) -> None:
    with pytest.raises(ValueError, match="no") as error:
        issue_link(SET, kind, table, "A0001", field)
    assert str(error.value) == message
