"""CSV files of the command line: read whole, or refused by their line."""

import pytest

from nlp.tables import TableError, read_columns


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("texte\nUn bus, un vélo\nDes repas\n".encode("cp1252"), ["Un bus, un vélo", "Des repas"]),
        ('d;"Quelle idée, quoi ?";texte\n1;a;"Un bus; là, oui"\n'.encode(), ["Un bus; là, oui"]),
        ('"Votre\nidée";texte\na;Un bus\n'.encode("utf-8-sig"), ["Un bus"]),
        (b"sep=;\r\ntexte;table\r\nUn bus;4\r\n", ["Un bus"]),
        ("texte\ttable\r\nUn été\t4\r\n".encode("utf-16"), ["Un été"]),
        (b'texte;table\nUn 15" ici;4\n', ['Un 15" ici']),
        (b'texte\n"Des repas ; des colis"\n', ["Des repas ; des colis"]),
        (b"texte|table\nUn bus|4\n\nUn banc|5\n", ["Un bus", "Un banc"]),
    ],
)
def test_the_separator_is_the_one_that_gives_constant_rows(tmp_path, content, texts):
    file = tmp_path / "f.csv"
    file.write_bytes(content)
    assert [row[0] for row in read_columns(str(file), ("texte",))] == texts


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'texte;table\nUn bus;4\n"Un "grand" bus";4\n', 3),
        (b'texte;table\n"Un bus;4\nDes repas;5\n', 2),
        (b"texte;table\nUn bus; le soir;4\n", 2),
        ("texte\nÉté à côté\n".encode() + b"Caf\xe9s\n", 3),
    ],
)
def test_a_line_that_cannot_be_read_whole_is_named(tmp_path, content, line):
    file = tmp_path / "f.csv"
    file.write_bytes(content)
    with pytest.raises(TableError, match=f"line {line}:"):
        read_columns(str(file), ("texte",))


def test_a_repeated_header_is_a_column_of_its_own(tmp_path):
    file = tmp_path / "f.csv"
    file.write_bytes(b"texte;n;texte\nUn bus;1;Des repas\n")
    assert read_columns(str(file), ("texte", "texte (2)")) == (("Un bus", "Des repas"),)
