"""Turn a text of the site that came back with answers into an undecided correction file.

The text is one that a page /correct/<id> gives to copy, in any of its languages, as it comes back through a messenger.
The file goes into metadata/corrections (or DIR); `python -m scripts.correct --dry-run` shows what it would do. A text
that asks for a record to be hidden leaves no file: what to do is printed instead. A text with an e-mail address, a
telephone number or a number of a person, device or paper is refused. Delete the text afterwards: it can show who asks.

Exit codes: 0 written, 1 the text cannot be used or asks for hiding (what to do is printed), 2 it cannot be read.

Examples:
    python -m scripts.answers message.txt
    python -m scripts.answers - -o drafts          # reads the text from standard input, until Ctrl-D
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from scripts import personal
from scripts.correction_drafts import draft_correction
from scripts.doors import DANGER
from scripts.encodings import recoded
from scripts.package import ROOT, load_package
from scripts.returned_texts import TextFault, plain, read_returned

FOLDER = Path("metadata") / "corrections"
MAX_BYTES = 100_000
REFUSED = {
    "an e-mail address": personal.has_email,
    "a telephone number": personal.has_phone,
    "a personal number": personal.has_personal_number,
    "twelve digits in a row": personal.has_twelve_digits,
    "a device's number": personal.has_device_number,
    "the number of a passport or identity card": personal.has_document,
}
HIDE = "python -m scripts.withhold {} --mode pseudonymise --month YYYY-MM"
FIND = "{} is no person's id: open its row, and withhold each person whom it is about in the same way"


def danger_steps(row_ids: list[str]) -> str:
    """What a maintainer does where records are to be hidden."""
    hidden = [(HIDE if row_id.startswith("P") else FIND).format(row_id) for row_id in row_ids]
    lines = [
        f"{', '.join(row_ids)}: it is dangerous. No file is written, and none may be.",
        "Hide first:",
        *(f"   {step}" for step in hidden),
        "Decide afterwards whether it stays hidden.",
        "Delete the text. Write nowhere who asked, why, or for what.",
    ]
    return "\n".join(lines)


def personal_faults(text: str) -> Iterator[str]:
    """A line for each kind of personal data in a text; the data are not repeated."""
    lines = text.splitlines()
    for what, is_in in REFUSED.items():
        places = [f"line {number}" for number, line in enumerate(lines, 1) if is_in(line)]
        if places or is_in(text):
            where = ", ".join(places) or "over two lines"
            yield f"{where}: {what}: take it out of the text; it may not reach a file"


def read_text(name: str) -> str:
    """The text of a file, or of standard input for `-`. Raises TextFault where it is too large or not UTF-8."""
    content = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else read_head(Path(name))
    if len(content) > MAX_BYTES:
        raise TextFault(f"it is larger than {MAX_BYTES:,} bytes: no message is")
    try:
        return recoded(content).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextFault("it is not a text in UTF-8: save it as UTF-8") from error


def read_head(file: Path) -> bytes:
    """As much of a file as may be read, and a byte more."""
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def as_yaml(correction: dict[str, Any]) -> str:
    """A correction file's text; every scalar is text."""
    return yaml.safe_dump(correction, allow_unicode=True, sort_keys=False, width=1000)


def write_new(folder: Path, stem: str, correction: dict[str, Any]) -> Path:
    """Write a correction under the first free name: the stem, then with -2, -3 and so on; the file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = stem.lower().replace("_", "-")
    number = 1
    while True:
        file = folder / (f"{name}.yaml" if number == 1 else f"{name}-{number}.yaml")
        try:
            with file.open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(as_yaml({"id": file.stem} | correction))
        except FileExistsError:
            number += 1
        else:
            return file


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE", help="the text, or - for standard input")
    parser.add_argument("-o", dest="folder", metavar="DIR", type=Path, help="folder of the file that is written")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    options = parser.parse_args(argv)
    try:
        text = read_text(options.file)
    except (OSError, TextFault) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    try:
        returned = read_returned(text)
        if returned.door == DANGER:
            print(danger_steps(returned.row_ids))
            return 1
        faults = list(personal_faults(plain(text)))
        if faults:
            raise TextFault(*faults)
        draft = draft_correction(load_package(options.root), returned)
    except TextFault as error:
        print(*(f"{options.file}: {line}" for line in error.lines), sep="\n")
        return 1
    except (OSError, ValueError) as error:
        print(f"the package cannot be read: {error}", file=sys.stderr)
        return 2
    try:
        file = write_new(options.folder or options.root / FOLDER, draft.stem, draft.correction)
    except OSError as error:
        print(f"the correction cannot be written: {error}", file=sys.stderr)
        return 2
    for note in (*draft.notes, "delete the text: it can show who asks"):
        print(note, file=sys.stderr)
    print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
