"""How many rows each table of a synthetic package has, and where one row's neighbours are."""

from dataclasses import dataclass

LEAST = 200  # acts: fewer leave some table without rows
PLACES, INSTITUTIONS, PROVISIONS = 200, 40, 60
PASSAGES_A_SOURCE = 50_000
COUNTRIES = ("XA", "XB", "XC", "XD", "XE")  # codes that ISO 3166 leaves to its users


@dataclass(frozen=True)
class Sizes:
    """The number of rows by the number of acts."""

    acts: int

    @property
    def persons(self) -> int:
        """Those who were treated; each has at least one act."""
        return self.acts // 10

    @property
    def withheld(self) -> int:
        """Persons of whom nothing is said."""
        return 1 + self.acts // 5_000

    @property
    def events(self) -> int:
        """Each has a passage of its own, that all rows about it cite."""
        return self.acts // 20

    @property
    def sources(self) -> int:
        """Reports."""
        return 1 + (self.events - 1) // PASSAGES_A_SOURCE

    @property
    def officials(self) -> int:
        """One for the first of each ten events, where each has a role."""
        return (self.events + 9) // 10

    @property
    def cases(self) -> int:
        """One for the sixth of each ten events, which is its sentencing."""
        return (self.events + 4) // 10

    @property
    def attestations(self) -> int:
        """One for each fourth act."""
        return (self.acts + 3) // 4

    @property
    def involvements(self) -> int:
        """One for each second act."""
        return (self.acts + 1) // 2

    @property
    def fines(self) -> int:
        """Penalties beside those of cases: one for each tenth act."""
        return (self.acts + 9) // 10

    @property
    def responses(self) -> int:
        """One for each hundredth act."""
        return (self.acts + 99) // 100

    @property
    def anomalies(self) -> int:
        """One for each thousandth act."""
        return (self.acts + 999) // 1000

    @property
    def citations(self) -> int:
        """One for each row that needs one."""
        of_acts = self.acts + self.attestations + self.involvements + self.fines + self.responses + self.anomalies
        return of_acts + self.persons + self.events + 2 * self.officials + 3 * self.cases + INSTITUTIONS

    @property
    def digits(self) -> int:
        """How many digits an id has: four or more, as many as the longest table needs."""
        return max(4, len(str(self.citations + 10_000)))
