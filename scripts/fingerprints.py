"""The fingerprints of passages: short salted hashes by which citations are checked without the report's text.

A hash is 20 bits of BLAKE2b, salted with the passage's id: short, so that a guessed word is confirmed only with doubt,
and salted, so that the same name in two passages does not look alike.
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import pyarrow as pa

from scripts.binds import binds
from scripts.tokens import pairs, readings, tokens

HEX_DIGITS = 5
SCHEMA = pa.schema([("passage_id", pa.string()), ("grams", pa.string()), ("binds", pa.string())])


@lru_cache(maxsize=200_000)
def gram_hash(passage_id: str, gram: str) -> str:
    """The hash of a token, a pair or a bind in one passage."""
    digest = hashlib.blake2b(gram.encode(), key=b"kz2018", salt=passage_id.encode()[:16], digest_size=4)
    return digest.hexdigest()[:HEX_DIGITS]


def grams_of(text: str) -> set[str]:
    """Every token and pair of a passage's text, over all readings of its broken words."""
    found: set[str] = set()
    for reading in readings(text):
        stream = tokens(reading)
        found |= {token.text for token in stream} | pairs(stream)
    return found


def binds_of(text: str) -> set[str]:
    """Every bind of a passage's text, over all readings of its broken words."""
    return set().union(*(binds(reading) for reading in readings(text)))


def make_fingerprints(texts: dict[str, str]) -> pa.Table:
    """The fingerprints (`passage_id, grams, binds`) of passages given as id → text."""
    rows = [
        {
            "passage_id": passage_id,
            "grams": " ".join(sorted({gram_hash(passage_id, gram) for gram in grams_of(text)})),
            "binds": " ".join(sorted({gram_hash(passage_id, bind) for bind in binds_of(text)})),
        }
        for passage_id, text in sorted(texts.items())
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


@dataclass
class Prints:
    """Fingerprints to ask: does a passage hold a token, a pair, a bind?"""

    grams: dict[str, set[str]] = field(default_factory=dict)
    binds: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pa.Table) -> "Prints":
        """From a table with columns `passage_id, grams, binds`."""
        ids = table["passage_id"].to_pylist()
        return cls(
            {i: set((text or "").split()) for i, text in zip(ids, table["grams"].to_pylist(), strict=True)},
            {i: set((text or "").split()) for i, text in zip(ids, table["binds"].to_pylist(), strict=True)},
        )

    def has(self, passage_id: str, gram: str) -> bool:
        """Whether the passage holds the token or the pair."""
        return gram_hash(passage_id, gram) in self.grams.get(passage_id, set())

    def has_all(self, passage_id: str, words: list[str]) -> bool:
        """Whether the passage holds the words as neighbours, in order; a single word alone."""
        if len(words) < 2:
            return bool(words) and self.has(passage_id, words[0])
        return all(self.has(passage_id, f"{a} {b}") for a, b in pairwise(words))

    def ties(self, passage_id: str, token: str, name: str) -> bool:
        """Whether the passage's form ties a token to a name given as its last two tokens."""
        return gram_hash(passage_id, f"{token}|{name}") in self.binds.get(passage_id, set())
