"""Keys: given once in a contract, never given again, so that a link lasts and a deletion is not taken for a move."""

import secrets
from collections.abc import Iterable

from objectives.models import Contract, IssuedKey

#: Letters and digits that are not taken for one another when read aloud or copied by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 8


def issue_key(contract: Contract) -> str:
    """A key that this contract never used; the caller holds the lock of its row."""
    while True:
        key = _draw()
        _, new = IssuedKey.objects.get_or_create(contract=contract, key=key)
        if new:
            return key


def issue_keys(contract: Contract, count: int) -> list[str]:
    """So many keys, in two statements where `issue_key` would take as many as keys; the caller holds the lock."""
    keys: dict[str, None] = {}
    while len(keys) < count:
        drawn = {_draw() for _ in range(count - len(keys))} - set(keys)
        taken = set(IssuedKey.objects.filter(contract=contract, key__in=drawn).values_list("key", flat=True))
        keys |= dict.fromkeys(sorted(drawn - taken))
    keep_keys(contract, keys)
    return list(keys)


def keep_keys(contract: Contract, keys: Iterable[str]) -> None:
    """Notes keys that a document brings with it, so that they are never given to something else."""
    rows = [IssuedKey(contract=contract, key=key) for key in keys]
    IssuedKey.objects.bulk_create(rows, ignore_conflicts=True)


def _draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
