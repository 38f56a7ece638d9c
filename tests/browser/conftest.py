"""A real Chromium against a real server: pages opened, read and worked as a person does."""

import os
from collections.abc import Callable, Iterator
from io import StringIO
from shutil import which

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# Playwright runs an event loop of its own in the thread of the test, which Django takes for an asynchronous one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
BROWSER = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: Milliseconds that a page may take to do what is expected of it, on a busy machine.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
#: What the window may be, in pixels: a desk, a desk at 200 %, the narrowest telephone.
DESK, ENLARGED, TELEPHONE = 1280, 640, 320
#: Without it axe writes style sheets into the page, which the policy of the admin refuses.
QUIET = {"preload": False}
#: What axe judges by the layout; the rest of a document is the same in any window.
BY_LAYOUT = {"runOnly": {"type": "rule", "values": ["color-contrast", "scrollable-region-focusable"]}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is here needs the browser, and a database that the server sees."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert BROWSER, "Chromium is needed: apt-get install chromium"
    call_command("make_fonts", stdout=StringIO())
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_window(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens a window on the site; whatever it complains of (policy, missing file, script) fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(*, width: int = 1280, height: int = 900, **options: object) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="fr-FR", **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    expected = [f"status of {status}" for status in (202, 400, 404, 412, 503)] + ["ERR_INTERNET_DISCONNECTED"]
    expected += ["htmx:sendError", "htmx:afterRequest"]  # what htmx itself says of a network that is cut
    assert [one for one in complaints if not any(status in one for status in expected)] == []


def faults_of(page: Page, name: str, width: int) -> list[str]:
    """What axe finds on the page in a window of that width, and whether it overflows; at a desk, enlarged too."""
    options = QUIET | (BY_LAYOUT if width == TELEPHONE else {})
    found = [
        f"{one['id']} {one['nodes'][0]['html']}" for one in Axe().run(page, options=options).response["violations"]
    ]
    for each in (ENLARGED, width) if width == DESK else (width,):
        page.set_viewport_size({"width": each, "height": 900})
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{overflow} pixels trop large à {each}"] if overflow > 0 else []
    return [f"{name} : {one}" for one in found]


@pytest.fixture
def window(open_window: Callable[..., Page]) -> Page:
    return open_window()
