"""Addresses of the site, each worked out once: a page that is kept already costs less than its addresses."""

from functools import lru_cache

from django import urls


@lru_cache(maxsize=4_096)
def _reverse(name: str, args: tuple[object, ...]) -> str:
    return urls.reverse(name, args=args)


def reverse(name: str, *, args: list[object]) -> str:
    """As Django's."""
    return _reverse(name, tuple(args))
