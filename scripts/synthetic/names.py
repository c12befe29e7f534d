"""Invented names that no two persons share and that nobody could take for a real one, as SQL.

A surname is four syllables: three for the number of the name and one that checks them, so that two surnames differ in
at least two syllables. A syllable is consonant, vowel and a consonant that follows from both, so that two syllables
differ in at least two letters. A given name of five letters is made alike for numbers beyond the surnames there are.
Any two names are thus at least three letters apart, and the rule same-person-twice has nothing to say of them.
"""

CONSONANTS, VOWELS = "bcdfgklmnprstvxz", "aeiou"
SYLLABLES = len(CONSONANTS) * len(VOWELS)
SURNAMES = SYLLABLES**3
MOST = SURNAMES * SYLLABLES  # names there are

MACROS = f"""
CREATE MACRO consonant(n) AS substr('{CONSONANTS}', 1 + CAST(n % {len(CONSONANTS)} AS INTEGER), 1);
CREATE MACRO vowel(n) AS substr('{VOWELS}', 1 + CAST(n % {len(VOWELS)} AS INTEGER), 1);
CREATE MACRO syllable(n) AS
    consonant(n // {len(VOWELS)}) || vowel(n) || consonant(n // {len(VOWELS)} + 3 * (n % {len(VOWELS)}));
CREATE MACRO capital(word) AS upper(substr(word, 1, 1)) || substr(word, 2);
CREATE MACRO surname_of(n) AS capital(
    syllable(n % {SYLLABLES}) || syllable(n // {SYLLABLES} % {SYLLABLES}) || syllable(n // {SYLLABLES**2} % {SYLLABLES})
    || syllable((n % {SYLLABLES} + n // {SYLLABLES} % {SYLLABLES} + n // {SYLLABLES**2} % {SYLLABLES}) % {SYLLABLES}));
CREATE MACRO given_letters(v, c) AS
    vowel(v) || consonant(c) || vowel(v + c) || consonant(c + 3 * v) || vowel(c // 5 + 2 * v);
CREATE MACRO given_number(n) AS (n // {SURNAMES} + n * 7 % {SURNAMES}) % {SYLLABLES};
CREATE MACRO given_of(n) AS
    capital(given_letters(given_number(n) % {len(VOWELS)}, given_number(n) // {len(VOWELS)}));
"""
