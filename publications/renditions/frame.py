"""Where an edition is shown, and how its version stands among those of the contract."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """What a reader must know first of the version on the page."""

    IN_FORCE = "in-force"
    #: Its date of effect has not come.
    TO_COME = "to-come"
    #: Another version is in force.
    OTHER = "other"
    #: Kept for the members of the contract.
    MEMBERS = "members"
    #: Kept for them, and for whoever holds a share link.
    SHARED = "shared"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Version:
    """A version to which a page sends its reader; `is_in_force` False: the first to come, where none has begun."""

    number: int
    label: str
    in_force_on: date
    is_in_force: bool
    address: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The addresses around an edition; they end with a slash. `permanent` is None for a draft, which has none."""

    root: str
    standing: Standing
    permanent: str | None = None
    #: The page of all versions; None for a draft, and where no version is public.
    versions: str | None = None
    #: The page that says which version is in force on a day, where the page of all versions is.
    at_a_date: str | None = None
    #: The version to read instead, where there is one, and the page that compares both.
    current: Version | None = None
    comparison: str | None = None

    def objective(self, key: str) -> str:
        """The address of an objective within this frame."""
        return f"{self.root}objectifs/{key}/"

    def citation(self, key: str) -> str | None:
        """The address of an objective in this very version, for ever."""
        return f"{self.permanent}objectifs/{key}/" if self.permanent else None

    def branch_pdf(self, key: str) -> str | None:
        """The address of the PDF of a branch of this version."""
        return f"{self.permanent}objectifs/{key}/branche.pdf" if self.permanent else None

    @property
    def downloads(self) -> str | None:
        """The page of the files of this version."""
        return f"{self.permanent}telecharger/" if self.permanent else None
