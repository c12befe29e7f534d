"""The interface's texts in a language: the parts of scripts/site/texts that pages show, one namespace over all of them.

A text that a language does not have yet is shown in English, and `is_translated` says so of the whole.
"""

from functools import cache
from typing import Any

from babel import Locale

from scripts.doors import LANGUAGES, read_texts
from scripts.english import english
from scripts.translations import leaves, translation

SHOWN = ("offline", "search", "site")  # parts of scripts.english; the pages of /correct/ have their own
Texts = dict[str, Any]


@cache
def site_texts(language: str) -> Texts:
    """All texts of a language of LANGUAGES, English where it has none. Raises ValueError for another language.

    `is_translated` says whether it has all, `unchecked` is the sentence that no native speaker has checked them, or
    empty; `months_short` and `locale` serve dates.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no texts in {language}: there are {', '.join(LANGUAGES)}")
    own = translation(language)
    texts: Texts = {}
    for part in SHOWN:
        twice = texts.keys() & english(part).keys()
        if twice:
            raise ValueError(f"scripts/site/texts: keys of two parts: {', '.join(sorted(twice))}")
        texts |= own.texts(part, english(part))
    wanted = [leaf for part in SHOWN for leaf in leaves(part, english(part))]
    months = Locale.parse(own.locale).months["stand-alone"]["abbreviated"]
    about = {"is_translated": not own.lacks(wanted), "unchecked": read_texts(language)["draft"], "locale": own.locale}
    return texts | about | {"months_short": [months[number] for number in range(1, 13)]}
