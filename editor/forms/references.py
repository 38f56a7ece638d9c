"""Cross-references as a person types them: « Cf. objectif 1.1.3 → 1.1.3 », one a line, within one contract."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from document import nodes
from document.nodes import TEXT_LENGTH

ARROW = "→"


class ReferencesField(forms.CharField):
    """Reads lines « text → targets » as references of the exchange format; targets are parted by « ; »."""

    outline: Any = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Renvois",
            required=False,
            max_length=TEXT_LENGTH,
            widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
            help_text="Un renvoi par ligne : le texte, puis une flèche → et les codes visés, séparés par « ; ».",
            **kwargs,
        )

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """The references. Raises ValidationError for a target that is not in the contract."""
        if isinstance(value, list):
            return value
        lines = (line.strip() for line in super().clean(value).splitlines())
        return [self._read(line) for line in lines if line]

    def _read(self, line: str) -> dict[str, Any]:
        text, _, targets = line.rpartition(ARROW) if ARROW in line else (line, "", "")
        if not text.strip():
            raise ValidationError(f"Écrivez le texte du renvoi avant la flèche : « {line:.80} ».")
        named = [one for one in (part.strip() for part in targets.split(";")) if one]
        keys = [self.outline.find(one).key for one in named]
        return {"text": text.strip(), "targets": list(dict.fromkeys(keys))}

    @staticmethod
    def write(references: Iterable[nodes.Reference], outline: Any) -> str:
        """The lines that are read back as those references."""
        lines = []
        for reference in references:
            targets = " ; ".join(outline.token(key) for key in reference.targets)
            text = " ".join(reference.text.split())
            lines.append(f"{text} {ARROW} {targets}" if targets or ARROW in text else text)
        return "\n".join(lines)
