"""Reads the form of a page as a browser without JavaScript does, so that a test changes what a person would."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


def soup_of(response: HttpResponse) -> BeautifulSoup:
    """The page."""
    return BeautifulSoup(response.content.decode(), "html.parser")


def read_form(response: HttpResponse, selector: str = "form.sheet") -> dict[str, Any]:
    """What the form would send: values by name, a list where a name is sent several times."""
    form = soup_of(response).select_one(selector)
    assert form is not None, f"pas de formulaire {selector}"
    for template in form.select("template"):
        template.decompose()
    sent: dict[str, list[str]] = {}
    for field in form.select("input, select, textarea"):
        if field.get("name") and not field.has_attr("disabled"):
            sent.setdefault(field["name"], []).extend(_values(field))
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items() if values}


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    if field.name == "select":
        chosen = field.select("option[selected]") or field.select("option")[:1]
        return [option["value"] for option in chosen]
    if field.get("type") in ("checkbox", "radio"):
        return [field.get("value", "on")] if field.has_attr("checked") else []
    if field.get("type") in ("submit", "file"):
        return []
    return [field.get("value", "")]


def said(response: HttpResponse, selector: str = ".errorlist li") -> list[str]:
    """What the page says there, spaces made plain."""
    return [" ".join(one.get_text(" ").split()) for one in soup_of(response).select(selector)]


def clash_texts(answer: dict[str, Any], name: str) -> list[str]:
    """What the panel shows of a field that two people changed: the stored text, the typed one, the merged one."""
    soup = BeautifulSoup(answer["clashes"][name]["html"], "html.parser")
    return [one.get_text().strip() for one in soup.select(".clash__text, [data-merged]")]
