"""The fields of a change of the log, as they were and as they are, with the words that went and came."""

from typing import Any

from document.wording import compare_wording
from editor.reading.log_names import Names
from editor.reading.readable import field_name, in_order
from objectives.models import Change

#: Fields of the log whose words are compared; the others are shown one beside the other.
WORDED = ("title", "text", "description", "summary")


def fields_of(change: Change, names: Names) -> list[dict[str, Any]]:
    """Each field: its name, what it was, what it is; of a wording, which words went and came."""
    before = change.before if isinstance(change.before, dict) else {}
    after = change.after if isinstance(change.after, dict) else {}
    found = []
    for name in in_order({*before, *after}):
        if before.get(name) == after.get(name) or (name == "key"):
            continue
        was, now = (names.text(name, values[name]) if name in values else "" for values in (before, after))
        runs = compare_wording(was, now) if name in WORDED and was and now else []
        label = names.objective(name) if change.verb == "renumber" else field_name(name)
        found.append({"name": label, "was": was, "now": now, "runs": runs})
    return found
