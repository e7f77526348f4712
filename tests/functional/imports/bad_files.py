"""Invented files that were misread or could be, by kind: each is made here, from nothing."""

import io
from datetime import date

from openpyxl import Workbook


def book(make):
    """Return the bytes of a workbook that ``make`` fills."""
    workbook, buffer = Workbook(), io.BytesIO()
    make(workbook)
    workbook.save(buffer)
    return buffer.getvalue()


def rows(*lines):
    """Return a workbook of one sheet."""

    def fill(workbook):
        for line in lines:
            workbook.active.append(line)

    return book(fill)


def two_sheets(workbook):
    workbook.active.title = "Lisez-moi"
    workbook.active.append(["Ce classeur contient les idées"])
    ideas = workbook.create_sheet("Idées")
    ideas.append(["texte", "table"])
    ideas.append(["Un bus", 4])


def hidden_sheet(workbook):
    workbook.active.title = "Cachée"
    workbook.active.append(["texte"])
    workbook.active.append(["Brouillon à ne pas importer"])
    workbook.active.sheet_state = "hidden"
    shown = workbook.create_sheet("Idées")
    shown.append(["texte", "table"])
    shown.append(["Un bus", 4])
    workbook.active = 1


def merged(workbook):
    workbook.active.append(["table", "texte"])
    workbook.active.append(["Table 4", "Un bus"])
    workbook.active.append([None, "Des repas"])
    workbook.active.merge_cells("A2:A3")


def typed(workbook):
    sheet = workbook.active
    sheet.append(["texte", "table", "date", "part"])
    sheet.append(["Un bus", 4, date(2023, 11, 7), 0.15])
    sheet["B2"].number_format, sheet["D2"].number_format = "00", "0%"
    sheet.append([2023.0, "04", None, 1.5])


BLANKS = "horodateur;texte\n2023-11-01;\n2023-11-02;Un bus\n2023-11-03;\n2023-11-04;Un banc\n"
FILES = {
    "01_one_column_commas.csv": "texte\r\nUn bus, un vélo\r\nDes repas\r\n".encode("cp1252"),
    "02_header_commas_semicolons.csv": (
        'Date;"Quelle idée, quel projet, quoi ?";Table\n1;"Un bus; le dimanche, matin";4\n'
    ).encode("utf-8-sig"),
    "03_header_newline.csv": '"Votre idée\n(une seule)";Table\nUn bus;4\n'.encode(),
    "04_sep_line.csv": "sep=;\r\ntexte;table\r\nUn bus;4\r\n".encode("utf-8-sig"),
    "05_title_line.csv": b"Export du 7 novembre\r\n\r\ntexte;table\r\nUn bus;4\r\n",
    "06_duplicate_columns.csv": b"texte;commentaire;texte\nUn bus;a;\nUn banc;b;Des repas\n",
    "08_mixed_bytes.csv": "texte\nÉtendre l’été à côté\n".encode() + b"Caf\xe9s\n",
    "09_utf16_tab.txt": "texte\ttable\r\nUn été\t4\r\n".encode("utf-16"),
    "10_utf16le_nobom.csv": "texte;table\r\nUn été;4\r\n".encode("utf-16-le"),
    "11_mac_roman.csv": "texte;table\rUn été à l’école;4\r".encode("mac-roman"),
    "12_cp850.csv": "texte;table\r\nUn été à côté;4\r\n".encode("cp850"),
    "13_nul.csv": b"texte;table\nUn bus\x00 rapide;4\n",
    "14_lone_quote.csv": b'texte;table\nUn 15" dans le hall;4\n"Une "maison" ouverte";5\n',
    "15_unclosed_quote.csv": b'texte;table\n"Un bus;4\nDes repas;5\nUn banc;6\n',
    "16_linebreaks.csv": b'texte;table\n"Un\nDeux\r\nTrois";4\n',
    "17_extra_cells.csv": b"texte;table\nUn bus; le dimanche;4\nDes repas;5\n",
    "20_only_header.csv": b"texte;table\r\n",
    "21_empty.csv": b"",
    "22_no_header.csv": b"Un bus le dimanche\r\nDes repas chauds\r\n",
    "23_html.xls": b"<html><table><tr><td>texte</td></tr></table></html>",
    "24_unicode.csv": (
        "texte;table\n👩‍👩‍👧 crèche\u202fœuf;4\nمرحبا;5\nE\u0301te\u0301;6\n"
    ).encode(),
    "30_types.xlsx": book(typed),
    "31_second_sheet.xlsx": book(two_sheets),
    "32_formula_nocache.xlsx": rows(["texte", "table"], ['=CONCATENATE("Un"," bus")', 4]),
    "33_merged.xlsx": book(merged),
    "34_hidden_first_sheet.xlsx": book(hidden_sheet),
    "35_title_rows.xlsx": rows(["Atelier du 7"], [None], ["texte", "table"], ["Un bus", 4]),
    "38_calc_semicolon_one_column.csv": (
        'texte\nUn bus, et un vélo\n"Des repas ; des colis"\n"Il dit ""oui"""\n'
    ).encode(),
    "39_x000D.xlsx": rows(["texte"], ["Un bus_x000D_\nDes repas_x000B_et_x005F_colis"]),
    "40_items_hard.csv": "Intitulé;Constat\nUn bus;a\x0bb\x0cc \x92d\n".encode(),
    "41_percent_cell.xlsx": book(typed),
    "42_partners_one_line.csv": f"Intitulé;Partenaires\nUn essai;{'CAF, CPAM, ' * 30}\n".encode(),
    "43_survey_blanks.csv": BLANKS.encode(),
}
