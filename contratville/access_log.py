"""The line that gunicorn writes of a request, where ACCESS_LOG asks for one: without the secrets of addresses."""

from typing import Any

from gunicorn.glogging import Logger

from contratville.discretion import hide


class AccessLogger(Logger):
    """Gunicorn's, whose line of a request bears its address, and that of the page it came from."""

    def atoms(self, *asked: Any) -> dict[str, Any]:
        """What a line is made of."""
        return {name: hide(one) if isinstance(one, str) else one for name, one in super().atoms(*asked).items()}
