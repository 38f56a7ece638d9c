"""PDFs are made once, elsewhere, a few at a time; who asks is told how it stands, whatever happens."""

import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as ours
from django.db import connection
from django.utils import timezone

from objectives.edits import add_objective
from publications.models import Rendition
from publications.publish import publish
from publications.renditions import store
from publications.renditions.composition import Composition
from publications.renditions.making import STEPS, make
from publications.renditions.store import DocumentKeyError, TooManyWaiting, Wanted, pdf_of, reason_of
from tests.factories import make_contract, make_document, make_publication
from tests.publications.pdf_reading import pages_of

State = Rendition.State
#: Seconds that a process may take to start and make a small PDF on a busy machine.
PATIENCE = 60.0


@pytest.fixture
def publication(db):
    return make_publication()


@pytest.fixture
def elsewhere(settings, transactional_db):
    """Renders run in processes of their own, on the database of the test; none is left when it ends."""
    settings.RENDER_IN_PROCESS = False
    live = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{live['NAME']}"
    else:
        # A host may be the folder of a socket, whose strokes would end it.
        parts = {name: quote(str(live[name]), safe="") for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**parts)
    settings.RENDER_ENVIRONMENT = {"DATABASE_URL": address, "CONTRATVILLE_ENV": "development"}
    yield settings
    _wait_for_all()


def _wait_for_all() -> None:
    end = time.monotonic() + PATIENCE
    while Rendition.objects.filter(state__in=[State.QUEUED, State.RUNNING]).exists() and time.monotonic() < end:
        store.start_next()
        time.sleep(0.1)
    for child in list(store._children.values()):
        child.wait(PATIENCE)


def _states() -> list[str]:
    return sorted(Rendition.objects.values_list("state", flat=True))


def test_it_is_made_once_and_then_served_in_one_query(publication, django_assert_num_queries):
    first = pdf_of(publication)
    assert (first.state, bytes(first.content[:5])) == (State.DONE, b"%PDF-")
    with django_assert_num_queries(1):
        second = pdf_of(publication)
    assert (second.pk, second.finished_at, bytes(second.content)) == (first.pk, first.finished_at, bytes(first.content))


def test_a_branch_is_kept_beside_the_whole(publication):
    whole, branch = pdf_of(publication), pdf_of(publication, Wanted(branch="1-1"))
    assert (whole.name, branch.name) == (store.WHOLE.name, f"{store.WHOLE.name}:1-1")
    assert bytes(whole.content) != bytes(branch.content)


def test_a_branch_that_is_not_there_is_named_and_nothing_is_kept(publication):
    for key in ("rien", "1-1-a", ""):
        with pytest.raises(DocumentKeyError, match=f"Aucun objectif n’a la clé « {key} »."):
            pdf_of(publication, Wanted(branch=key))
    assert _states() == []


def test_when_the_make_changes_it_is_made_anew_and_the_old_one_goes(publication, settings):
    kept = {pdf_of(publication).pk, pdf_of(publication, Wanted(branch="1-1")).pk}
    settings.SITE = settings.SITE | {"publisher": "Ville d’essai"}
    store.make_name.cache_clear()
    try:
        new = pdf_of(publication)
        names = set(Rendition.objects.values_list("pk", flat=True))
        assert (new.pk in kept, len(names), len(names & kept)) == (False, 2, 1)
    finally:
        store.make_name.cache_clear()


def test_a_failure_is_told_and_can_be_tried_again(publication, settings, tmp_path):
    store.make_name()
    home, settings.BASE_DIR = settings.BASE_DIR, tmp_path  # no style sheet there
    failed = pdf_of(publication)
    assert (failed.state, reason_of(failed)) == (State.FAILED, "La mise en page a échoué (FileNotFoundError).")
    settings.BASE_DIR = home
    assert pdf_of(publication).state == State.FAILED  # not of itself, at once
    again = pdf_of(publication, retry=True)
    assert (again.pk, again.state, reason_of(again)) == (failed.pk, State.DONE, "")


def test_a_failure_of_long_ago_is_forgotten(publication):
    long_ago = timezone.now() - store.FORGIVEN - timedelta(seconds=1)
    Rendition.objects.create(
        publication=publication, name=store.WHOLE.name, state=State.FAILED, finished_at=long_ago, content=b"x"
    )
    assert pdf_of(publication).state == State.DONE


def test_what_another_process_is_making_is_left_to_it(publication):
    row = Rendition.objects.create(publication=publication, name=store.WHOLE.name, state=State.RUNNING)
    assert pdf_of(publication, wait=0.3).state == State.RUNNING
    assert Rendition.objects.get(pk=row.pk).started_at == row.started_at


def test_what_a_dead_process_left_is_taken_over_and_its_late_word_is_not_heard(publication):
    dead = timezone.now() - timedelta(seconds=2 * ours.RENDER_SECONDS + 31)
    name = store.WHOLE.name
    row = Rendition.objects.create(publication=publication, name=name, state=State.RUNNING, started_at=dead)
    done = pdf_of(publication)
    assert (done.pk, done.state) == (row.pk, State.DONE)
    assert make(row.pk, dead) is False
    store.fail(row.pk, dead, "Trop tard.")
    assert Rendition.objects.get(pk=row.pk).state == State.DONE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("on_publish", "states"), [(True, [State.DONE]), (False, [])])
