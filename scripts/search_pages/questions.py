"""/questions: ten ready questions, each a page with its rows, unit, caveat and SQL; and forms over tables."""

from scripts.questions import Question, read_questions
from scripts.search_pages.filters import forms
from scripts.site_pages.counts import said, view_table
from scripts.site_pages.fates import no_page
from scripts.site_pages.page import Column, Page, Section, Table, Value
from scripts.site_pages.reading import Site

MOST_ROWS = 200


async def page(site: Site, name: str) -> Page:
    """The page of a question; of all questions where there is no name."""
    questions = read_questions()
    if not name:
        return await all_questions(site, questions)
    found = next((question for question in questions if question.name == name), None)
    return await question_page(site, found) if found else no_page(site, "/questions")


async def all_questions(site: Site, questions: list[Question]) -> Page:
    """What can be asked without SQL: the forms, then the questions with the unit of each."""
    t = site.t
    columns = (Column("question", t["question"]), Column("unit", t["question_unit"]))
    rows = tuple((Value(title(site, q), site.path(f"/questions/{q.name}")), Value(unit(site, q))) for q in questions)
    table = Table(t["questions_caption"].format(number=len(rows)), columns, rows)
    return Page(
        path="/questions",
        title=t["questions_title"],
        lead=(t["questions_lead"],),
        notices=(t["questions_caveat"],),
        sections=(Section("ready", t["questions_ready"], table=table),),
        template="questions.html",
        extra={"forms": await forms(site)},
    )


async def question_page(site: Site, question: Question) -> Page:
    """A question: what is counted, in what unit, what is left out, the rows, the SQL."""
    t, name = site.t, question.name
    rows = await site.rows(f"SELECT * FROM ({question.view.select}) LIMIT {MOST_ROWS}")
    return Page(
        path=f"/questions/{name}",
        title=title(site, question),
        lead=(said(site, question.view, "questions"),),
        notices=(
            t["question_counts"].format(unit=unit(site, question)),
            f"{t['question_leaves_out']} {site.words(f'questions.{name}.leaves_out', question.leaves_out)}",
            t["questions_caveat"],
        ),
        sections=(
            Section("rows", t["the_rows"], table=await view_table(site, question.view, rows, "questions")),
            Section("sql", t["the_sql"], code=question.view.select),
        ),
    )


def title(site: Site, question: Question) -> str:
    """What a question counts, as its title."""
    return str(site.t["question_titles"][question.name])


def unit(site: Site, question: Question) -> str:
    """The unit of a question in the reader's language."""
    return str(site.t["question_units"][question.unit])
