"""What a page weighs on the wire, with all that it loads."""

import gzip

from tests.factories import make_contract, make_publication, real_document

#: Octets, compressed, assets included.
LIMIT = 120_000


def test_tree_of_ales_is_light(window):
    make_publication(make_contract(real_document("ales-2015-2020")))
    loaded = []
    window.on("response", lambda response: loaded.append(response))
    window.goto("/contrats/ales-2015-2020/", wait_until="networkidle")
    window.evaluate("document.fonts.ready")
    weights = {}
    for response in loaded:
        body = response.body()
        packed = body if response.url.endswith(".woff2") else gzip.compress(body)
        weights[response.url.rpartition("/")[2] or "page"] = len(packed)
    assert [name for name in weights if name.endswith(".woff2")] != []
    assert sum(weights.values()) < LIMIT, weights
    assert {response.status for response in loaded} == {200}
