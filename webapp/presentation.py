"""Jinja filters and globals: dates, numbers, codes and states."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import segno
from flask import Flask
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from webapp import vocabulary, wording
from webapp.imports.layouts import Remark
from webapp.platform import formats, french, languages, script_words, tokens
from webapp.platform.extensions import db
from webapp.platform.languages import Language
from webapp.platform.small_counts import Shown, Withheld, shown
from webapp.platform.views import current, reader_language
from webapp.privacy import legal_notices
from webapp.privacy.models import Conformity
from webapp.publishing.documents.charts import curve
from webapp.publishing.documents.item_sheet import decided
from webapp.review import boards, clusters, open_clusters, provenance
from webapp.review.models import Cluster
from webapp.roadmap import progress
from webapp.roadmap.models import RoadmapItem
from webapp.roadmap.views import navigation
from webapp.territory.forms.reference_cache import lists
from webapp.territory.models import ReferenceKind
from webapp.territory.regions import PARIS
from webapp.vocabulary.labels import LABELS, label, mark


def date_fr(value: date | datetime | None) -> str:
    """Return a day such as « 1er novembre 2023 », in Paris."""
    if value is None:
        return ""
    day = value.astimezone(PARIS).date() if isinstance(value, datetime) else value
    return french.long_date(day)


def day(value: datetime) -> str:
    """Return the ISO date in Paris; the time is dropped so that it cannot identify an author."""
    return value.astimezone(PARIS).date().isoformat()


def datetime_fr(value: datetime | None) -> str:
    """Return an instant such as « 7 novembre 2023 à 10 h 45 », in Paris."""
    return "" if value is None else french.long_instant(value)


def time_fr(value: datetime | None) -> str:
    """Return a time such as « 10 h 45 », in Paris."""
    return "" if value is None else value.astimezone(PARIS).strftime("%-H\u202fh\u202f%M")


def percent_fr(value: float) -> str:
    """Return a share such as « 82 % »."""
    return f"{round(value * 100)}\u202f%"


def paragraphs(text: str | None) -> list[str]:
    """Return the non-blank lines of a text."""
    return [line for line in (text or "").splitlines() if line.strip()]


def qr_svg(text: str) -> Markup:
    """Return a QR code as inline SVG without styles, which the Content-Security-Policy allows."""
    buffer = BytesIO()
    segno.make(text, error="m").save(
        buffer, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, light="#fff"
    )
    return Markup(buffer.getvalue().decode())  # noqa: S704 - the SVG holds QR modules, no user text


def precision_fr(value: float | None) -> str:
    """Return the confidence in a proposed group in words, from its expected precision."""
    if value is None:
        return vocabulary.PRECISION_UNKNOWN
    return next(words for floor, words in vocabulary.PRECISION if value >= floor)


def likelihood_fr(value: float) -> str:
    """Return in words how likely a note is to belong to a group, from its probability."""
    return next(words for floor, words in vocabulary.LIKELIHOOD if value >= floor)


def strand_fr(value: str | None) -> str:
    """Return an axis of the Pacte with its number."""
    return lists().strand(value)


def territory_fr(value: str | None) -> str:
    """Return the name of a territory."""
    return lists().territory(value)


def shown_fr(value: Shown) -> str:
    """Return a count, or why it is withheld."""
    return vocabulary.WITHHELD[value] if isinstance(value, Withheld) else wording.number(value)


def file_question(remark: Remark) -> str:
    """Return what is to be confirmed about a file."""
    return wording.file_remark(vocabulary.FILE_QUESTIONS, remark.code, remark.value)


def file_notice(remark: Remark) -> str:
    """Return what is told about a file."""
    return wording.file_remark(vocabulary.FILE_NOTICES, remark.code, remark.value)


def register(app: Flask) -> None:
    """Register the filters and globals of the templates on ``app``."""
    app.jinja_env.filters.update(
        likelihood_fr=likelihood_fr,
        precision_fr=precision_fr,
        date_fr=date_fr,
        few=shown,
        file_notice=file_notice,
        file_question=file_question,
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
        REFERENCE_LISTS=vocabulary.REFERENCE_LISTS,
        STAGES=vocabulary.STAGES,
        ANALYSIS_ERRORS=vocabulary.ANALYSIS_ERRORS,
        code_of_territory=_code_of_territory,
        EXPORT_ERRORS=vocabulary.EXPORT_ERRORS,
        confirmed=clusters.confirmed,
        conformity=_conformity,
        counted=french.counted,
        curve_of=curve,
        label_of=label,
        is_late=_is_late,
        desk_place=navigation.desk_place,
        desk_sections=navigation.SECTIONS,
        decided_of=decided,
        suggested=clusters.suggested,
        other_titles=clusters.other_titles,
        target_labels=clusters.target_labels,
        box_of=open_clusters.box_of,
        provenance_of=_provenance_of,
        now=lambda: datetime.now(UTC),
    )
    _register_languages(app)
    app.jinja_env.undefined = StrictUndefined  # undefined names raise
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _is_late(item: RoadmapItem) -> bool:
    """Whether an item is overdue today."""
    return progress.is_late(item, current.now().date())


def _register_languages(app: Flask) -> None:
    """Register what templates for participants show messages, numbers and dates with."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined] # the extension adds it
        languages.translated, languages.translated_plural, newstyle=True
    )
    environment.filters.update(
        clock=_by_language(formats.clock),
        long_date=_by_language(formats.long_date),
        long_instant=_by_language(formats.long_instant),
        ltr=_by_language(formats.left_to_right),
        number=_by_language(formats.number),
    )
    environment.globals.update(
        day_span=formats.day_span,
        opening_times=formats.opening_times,
        N_=mark,
        ngettext=_counted_message,
        in_language=_in_language,
        language=languages.current,
        languages=languages.offered,
        is_translated=reader_language.is_translated,
        printed_language=reader_language.printed_language,
        script_words=script_words.as_json,
        switch_url=reader_language.switch_url,
    )


def _by_language(filter_: Callable[[Any], str]) -> Callable[..., str]:
    """Return a filter that is never computed ahead, when a template is compiled."""

    @pass_context
    def filter_now(_: Context, value: Any) -> str:  # noqa: ANN401 - of whatever the filter takes
        return filter_(value)

    return filter_now


@pass_context
def _counted_message(
    context: Context, one: str, many: str, count: int, **values: object
) -> str | Markup:
    """Return the form of a message for ``count``, which ``%(num)s`` shows as the language does."""
    text = languages.translated_plural(one, many, count)
    shown_text = Markup(text) if context.eval_ctx.autoescape else text  # noqa: S704 - ours
    return shown_text % {"num": formats.number(count), **values}


def _in_language(language: Language, caller: Callable[[], str]) -> str:
    """Show the body of a ``call`` in ``language``, in a page that is in another."""
    with languages.speaking(language):
        return caller()


def _code_of_territory(name: str) -> str:
    """Return the code of a territory's chart colour; an unknown name is returned unchanged."""
    return next((c for c, n in lists().names(ReferenceKind.TERRITORY).items() if n == name), name)


def _provenance_of(cluster: Cluster) -> provenance.Provenance:
    return provenance.count(m.excerpt.contribution for m in clusters.confirmed(cluster))


def _conformity() -> str:
    """Return the declared accessibility status; error pages work without a database."""
    try:
        return LABELS["conformity"][legal_notices.read(db.session()).conformity]
    except SQLAlchemyError:
        return LABELS["conformity"][Conformity.NONE]
