"""Sixteen people write in one contract for a minute: what they did, and that the tree and the log are true after it."""

from collections.abc import Iterator

from django.db import connection

from drafts.read import read_draft
from objectives.models import Change
from script.measures.report import Line
from tests.factories import make_user
from tests.ground import make_ground
from tests.replay import check_log_gives
from tests.storm import write_together
from tests.trees import check_sound

SECONDS = 60
#: On SQLite, where writers wait for one another, fewer than on PostgreSQL.
WRITERS = {"postgresql": 16, "sqlite": 4}


def measure_writers() -> Iterator[Line]:
    """Raises the first error that is neither « stale » nor « refused », a tree that is not sound, a log that lies."""
    contract = make_ground("ecrivains")
    people = [make_user(admin=True) for _ in range(WRITERS[connection.vendor])]
    start, since = read_draft(contract), contract.revision
    done = write_together(contract, people, seconds=SECONDS)
    check_sound(contract)
    check_log_gives(contract, start=start, since=since)
    contract.refresh_from_db()
    logged = Change.objects.filter(contract=contract, revision__gt=since).count()
    said = f"{len(people)} personnes : modifications enregistrées, puis consignées"
    yield Line(said, f"{contract.revision - since:,}", f"{logged:,}", logged / (contract.revision - since), wished=1)
    refused = done["Stale"] + done["Refused"]
    yield Line("gestes faits, puis refusés avec une raison", f"{done['done']:,}", f"{refused:,}", 1)
