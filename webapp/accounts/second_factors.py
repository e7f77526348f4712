"""Second factor: TOTP codes (RFC 6238), each accepted once, and recovery codes.

Secrets are encrypted with a key derived from the secret key of the instance, which protects copies
of the database such as backups, but not a machine on which that key can be read.
"""

import base64
import hmac
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.accounts import login_throttle, sessions
from webapp.accounts.models import RecoveryCode, SecondFactor, User
from webapp.accounts.sessions import AccountSnapshot
from webapp.accounts.sign_in import Transaction
from webapp.exceptions import CodeRefusedError
from webapp.platform import audit, key_derivation, tokens
from webapp.platform.audit import Actor

RECOVERY_CODES = 10
_STEP = 30
_WINDOW = 1  # accepted clock drift, in steps before and after the current one
_ISSUER = "Semailles"


def new_secret() -> str:
    """Return a TOTP secret (160 bits)."""
    return str(pyotp.random_base32())


def address(secret: str, *, email: str) -> str:
    """Return the provisioning URI, shown as a QR code."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER))


def find(session: Session, *, user_id: int) -> SecondFactor | None:
    """Return the second factor of an account, if it has one."""
    return session.get(SecondFactor, user_id)


def codes_left(session: Session, *, user_id: int) -> int:
    """Return the number of unused recovery codes of an account."""
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id)
    return session.scalar(query) or 0


def enable(
    session: Session, *, user: User, secret: str, code: str, instance_key: str, actor: Actor
) -> list[str]:
    """Enable the second factor after verifying a first code; return the recovery codes.

    Raises
    ------
    CodeRefusedError
        If no secret was shown, the code is wrong, or a second factor is already enabled.
    """
    step = _step_of(secret, code, actor.now) if secret else None
    if step is None or session.get(SecondFactor, user.id, with_for_update=True) is not None:
        raise CodeRefusedError
    cipher = _cipher(instance_key)
    session.add(
        SecondFactor(
            user_id=user.id,
            secret=cipher.encrypt(secret.encode()).decode(),
            enabled_at=actor.now,
            last_step=step,
        )
    )
    session.flush()
    audit.record_act(session, actor, "user.second_factor", f"user:{user.public_id}", "enabled")
    return _draw_codes(session, user, instance_key)


def renew_codes(session: Session, *, user: User, instance_key: str, actor: Actor) -> list[str]:
    """Replace the recovery codes and return the new ones."""
    audit.record_act(session, actor, "user.second_factor", f"user:{user.public_id}", "new codes")
    return _draw_codes(session, user, instance_key)


def remove(session: Session, *, user: User, actor: Actor) -> None:
    """Remove the second factor at the request of its owner, who gave a code."""
    _delete(session, user)
    audit.record_act(session, actor, "user.second_factor", f"user:{user.public_id}", "removed")


def reset(session: Session, *, user: User, by: int | None, now: datetime) -> None:
    """Remove a lost second factor and end the sessions of its owner."""
    _delete(session, user)
    sessions.end_all(session, user=user)
    line = audit.Line(
        action="user.second_factor",
        subject=f"user:{user.public_id}",
        at=now,
        actor_id=by,
        details="reset",
    )
    audit.record(session, line)


def _delete(session: Session, user: User) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.execute(delete(SecondFactor).where(SecondFactor.user_id == user.id))


def check(
    transaction: Transaction,
    *,
    checked: AccountSnapshot,
    code: str,
    attempt_key: str,
    instance_key: str,
    now: datetime,
) -> None:
    """Verify a TOTP code or a recovery code; each is accepted once.

    Raises
    ------
    CodeRefusedError
        If it is neither, or was already used.
    TooManyAttemptsError
        If too many codes were refused.
    """
    with transaction() as session:
        login_throttle.count(session, key=attempt_key, now=now)
    with transaction() as session:
        user = sessions.lock(session, checked=checked)
        used = _use_phone(session, user, code, instance_key, now)
        if not used and not _use_recovery(session, user, code, instance_key, now):
            raise CodeRefusedError
        login_throttle.reset(session, key=attempt_key)


def _use_phone(session: Session, user: User, code: str, instance_key: str, now: datetime) -> bool:
    factor = session.get(SecondFactor, user.id, with_for_update=True, populate_existing=True)
    if factor is None:
        return False
    try:
        secret = _cipher(instance_key).decrypt(factor.secret.encode()).decode()
    except InvalidToken:  # the secret key changed: an administrator must reset the factor
        return False
    step = _step_of(secret, code, now)
    if step is None or step <= factor.last_step:
        return False
    factor.last_step = step
    session.flush()
    return True


def _use_recovery(
    session: Session, user: User, code: str, instance_key: str, now: datetime
) -> bool:
    used = session.scalars(
        delete(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_hash.in_(
                _hash(instance_key, read)
                for read in (tokens.read_code(code), tokens.drawn_form(code))
            ),
        )
        .returning(RecoveryCode.user_id)
    ).all()
    if used:
        actor = Actor(id=user.id, now=now)
        subject = f"user:{user.public_id}"
        audit.record_act(session, actor, "user.second_factor", subject, "recovery code used")
    return bool(used)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step of ``code`` within the accepted window around ``now``."""
    typed = "".join(code.split())
    present = int(now.timestamp()) // _STEP
    found = None
    for step in range(present - _WINDOW, present + _WINDOW + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), typed.encode()):
            found = step
    return found


def _draw_codes(session: Session, user: User, instance_key: str) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [tokens.new_receipt() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(user_id=user.id, code_hash=_hash(instance_key, code)) for code in codes
    )
    session.flush()
    return [tokens.grouped(code) for code in codes]


def _hash(instance_key: str, code: str) -> str:
    return key_derivation.keyed_hash(instance_key, "recovery-code", code)


def _cipher(instance_key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key_derivation.derive(instance_key, "second-factor")))
