"""People who sign in (by work e-mail), their sessions, and the tokens of their software."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

#: How often the last use of a token is written, at most.
NOTED_EVERY = timedelta(hours=1)


class UserManager(BaseUserManager):
    """Makes accounts; addresses are kept in lower case, so that one person is one account."""

    def create_user(self, email: str, name: str, password: str | None = None, **extra) -> "User":
        """A new account; without a password it cannot sign in until one is set."""
        if not email:
            raise ValueError("Un compte a une adresse électronique.")
        user = self.model(email=self.model.normalize_username(email), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None, **extra) -> "User":
        """A new administrator, who sees and may do everything."""
        return self.create_user(email, name, password, is_superuser=True, **extra)

    def get_by_natural_key(self, email: str) -> "User":
        """The account of that address, whatever its capitals."""
        return self.get(email=self.model.normalize_username(email))


class User(AbstractBaseUser, PermissionsMixin):
    """An account: name, work e-mail and organisation, nothing more (RGPD: minimisation)."""

    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom", max_length=150)
    organisation = models.CharField("organisme", max_length=150, blank=True)
    is_active = models.BooleanField("actif", default=True, help_text="Décochez plutôt que de supprimer un compte.")
    date_joined = models.DateTimeField("créé le", default=timezone.now, editable=False)
    #: When the last letter of invitation went out; NULL: the person has a password, or nobody invited them.
    invited_at = models.DateTimeField("invitation envoyée le", null=True, blank=True, editable=False)

    #: The token by which a program asks in this person's name; None: the person themself. `objectives.access` minds it.
    token: "Token | None" = None

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The address as it is kept: forms, sign-in and commands all ask here."""
        return super().normalize_username(username).strip().lower()

    @property
    def is_staff(self) -> bool:
        """Whether Django's own admin views let the person in; `objectives.access` says to what."""
        return self.is_active

    @property
    def is_awaited(self) -> bool:
        """Whether the person was invited and has not answered yet."""
        return self.invited_at is not None

    @property
    def invited_until(self) -> datetime | None:
        """When the link of the last letter of invitation ends; None: no answer is awaited."""
        return self.invited_at + timedelta(days=settings.INVITATION_DAYS) if self.invited_at else None

    def set_password(self, raw_password: str | None) -> None:
        """Sets it; whoever has a password is no longer awaited, and the link of their invitation is void."""
        super().set_password(raw_password)
        if raw_password is not None:
            self.invited_at = None

    def close(self) -> None:
        """Closes the account, its sessions and its tokens at once. Opened again, it has none of them.

        `objectives.members.close_account` asks first whether it may be.
        """
        self.is_active = False
        self.save(update_fields=["is_active"])
        self.sessions.all().delete()
        self.tokens.all().delete()

    def get_full_name(self) -> str:
        """The person's name, as Django asks for it."""
        return self.name

    def get_short_name(self) -> str:
        """The person's name, as Django asks for it."""
        return self.name


class Session(AbstractBaseSession):
    """A browser in which someone is signed in; `user` NULL: a visitor for whom something is kept."""

    # Without a constraint in the database: the session of an account that has just gone is saved, and means nothing.
    user = models.ForeignKey(
        User, verbose_name="compte", null=True, on_delete=models.CASCADE, related_name="sessions", db_constraint=False
    )
    browser = models.CharField("navigateur", max_length=300, blank=True)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)
    seen_at = models.DateTimeField("dernière activité", default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "session"
        verbose_name_plural = "sessions"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine that reads and writes these rows."""
        from accounts.sessions import SessionStore

        return SessionStore

    @property
    def name(self) -> str:
        """What pages call it: its key opens it, and is shown nowhere."""
        return _digest(self.session_key)[:16]


class TokenManager(models.Manager):
    """Issues tokens and finds them again by their secret."""

    def issue(self, user: User, *, label: str, **limits: Any) -> tuple["Token", str]:
        """A new token and its secret, which is shown this once and kept only as a digest."""
        secret = f"cv_{secrets.token_urlsafe(32)}"
        return self.create(user=user, label=label, digest=_digest(secret), **limits), secret

    def find(self, secret: str) -> "Token | None":
        """The token of that secret, of an active account and not expired, or None."""
        live = Q(expires_on=None) | Q(expires_on__gte=timezone.localdate())
        return self.select_related("user").filter(live, digest=_digest(secret), user__is_active=True).first()


class Token(models.Model):
    """A secret by which a program reads, or writes, what its owner may; never more than its owner."""

    user = models.ForeignKey(User, verbose_name="compte", on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField("usage", max_length=100, help_text="Le logiciel ou le service qui s’en sert.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    writes = models.BooleanField("écrit", default=False)
    #: Limited to the contracts that `objectives.TokenContract` names, be there none left; else all of its owner's.
    limited = models.BooleanField("limité à des contrats", default=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    #: Its last day; NULL: until it is revoked.
    expires_on = models.DateField("valable jusqu’au", null=True, blank=True)
    #: NULL: never used. Written at most once every NOTED_EVERY.
    last_used_at = models.DateTimeField("dernier usage", null=True, editable=False)

    objects = TokenManager()

    class Meta:
        verbose_name = "jeton d’API"
        verbose_name_plural = "jetons d’API"
        ordering = ["user", "created_at"]

    def __str__(self) -> str:
        return f"{self.label} ({self.user})"

    @property
    def has_expired(self) -> bool:
        """Whether its last day is over."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    def note_use(self) -> None:
        """Writes that it is used now, unless that was written within the hour."""
        now = timezone.now()
        if self.last_used_at is None or self.last_used_at <= now - NOTED_EVERY:
            type(self).objects.filter(pk=self.pk).update(last_used_at=now)
            self.last_used_at = now


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
