"""French typography in templates: no-break spaces, days, paragraphs and lists of plain text."""

import re
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_BEFORE = re.compile(r" +([;!?»:%])(?=\s|$|[).,»…])")
_AFTER = re.compile(r"(«|\b[Nn]°) +")


@register.filter
def french(text: object) -> str:
    """The text with no-break spaces before « ; : ! ? » % », after « n° », in guillemets; its words are untouched."""
    spaced = _AFTER.sub("\\1\u00a0", _BEFORE.sub("\u00a0\\1", str(text)))
    return mark_safe(conditional_escape(spaced)) if isinstance(text, SafeString) else spaced


def written_day(when: date | datetime) -> str:
    """« 1er janvier 2015 », « 24 novembre 2025 », in the time of the site; its spaces are plain ones."""
    if isinstance(when, datetime):
        when = timezone.localtime(when).date()
    first, _, rest = date_format(when, "j F Y").partition(" ")
    return f"{'1er' if first == '1' else first} {rest}"


def written_hour(when: datetime) -> str:
    """« 24 novembre 2025 à 9 h 30 », in the time of the site."""
    local = timezone.localtime(when)
    return f"{written_day(local)} à {local.hour}\u00a0h\u00a0{local:%M}"


@register.filter
def day(when: date | datetime) -> str:
    """The same, which no end of line parts."""
    return written_day(when).replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def prose(text: str) -> SafeString:
    """Plain text as HTML: blank lines part paragraphs, lines that begin with « - » make a list."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return mark_safe("\n".join(_lines(block) for block in blocks))


def _lines(block: str) -> str:
    html, items, words = [], [], []

    def close() -> None:
        if words:
            html.append(f"<p>{'<br>'.join(words)}</p>")
        if items:
            html.append(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
        words.clear()
        items.clear()

    for line in block.split("\n"):
        bulleted = line.startswith("- ")
        if (bulleted and words) or (not bulleted and items):
            close()
        (items if bulleted else words).append(escape(french(line[2:] if bulleted else line)))
    close()
    return "".join(html)


@register.filter
def count_of(number: int, words: str) -> str:
    """« 1 action », « 12 actions »: the number with the word of its plural, given as « singular,plural »."""
    singular, plural = words.split(",")
    return f"{number}\u00a0{singular if number < 2 else plural}"
