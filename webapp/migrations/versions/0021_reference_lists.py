"""Reference lists as data: their entries, and columns that hold any code of them."""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# Table, column, the codes that the schema before this one allows.
STRANDS = ("1", "2", "3", "4")
TERRITORIES = ("44", "49", "53", "72", "85", "NM", "52")
CHECKED = (
    ("roadmap_item", "strand", STRANDS),
    ("contribution", "territory", TERRITORIES),
    ("measurement", "territory", TERRITORIES),
    ("organisation", "territory", TERRITORIES),
)
# As shipped on the day of this migration: code, name, and the words that show it.
SHIPPED = (
    (
        "strand",
        "1",
        "Prévenir la pauvreté et lutter contre les inégalités dès l’enfance",
        "enfant,petite enfance,crèche,cantine,école,collège,parents,garde d’enfants",
    ),
    (
        "strand",
        "2",
        "Amplifier la politique d’accès à l’emploi pour tous",
        "emploi,formation,insertion,apprentissage,chômage,employeur,entreprise",
    ),
    (
        "strand",
        "3",
        "Lutter contre la grande exclusion grâce à l’accès aux droits",
        (
            "droits,démarches,guichet,accueil,dossier,non-recours,hébergement,sans abri,"
            "domiciliation,aide alimentaire"
        ),
    ),
    (
        "strand",
        "4",
        "Construire une transition écologique solidaire",
        (
            "écologique,énergie,chauffage,isolation,rénovation,transport,vélo,bus,réparation,"
            "réemploi,alimentation"
        ),
    ),
    ("territory", "52", "Pays de la Loire", ""),
    ("territory", "44", "Loire-Atlantique", ""),
    ("territory", "NM", "Nantes Métropole", ""),
    ("territory", "49", "Maine-et-Loire", ""),
    ("territory", "53", "Mayenne", ""),
    ("territory", "72", "Sarthe", ""),
    ("territory", "85", "Vendée", ""),
    *(
        ("public", name, name, seeds)
        for name, seeds in (
            ("enfants", "enfant"),
            ("familles", "famille,parents"),
            ("familles monoparentales", "monoparentale,mère seule,parent isolé"),
            ("jeunes 16-25", "jeune,étudiant,mission locale"),
            ("demandeurs d’emploi", "demandeur d’emploi,chômage,chômeur"),
            ("travailleurs pauvres", "temps partiel,petit salaire,smic"),
            ("personnes âgées", "personne âgée,retraité,senior,vieux"),
            ("personnes en situation de handicap", "handicap,handicapé,fauteuil"),
            ("personnes sans abri", "sans abri,hébergement d’urgence,vivre dehors"),
            ("personnes étrangères", "étranger,migrant,réfugié,titre de séjour,interprète"),
            ("habitants du rural", "rural,campagne,village"),
            ("tous", ""),
        )
    ),
)


def upgrade() -> None:
    references = op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("code", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("strand", sa.String(24), nullable=False),
        sa.Column("seeds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reference"),
        sa.UniqueConstraint("public_id", name="uq_reference_public_id"),
        sa.UniqueConstraint("kind", "code", name="uq_reference_kind_code"),
        sa.UniqueConstraint("kind", "name", name="uq_reference_kind_name"),
        sa.CheckConstraint(
            "kind IN ('strand', 'measure', 'territory', 'public')", name="referencekind"
        ),
        sa.CheckConstraint("length(code) > 0 AND length(name) > 0", name="named"),
    )
    op.execute(
        "INSERT INTO reference (id, public_id, kind, code, name, position, retired, strand, seeds)"
        " SELECT id, public_id, kind, name, name, id, false, '', seeds FROM alignment_target"
    )
    _advance("reference")
    _ship(references)
    _point_at("reference", instead_of="alignment_target")
    op.drop_table("alignment_target")
    for table, column, _ in CHECKED:
        with _copied(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")


def downgrade() -> None:
    """Go back to the codes that were shipped.

    Raises
    ------
    RuntimeError
        If a row holds another: going down would lose what somebody said or decided.
    """
    _refuse_other_codes()
    for table, column, codes in CHECKED:
        words = ", ".join(f"'{code}'" for code in codes)
        with _copied(table) as batch:
            batch.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({words})")
    op.create_table(
        "alignment_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("seeds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alignment_target"),
        sa.UniqueConstraint("public_id", name="uq_alignment_target_public_id"),
        sa.UniqueConstraint("kind", "name", name="uq_alignment_target_kind_name"),
        sa.CheckConstraint("kind IN ('strand', 'measure', 'public')", name="targetkind"),
    )
    op.execute(
        "INSERT INTO alignment_target (id, public_id, kind, name, seeds)"
        " SELECT id, public_id, kind, code, seeds FROM reference WHERE kind <> 'territory'"
    )
    _advance("alignment_target")
    _point_at("alignment_target", instead_of="reference")
    op.drop_table("reference")


def _ship(references: sa.Table) -> None:
    """Name the entries that were there by their code, and make those that are missing."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(references.c.kind, references.c.code))
    known = {(kind, code) for kind, code in rows}
    for position, (kind, code, name, seeds) in enumerate(SHIPPED, start=1):
        if (kind, code) in known:
            found = (references.c.kind == kind) & (references.c.code == code)
            connection.execute(
                references.update().where(found).values(name=name, position=position)
            )
            continue
        connection.execute(
            references.insert().values(
                public_id=secrets.token_urlsafe(9),
                kind=kind,
                code=code,
                name=name,
                position=position,
                retired=False,
                strand="",
                seeds=json.dumps(seeds.split(",") if seeds else [], ensure_ascii=False),
            )
        )


def _refuse_other_codes() -> None:
    found = []
    for table, column, codes in CHECKED:
        words = ", ".join(f"'{code}'" for code in codes)
        query = f"SELECT count(*) FROM {table} WHERE {column} NOT IN ({words})"  # noqa: S608 - our own words
        if count := op.get_bind().scalar(sa.text(query)):
            found.append(f"{table}.{column}: {count}")
    if found:
        raise RuntimeError(f"codes that the earlier schema has no place for: {', '.join(found)}")


def _point_at(table: str, *, instead_of: str) -> None:
    name = "fk_cluster_alignment_target_id"
    with op.batch_alter_table("cluster_alignment") as batch:
        batch.drop_constraint(op.f(f"{name}_{instead_of}"), type_="foreignkey")
        batch.create_foreign_key(op.f(f"{name}_{table}"), table, ["target_id"], ["id"])


def _advance(table: str) -> None:
    """Have PostgreSQL number the next row after those that were copied with their number."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608 - our own words
            if op.get_bind().scalar(sa.text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - idem
            else "SELECT 1"
        )


@contextmanager
def _copied(table: str) -> Iterator[BatchOperations]:
    """Alter ``table``; SQLite copies it for that, and would lose the triggers that it bears."""
    triggers: Sequence[str] = ()
    if op.get_bind().dialect.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        triggers = op.get_bind().scalars(sa.text(query), {"table": table}).all()
    with op.batch_alter_table(table) as batch:
        yield batch
    for trigger in triggers:
        op.execute(sa.text(trigger.replace(":", "\\:")))
