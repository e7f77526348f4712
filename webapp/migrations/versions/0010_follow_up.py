"""Following items up: meetings and their decisions, milestones, budget, measurements, links."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from webapp.migrations.append_only import protect, release

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATUSES = ("draft", "submitted", "adopted", "in_progress", "done", "abandoned")
TERRITORIES = ("44", "49", "53", "72", "85", "NM", "52")
ORGANISATIONS = ("state", "authority", "operator", "association", "business", "other")
APPEND_ONLY = ("item_transition", "decision")
NO_PRIORITY = "9"
COLUMNS: tuple[tuple[str, sa.Column[Any]], ...] = (
    ("roadmap", sa.Column("by_group", sa.Boolean(), nullable=False, server_default=sa.false())),
    (
        "roadmap_item",
        sa.Column("priority", sa.Integer(), nullable=False, server_default=NO_PRIORITY),
    ),
    ("indicator", sa.Column("baseline_on", sa.Date())),
    (
        "indicator",
        sa.Column("baseline_source", sa.String(200), nullable=False, server_default=""),
    ),
    ("indicator", sa.Column("target_on", sa.Date())),
)
TABLES = (
    "item_merge",
    "item_transition",
    "decision",
    "agenda_point",
    "steering_meeting",
    "organisation",
    "item_link",
    "budget_line",
    "milestone",
    "measurement",
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, column)
    _create_measurements()
    _create_parts()
    _create_organisations()
    _create_meetings()
    _create_transitions()
    protect(APPEND_ONLY)


def downgrade() -> None:
    release(APPEND_ONLY)
    for table in TABLES:
        op.drop_table(table)
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column.name)


def _enum(words: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)


def _key(of: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{of}"),
    ]


def _public(of: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.UniqueConstraint("public_id", name=f"uq_{of}_public_id"),
    ]


def _link(name: str, table: str, of: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    """Return a column and its foreign key."""
    return [
        sa.Column(name, sa.Integer(), nullable=nullable),
        sa.ForeignKeyConstraint([name], [f"{table}.id"], name=f"fk_{of}_{name}_{table}"),
    ]


def _line(name: str, length: int = 200) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _given(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({name}) > 0", name=f"{name}_given")


def _create(table: str, *columns: sa.schema.SchemaItem, indexes: tuple[str, ...] = ()) -> None:
    op.create_table(table, *columns)
    for column in indexes:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _create_measurements() -> None:
    _create(
        "measurement",
        *_key("measurement"),
        *_link("indicator_id", "indicator", "measurement"),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("territory", _enum(TERRITORIES, "territory"), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        _line("source"),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        *_link("recorded_by_id", "user", "measurement"),
        sa.UniqueConstraint("indicator_id", "measured_on", "territory", name="uq_measurement_once"),
        sa.CheckConstraint("value BETWEEN -1e15 AND 1e15", name="value_reasonable"),
    )


def _create_parts() -> None:
    _create(
        "milestone",
        *_key("milestone"),
        *_link("item_id", "roadmap_item", "milestone"),
        _line("title"),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date()),
        _given("title"),
        indexes=("item_id",),
    )
    _create(
        "budget_line",
        *_key("budget_line"),
        *_link("item_id", "roadmap_item", "budget_line"),
        sa.Column("year", sa.Integer(), nullable=False),
        _line("funder"),
        _line("purpose"),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount BETWEEN 0 AND 2000000000", name="amount_reasonable"),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name="year_reasonable"),
        _given("funder"),
        indexes=("item_id",),
    )
    _create(
        "item_link",
        *_key("item_link"),
        *_link("item_id", "roadmap_item", "item_link"),
        sa.Column("kind", _enum(("pact", "initiative"), "linkkind"), nullable=False),
        _line("title"),
        _line("url", 500),
        *_link("workshop_id", "workshop", "item_link", nullable=True),
        sa.CheckConstraint(
            "url = '' OR url LIKE 'http://%' OR url LIKE 'https://%'", name="url_is_a_page"
        ),
        _given("title"),
        indexes=("item_id", "workshop_id"),
    )


def _create_organisations() -> None:
    _create(
        "organisation",
        *_key("organisation"),
        _line("name"),
        _line("folded"),
        sa.Column("kind", _enum(ORGANISATIONS, "organisationkind"), nullable=False),
        sa.Column("territory", _enum(TERRITORIES, "territory")),
        _line("contact"),
        _line("website", 300),
        *_public("organisation"),
        sa.UniqueConstraint("folded", name="uq_organisation_folded"),
        _given("name"),
    )


def _create_meetings() -> None:
    _create(
        "steering_meeting",
        *_key("steering_meeting"),
        *_link("roadmap_id", "roadmap", "steering_meeting"),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        _line("place"),
        sa.Column("attendees", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("state", _enum(("planned", "closed"), "meetingstate"), nullable=False),
        sa.Column("closed_at", sa.DateTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        *_public("steering_meeting"),
        indexes=("roadmap_id",),
    )
    _create(
        "agenda_point",
        *_key("agenda_point"),
        *_link("meeting_id", "steering_meeting", "agenda_point"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_link("item_id", "roadmap_item", "agenda_point", nullable=True),
        _line("title"),
        sa.UniqueConstraint("meeting_id", "item_id", name="uq_agenda_point_meeting_id_item_id"),
        sa.CheckConstraint("(item_id IS NULL) <> (title = '')", name="item_or_title"),
        indexes=("meeting_id", "item_id"),
    )
    _create(
        "decision",
        *_key("decision"),
        *_link("meeting_id", "steering_meeting", "decision"),
        *_link("item_id", "roadmap_item", "decision"),
        sa.Column(
            "verdict", _enum(("adopt", "amend", "postpone", "refuse"), "verdict"), nullable=False
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        *_link("decided_by_id", "user", "decision"),
        sa.CheckConstraint("verdict = 'adopt' OR length(reason) > 0", name="reason_given"),
        indexes=("meeting_id", "item_id"),
    )


def _create_transitions() -> None:
    _create(
        "item_transition",
        *_key("item_transition"),
        *_link("item_id", "roadmap_item", "item_transition"),
        sa.Column("source", _enum(STATUSES, "source_status")),
        sa.Column("target", _enum(STATUSES, "target_status"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        *_link("actor_id", "user", "item_transition", nullable=True),
        indexes=("item_id",),
    )
    op.create_table(
        "item_merge",
        *_link("item_id", "roadmap_item", "item_merge"),
        *_link("into_id", "roadmap_item", "item_merge"),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_merge"),
        sa.CheckConstraint("item_id <> into_id", name="two_items"),
    )
    op.create_index("ix_item_merge_into_id", "item_merge", ["into_id"])
