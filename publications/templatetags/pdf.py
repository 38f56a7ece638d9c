"""Wordings in the PDF: French typography, what no line break may part, and how large a title is set."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from publications.templatetags.french import french

register = template.Library()

_WHOLE = re.compile(r"\([FGH]/[FGH]\)")


@register.filter
def line(text: str) -> SafeString:
    """The text as HTML, escaped, with « (F/H) » kept on one line."""
    return mark_safe(_WHOLE.sub(r'<span class="whole">\g<0></span>', escape(french(text))))


@register.filter
def length_class(title: str) -> str:
    """The CSS class of a title that is long for its place: wordings are sentences, seldom paragraphs."""
    return "longer" if len(title) > 300 else "long" if len(title) > 100 else ""
