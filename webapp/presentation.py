"""How templates show dates, numbers, codes and states."""

from datetime import UTC, date, datetime
from io import BytesIO

import segno
from flask import Flask
from jinja2 import StrictUndefined
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from webapp import vocabulary, wording
from webapp.platform import french, tokens
from webapp.platform.extensions import db
from webapp.platform.small_counts import Shown, Withheld, shown
from webapp.privacy import legal_notices
from webapp.privacy.models import Conformity
from webapp.publishing.documents.charts import curve
from webapp.review import boards, clusters, provenance
from webapp.review.models import Cluster
from webapp.territory.forms.reference_cache import lists
from webapp.territory.models import ReferenceKind
from webapp.territory.regions import PARIS


def date_fr(value: date | datetime | None) -> str:
    """Return a day such as « 1er novembre 2023 », in Paris."""
    if value is None:
        return ""
    day = value.astimezone(PARIS).date() if isinstance(value, datetime) else value
    return french.long_date(day)


def day(value: datetime) -> str:
    """Return the day of an instant in Paris, for machines: never the hour when somebody spoke."""
    return value.astimezone(PARIS).date().isoformat()


def datetime_fr(value: datetime | None) -> str:
    """Return an instant such as « 7 novembre 2023 à 10 h 45 », in Paris."""
    return "" if value is None else french.long_instant(value)


def time_fr(value: datetime | None) -> str:
    """Return an hour such as « 10 h 45 », in Paris."""
    return "" if value is None else value.astimezone(PARIS).strftime("%-H\u202fh\u202f%M")


def percent_fr(value: float) -> str:
    """Return a share such as « 82 % »."""
    return f"{round(value * 100)}\u202f%"


def paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a text, blank lines left out."""
    return [line for line in (text or "").splitlines() if line.strip()]


def qr_svg(text: str) -> Markup:
    """Return a QR code as an inline picture without style, so that a strict policy allows it."""
    buffer = BytesIO()
    segno.make(text, error="m").save(
        buffer, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, light="#fff"
    )
    return Markup(buffer.getvalue().decode())  # noqa: S704 - made of modules, never of words


def precision_fr(value: float | None) -> str:
    """Return in words how sure a group of the machine is, from its expected precision."""
    if value is None:
        return vocabulary.PRECISION_UNKNOWN
    return next(words for floor, words in vocabulary.PRECISION if value >= floor)


def strand_fr(value: str | None) -> str:
    """Return an axis of the Pacte with its number."""
    return lists().strand(value)


def territory_fr(value: str | None) -> str:
    """Return the name of a territory."""
    return lists().territory(value)


def shown_fr(value: Shown) -> str:
    """Return a count, or why it is not given."""
    return vocabulary.WITHHELD[value] if isinstance(value, Withheld) else wording.number(value)


def register(app: Flask) -> None:
    """Give the templates of ``app`` their filters and names."""
    app.jinja_env.filters.update(
        precision_fr=precision_fr,
        date_fr=date_fr,
        few=shown,
        datetime_fr=datetime_fr,
        day=day,
        grouped=tokens.grouped,
        number_fr=wording.number,
        paragraphs=paragraphs,
        percent_fr=percent_fr,
        qr_svg=qr_svg,
        shown_fr=shown_fr,
        strand_fr=strand_fr,
        territory_fr=territory_fr,
        time_fr=time_fr,
    )
    app.jinja_env.globals.update(
        ACTS=vocabulary.ACTS,
        UNSURE=boards.UNSURE,
        OUTCOMES=vocabulary.OUTCOMES,
        FIELDS=wording.FIELDS,
        STAGES=vocabulary.STAGES,
        ANALYSIS_ERRORS=vocabulary.ANALYSIS_ERRORS,
        code_of_territory=_code_of_territory,
        EXPORT_ERRORS=vocabulary.EXPORT_ERRORS,
        confirmed=clusters.confirmed,
        conformity=_conformity,
        counted=french.counted,
        curve_of=curve,
        suggested=clusters.suggested,
        other_titles=clusters.other_titles,
        provenance_of=_provenance_of,
        now=lambda: datetime.now(UTC),
    )
    app.jinja_env.undefined = StrictUndefined  # a misspelt name is an error, not a blank
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _code_of_territory(name: str) -> str:
    """Return the code that a curve's colour goes by; a name that no list has is its own."""
    return next((c for c, n in lists().names(ReferenceKind.TERRITORY).items() if n == name), name)


def _provenance_of(cluster: Cluster) -> provenance.Provenance:
    return provenance.count(m.excerpt.contribution for m in clusters.confirmed(cluster))


def _conformity() -> str:
    """Return the state of accessibility that every page declares; a page of error needs no base."""
    try:
        return vocabulary.CONFORMITY[legal_notices.read(db.session()).conformity]
    except SQLAlchemyError:
        return vocabulary.CONFORMITY[Conformity.NONE]
