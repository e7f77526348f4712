"""What the law asks an instance to say of itself: read by every legal page, changed on screen."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.exceptions import ConflictError
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.privacy.models import MAX_NOTICE_LENGTH, NOTICE_FIELDS, Conformity, LegalNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Who publishes, hosts and answers for the instance; empty where nobody said it yet.

    Attributes
    ----------
    audited : str
        Who audited the accessibility, when, with which result; only an audit makes the service
        conform, partly or wholly.
    version : int
        Which text this is; 0 as long as nobody filled it.
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
        """The names of what is still to be said."""
        return tuple(name for name in NOTICE_FIELDS if not getattr(self, name))


def read(session: Session) -> Notice:
    """Return what the legal pages say."""
    stored = session.get(LegalNotice, 1)
    if stored is None:
        return Notice()
    said = {name: getattr(stored, name) for name in (*NOTICE_FIELDS, "audited")}
    return Notice(**said, conformity=stored.conformity, version=stored.version)


def save(session: Session, *, notice: Notice, actor: Actor) -> None:
    """Change what the legal pages say; the journal names what changed.

    A conformity that no audit supports is kept as « not conform », as the law has it.

    Raises
    ------
    ConflictError
        If somebody changed it since ``actor`` read it.
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
