"""Every act of the review with what it changed, so that each can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

EARLIER = ("accept", "reopen", "rename", "attach", "promote")
ACTS = (
    *EARLIER,
    *("summarise", "merge", "split", "move", "isolate", "dissolve", "set_aside", "cut"),
    *("undo", "redo"),
)
PLACEMENTS = ("machine", "human", "suggested")
FIELDS = ("title", "title_by_human", "summary", "summary_by_human", "status", "stop", "dropped")
APPEND_ONLY = ("review_move", "review_edit", "review_undo")


def upgrade() -> None:
    _rename_acts(ACTS)
    for table, column in (
        (
            "cluster",
            sa.Column("summary_by_human", sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
        ("cluster", sa.Column("kept", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("cluster", sa.Column("x", sa.Double(), nullable=False, server_default="0")),
        ("cluster", sa.Column("y", sa.Double(), nullable=False, server_default="0")),
        ("cluster_member", sa.Column("words", sa.Text(), nullable=False, server_default="[]")),
        (
            "cluster_member",
            sa.Column("divergent", sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
        (
            "cluster_member",
            sa.Column("isolation", sa.String(12), nullable=False, server_default=""),
        ),
        ("excerpt", sa.Column("dropped", sa.Boolean(), nullable=False, server_default=sa.false())),
    ):
        op.add_column(table, column)
    # What a person placed before this version is kept together from now on.
    op.execute(
        "UPDATE cluster SET kept = true WHERE id IN "
        "(SELECT cluster_id FROM cluster_member WHERE placed_by = 'human')"
    )
    _create_moves()
    _create_edits()
    _create_undos()
    _create_readings()
    _create_changes()
    for table in APPEND_ONLY:
        _protect(table)


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb} ON {table}")
                op.execute(f"DROP FUNCTION {table}_no_{verb}()")
    for table in ("run_change", "cluster_partition", "cluster_tension", *reversed(APPEND_ONLY)):
        op.drop_table(table)
    op.execute("DELETE FROM excerpt WHERE dropped")  # pieces of cuts that were undone
    for table, column in (
        ("excerpt", "dropped"),
        ("cluster_member", "isolation"),
        ("cluster_member", "divergent"),
        ("cluster_member", "words"),
        ("cluster", "y"),
        ("cluster", "x"),
        ("cluster", "kept"),
        ("cluster", "summary_by_human"),
    ):
        op.drop_column(table, column)
    _forget_later_acts()
    _rename_acts(EARLIER)


def _rename_acts(acts: tuple[str, ...]) -> None:
    """Give the column the words of ``acts``. SQLite copies the table, which loses its triggers."""
    words = ", ".join(f"'{act}'" for act in acts)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_review_action_act"), "review_action", type_="check")
        op.create_check_constraint(
            op.f("ck_review_action_act"), "review_action", f"act IN ({words})"
        )
        return
    with op.batch_alter_table("review_action", recreate="always") as batch:
        batch.create_check_constraint(op.f("ck_review_action_act"), f"act IN ({words})")
    _protect("review_action")


def _forget_later_acts() -> None:
    """An earlier schema has no word for them: going down loses the acts it could not read."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER review_action_no_delete")
    else:
        op.execute("ALTER TABLE review_action DISABLE TRIGGER review_action_no_delete")
    words = ", ".join(f"'{act}'" for act in EARLIER)
    op.execute(f"DELETE FROM review_action WHERE act NOT IN ({words})")  # noqa: S608 - our own words
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE review_action ENABLE TRIGGER review_action_no_delete")


def _protect(table: str) -> None:
    for verb in ("update", "delete"):
        name = f"{table}_no_{verb}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} WHEN 1 = 1 "
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )
            continue
        outcome = "OLD" if verb == "delete" else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation', "
            f"CONSTRAINT = '{name}'; RETURN {outcome}; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def _enum(words: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _link(name: str, table: str, of: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    """Return a column and its foreign key."""
    key = f"fk_{of}_{name}_{table}"
    return [
        sa.Column(name, sa.Integer(), nullable=nullable),
        sa.ForeignKeyConstraint([name], [f"{table}.id"], name=key),
    ]


def _create(table: str, *columns: sa.schema.SchemaItem, indexes: tuple[str, ...] = ()) -> None:
    op.create_table(table, *columns)
    for column in indexes:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _create_moves() -> None:
    sides: list[sa.schema.SchemaItem] = []
    for side in ("before", "after"):
        sides += _link(f"{side}_cluster_id", "cluster", "review_move", nullable=True)
        sides += [
            sa.Column(f"{side}_placed_by", _enum(PLACEMENTS, f"{side}_placed_by")),
            sa.Column(f"{side}_confidence", sa.Double(), nullable=False),
            sa.Column(f"{side}_position", sa.Integer(), nullable=False),
        ]
    _create(
        "review_move",
        _id(),
        *_link("action_id", "review_action", "review_move"),
        *_link("excerpt_id", "excerpt", "review_move"),
        *sides,
        sa.PrimaryKeyConstraint("id", name="pk_review_move"),
        indexes=("action_id", "excerpt_id", "before_cluster_id", "after_cluster_id"),
    )


def _create_edits() -> None:
    _create(
        "review_edit",
        _id(),
        *_link("action_id", "review_action", "review_edit"),
        *_link("cluster_id", "cluster", "review_edit", nullable=True),
        *_link("excerpt_id", "excerpt", "review_edit", nullable=True),
        sa.Column("field", _enum(FIELDS, "editedfield"), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_edit"),
        sa.CheckConstraint("(cluster_id IS NULL) <> (excerpt_id IS NULL)", name="one_subject"),
        indexes=("action_id", "cluster_id", "excerpt_id"),
    )


def _create_undos() -> None:
    _create(
        "review_undo",
        *_link("action_id", "review_action", "review_undo"),
        *_link("undone_id", "review_action", "review_undo"),
        sa.PrimaryKeyConstraint("action_id", name="pk_review_undo"),
        sa.UniqueConstraint("undone_id", name="uq_review_undo_undone_id"),
    )


def _create_readings() -> None:
    _create(
        "cluster_tension",
        _id(),
        *_link("cluster_id", "cluster", "cluster_tension"),
        *_link("first_id", "excerpt", "cluster_tension"),
        *_link("second_id", "excerpt", "cluster_tension"),
        sa.Column("first_words", sa.Text(), nullable=False),
        sa.Column("second_words", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cluster_tension"),
        sa.UniqueConstraint(
            "cluster_id",
            "first_id",
            "second_id",
            name="uq_cluster_tension_cluster_id_first_id_second_id",
        ),
    )
    _create(
        "cluster_partition",
        *_link("cluster_id", "cluster", "cluster_partition"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("leaving", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cluster_id", name="pk_cluster_partition"),
    )


def _create_changes() -> None:
    kinds = ("new", "joined", "proposed", "moved", "would_move", "vanished")
    _create(
        "run_change",
        _id(),
        *_link("run_id", "analysis_run", "run_change"),
        sa.Column("kind", _enum(kinds, "changekind"), nullable=False),
        *_link("excerpt_id", "excerpt", "run_change", nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run_change"),
        indexes=("run_id",),
    )
