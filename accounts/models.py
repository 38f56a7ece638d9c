"""People who sign in (by work e-mail) and the tokens of their software."""

import hashlib
import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


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
        return self.name

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The address as it is kept: forms, sign-in and commands all ask here."""
        return super().normalize_username(username).strip().lower()

    @property
    def is_staff(self) -> bool:
        """Whether Django's own admin views let the person in; `objectives.access` says to what."""
        return self.is_active

    def get_full_name(self) -> str:
        """The person's name, as Django asks for it."""
        return self.name

    def get_short_name(self) -> str:
        """The person's name, as Django asks for it."""
        return self.name


class TokenManager(models.Manager):
    """Issues tokens and finds them again by their secret."""

    def issue(self, user: User, *, label: str) -> tuple["Token", str]:
        """A new token and its secret, which is shown this once and kept only as a digest."""
        secret = f"cv_{secrets.token_urlsafe(32)}"
        return self.create(user=user, label=label, digest=_digest(secret)), secret

    def find(self, secret: str) -> "Token | None":
        """The token of that secret, of an active account, or None."""
        return self.select_related("user").filter(digest=_digest(secret), user__is_active=True).first()


class Token(models.Model):
    """A secret by which a program reads what its owner may read."""

    user = models.ForeignKey(User, verbose_name="compte", on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField("usage", max_length=100, help_text="Le logiciel ou le service qui s’en sert.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = TokenManager()

    class Meta:
        verbose_name = "jeton d’API"
        verbose_name_plural = "jetons d’API"
        ordering = ["user", "created_at"]

    def __str__(self) -> str:
        return f"{self.label} ({self.user})"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
