"""The cells of a sheet that are not plain text: words for codes, lists parted by commas."""

from typing import Any

from import_export.widgets import Widget

from editor.reading.search import bare


class ChoiceWidget(Widget):
    """A code as its French word; the word, or the code, is read back."""

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        super().__init__()
        self.choices = dict(choices)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The code. Raises ValueError for a word that means none."""
        known = {bare(word): code for code, word in self.choices.items()} | {code: code for code in self.choices}
        if not value:
            return ""
        if bare(value) not in known:
            raise ValueError(f"« {value} » n’est pas une valeur admise ({', '.join(self.choices.values())}).")
        return known[bare(value)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The word."""
        return str(self.choices.get(value, ""))


class ListWidget(Widget):
    """Values parted by commas, each among those admitted."""

    def __init__(self, admitted: list[str]) -> None:
        super().__init__()
        self.admitted = admitted

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        """The list. Raises ValueError for a value that is not admitted."""
        found = [part.strip().upper() for part in (value or "").split(",") if part.strip()]
        if wrong := next((part for part in found if part not in self.admitted), None):
            raise ValueError(f"« {wrong} » n’est pas une ventilation admise ({', '.join(self.admitted)}).")
        return list(dict.fromkeys(found))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The values, parted by commas."""
        return ", ".join(value or [])