def test_publishing_begins_it_where_that_is_set(settings, on_publish, states):
    settings.RENDER_ON_PUBLISH = on_publish
    make_publication()
    assert _states() == states


def test_who_serves_pages_does_not_load_what_makes_pdfs():
    code = (
        "import django, sys; django.setup(); "
        "import contratville.urls, public.views, publications.publish, publications.renditions.store; "
        "sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ours.BASE_DIR, env=_environment()).returncode == 0


def _environment() -> dict[str, str]:
    import os

    return os.environ | {"DJANGO_SETTINGS_MODULE": "contratville.settings", "CONTRATVILLE_ENV": "development"}


def test_many_who_ask_at_once_start_one_process_and_pages_are_served_meanwhile(elsewhere, client):
    publication = make_publication()
    barrier, started = threading.Barrier(6), set(store._children)

    def ask() -> None:
        barrier.wait()
        pdf_of(publication, wait=0)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(set(store._children) - started), Rendition.objects.count()) == (1, 1)
    assert (client.get("/").status_code, _states()) == (200, [State.RUNNING])
    done = pdf_of(publication, wait=PATIENCE)
    assert (done.state, bytes(done.content[:5])) == (State.DONE, b"%PDF-")


def test_only_so_many_run_at_once_and_the_others_have_their_turn(elsewhere):
    elsewhere.RENDER_LIMIT = 1
    elsewhere.RENDER_ENVIRONMENT |= {"RENDER_LIMIT": "1"}
    publication = make_publication()
    asked = [pdf_of(publication, Wanted(branch=key), wait=0).state for key in ("1-1", "1-2")]
    assert asked == [State.RUNNING, State.QUEUED]
    end, most = time.monotonic() + PATIENCE, 0
    while _states() != [State.DONE] * 2 and time.monotonic() < end:  # nobody asks again: the first starts the next
        most = max(most, _states().count(State.RUNNING))
        time.sleep(0.05)
    assert (_states(), most) == ([State.DONE] * 2, 1)


@pytest.mark.parametrize(
    ("bound", "reason"),
    [
        ({"RENDER_SECONDS": "1"}, "La mise en page a pris plus de 1 secondes."),
        ({"RENDER_MEMORY": "1"}, None),  # too little even to say so: told by whoever started it
    ],
)
def test_it_is_held_to_time_and_memory(elsewhere, bound, reason):
    publication = make_publication(make_contract(make_document(axes=5, objectives=30)))
    elsewhere.RENDER_ENVIRONMENT |= bound
    failed = pdf_of(publication, wait=PATIENCE)
    assert failed.state == State.FAILED
    assert reason in (None, reason_of(failed))


def _composed(*parts: str, **choices: object) -> Wanted:
    return Wanted(composition=Composition(parts=parts, **choices))


def test_a_composed_document_is_kept_by_its_choices(publication, django_assert_num_queries):
    first = pdf_of(publication, _composed("decisions", place="Alès"))
    assert (first.state, first.step, first.choices) == (State.DONE, STEPS, "decisions=1&lieu=Al%C3%A8s")
    with django_assert_num_queries(1):
        assert pdf_of(publication, _composed("decisions", place="Alès")).pk == first.pk
    assert pdf_of(publication, _composed("decisions")).pk != first.pk


def test_it_is_compared_with_the_version_of_that_number(publication):
    contract = publication.contract
    add_objective(contract, level=contract.levels.get(key="axe"), title="Axe nouveau", by=None)
    second = publish(contract, label="Avenant", in_force_on=date(2025, 1, 1), by=None)
    content = bytes(pdf_of(second, _composed("changements", since=1)).content)
    assert "De la version 1, Texte initial" in pages_of(content)[1]


def test_composed_documents_are_bounded_the_oldest_go(publication, monkeypatch):
    monkeypatch.setattr("publications.renditions.making.KEPT", 2)
    whole = pdf_of(publication)
    made = [pdf_of(publication, _composed("decisions", place=f"Salle {number}")).pk for number in range(3)]
    assert set(Rendition.objects.values_list("pk", flat=True)) == {whole.pk, *made[1:]}


def test_a_queue_that_is_full_takes_no_more_composed_documents(publication, settings, monkeypatch):
    settings.RENDER_LIMIT = 0
    monkeypatch.setattr(store, "WAITING", 1)
    waiting = pdf_of(publication, _composed("decisions"), wait=0)
    with pytest.raises(TooManyWaiting):
        pdf_of(publication, _composed("constats"), wait=0)
    assert pdf_of(publication, _composed("decisions"), wait=0).pk == waiting.pk
    assert (pdf_of(publication, wait=0).state, store.ahead_of(waiting)) == (State.QUEUED, 0)


def test_the_archival_one_is_kept_beside_the_whole(publication):
    whole, archival = pdf_of(publication), pdf_of(publication, Wanted(archival=True))
    assert (archival.name, archival.state) == (f"pdfa:{store.make_name()}", State.DONE)
    assert bytes(whole.content) != bytes(archival.content)
