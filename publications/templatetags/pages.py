"""What the templates of pages say of versions, dates and of who publishes the site."""

import re
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from publications.entries import Sought
from publications.renditions.marking import mark
from publications.templatetags.french import day, french

register = template.Library()


@register.simple_tag
def site() -> dict[str, str]:
    """Who publishes this site, as set for the deployment; pages are made without a request and its context."""
    return settings.SITE


@register.filter
def contact(site: dict[str, str]) -> SafeString:
    """How to reach who publishes the site, as HTML."""
    if "@" in site["contact"]:
        return format_html('<a href="mailto:{0}">{0}</a>', site["contact"])
    where = site["contact"] or site["publisher_address"] or "adresse non renseignée"
    return format_html("{} ({})", site["publisher"], where)


register.filter("day", day)


@register.filter
def has_come(when: date) -> bool:
    """Whether that day has come, in the time of the site."""
    return when <= timezone.localdate()


@register.filter
def years(contract: Any) -> str:
    """« 2015–2020 » of a contract's or a publication's years; "" where none is stated."""
    start, end = contract.start_year, contract.end_year
    if start and end:
        return f"{start}\N{EN DASH}{end}"
    if start:
        return f"depuis {start}"
    return f"jusqu’en {end}" if end else ""


@register.filter
def marked(text: str, query: tuple[Sought, ...]) -> SafeString:
    """The text with the words of the query marked."""
    return mark(text, query)


_YEARS = re.compile(r"\d{4}-\d{4}")


@register.filter
def title_text(text: str) -> SafeString:
    """A title in large type: French spaces, and no line that breaks inside « 2015-2020 »."""
    return mark_safe(_YEARS.sub(r'<span class="unbroken">\g<0></span>', escape(french(text))))


@register.filter
def size(octets: int) -> str:
    """« 640 octets », « 14 ko », « 1,2 Mo »."""
    for unit, weight in (("Mo", 1_000_000), ("ko", 1_000)):
        if octets >= weight:
            value = octets / weight
            written = f"{value:.0f}" if value >= 10 else f"{value:.1f}".replace(".", ",")
            return f"{written}\N{NO-BREAK SPACE}{unit}"
    return f"{octets}\N{NO-BREAK SPACE}octets"
