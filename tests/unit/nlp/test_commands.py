import json

import pytest

from nlp.__main__ import main

ROWS = [
    ("Rénover les logements", "logement"),
    ("Isoler les logements", "logement"),
    ("Des bus le soir", "transport"),
    ("Des bus le dimanche à Besançon", "transport"),
    ("Divers", "Autres"),
]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("text;label\n" + "\n".join(";".join(row) for row in ROWS), encoding="utf-8-sig")
    return path


def test_analyse_writes_the_whole_result(table, tmp_path, capsys):
    output = tmp_path / "result.json"
    words = ["analyse", str(table), "--text-column", "text", "--output", str(output)]
    assert main(words) == 0
    result = json.loads(output.read_text(encoding="utf-8"))
    assert len(result["analysis"]["labels"]) == len(ROWS)
    assert result["analysis"]["fingerprint"] in capsys.readouterr().out
    assert result["options"]["seed"] == 0


def test_evaluate_leaves_the_residue_out_and_gives_a_mean(table, capsys):
    words = ["evaluate", str(table), str(table), "--text-column", "text", "--label-column", "label"]
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[1].split()[:2] == ["answers.csv", "4"]
    assert lines[-1].startswith("mean")


def test_windows_encoding_is_read(tmp_path, capsys):
    path = tmp_path / "excel.csv"
    path.write_bytes("text,label\nDes crèches,é\nDes écoles,é\n".encode("cp1252"))
    assert main(["evaluate", str(path), "--text-column", "text", "--label-column", "label"]) == 0
    assert "excel.csv" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "column", "said"),
    [
        (b"text,label\na,b\n", "body", "no column 'body'; columns are: text, label"),
        (b"text,label\n", "text", "no row"),
        (b"text,label\n\x81\x8d,b\n", "text", "neither UTF-8 nor Windows-1252"),
        (b"text,label\na,Autres\n", "text", "no row with a label"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained(tmp_path, capsys, content, column, said):
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    words = ["evaluate", str(path), "--text-column", column, "--label-column", "label"]
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_a_missing_file_is_explained(tmp_path, capsys):
    words = ["analyse", str(tmp_path / "none.csv"), "--text-column", "t", "--output", "x"]
    assert main(words) == 2
    assert "No such file" in capsys.readouterr().err
