"""A line of the PDF: French typography, and what no line break may part."""

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
