"""Reads and saves the legal notices of the instance."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.exceptions import ConflictError
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.privacy.models import MAX_NOTICE_LENGTH, NOTICE_FIELDS, Conformity, LegalNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Publisher, host and contacts of the instance; empty until filled.

    Attributes
    ----------
    audited : str
        Author, date and result of the accessibility audit; required to declare partial or full
        conformity.
    version : int
        Version of the notice; 0 until filled.
    """

    publisher: str = ""
    director: str = ""
    host: str = ""
    controller: str = ""
    dpo: str = ""
    rights_contact: str = ""
    authority: str = ""
    accessibility_contact: str = ""
    conformity: Conformity = Conformity.NONE
    audited: str = ""
    version: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the empty fields."""
        return tuple(name for name in NOTICE_FIELDS if not getattr(self, name))


def read(session: Session) -> Notice:
    """Return the legal notice."""
    stored = session.get(LegalNotice, 1)
    if stored is None:
        return Notice()
    values = {name: getattr(stored, name) for name in (*NOTICE_FIELDS, "audited")}
    return Notice(**values, conformity=stored.conformity, version=stored.version)


def save(session: Session, *, notice: Notice, actor: Actor) -> None:
    """Save the legal notice; the changed fields are named in the audit log.

    Without an audit, the conformity is stored as « not conform », as the law requires.

    Raises
    ------
    ConflictError
        If it was changed since ``actor`` read it.
    """
    stored = session.get(LegalNotice, 1, populate_existing=True)
    before = read(session)
    if (actor.version or 0) != before.version:
        author = stored.changed_by.display_name if stored and stored.changed_by else ""
        raise ConflictError(None, author)
    after: dict[str, object] = {
        name: text_cleaning.clean(getattr(notice, name))[:MAX_NOTICE_LENGTH]
        for name in (*NOTICE_FIELDS, "audited")
    }
    after["conformity"] = notice.conformity if after["audited"] else Conformity.NONE
    changed = {name: value for name, value in after.items() if value != getattr(before, name)}
    if not changed:
        return
    if stored is None:
        stored = LegalNotice(id=1, conformity=Conformity.NONE, audited="")
        session.add(stored)
    for name, value in changed.items():
        setattr(stored, name, value)
    stored.changed_by_id = actor.id
    session.flush()
    audit.record_act(session, actor, "notice.save", "notice", ", ".join(changed))
