"""What a browser says it is, in words that its owner recognises: « Firefox sur Windows »."""

#: Mark in the header, name; the first that is found: most browsers also bear the marks of those they descend from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def name_of_browser(header: str) -> str:
    """The browser and the system that a User-Agent header names, as far as they are known."""
    browser = next((name for mark, name in _BROWSERS if mark in header), "Navigateur inconnu")
    system = next((name for mark, name in _SYSTEMS if mark in header), "")
    return f"{browser} sur {system}" if system else browser
