"""Writes the sheets of docs/glossary-sheet.md.

    python3 docs/glossary-sheet.py docs/glossary-sheet.in                 names.csv and corrected.csv
    python3 docs/glossary-sheet.py docs/glossary-sheet.in EXPORTED.xlsx   edited.xlsx, from the export of that page

The list has some 300 rows of names of the built-in glossary, kept as a colleague would, with the faults that such lists have.
It depends on the glossary of the day, so writing it again changes it. The second form needs openpyxl.
"""

import csv
import io
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
# File of the glossary, kind in the sheet, number of concepts.
PARTS = [("facilities", "设施", 90), ("institutes", "机构", 67), ("organizations", "机构", 40), ("spacecraft", "航天器", 30),
         ("events", "会议", 30), ("plans", "规划", 25), ("documents", "文件", 15)]
ZH, EN, ACRONYM, KIND, STATUS, NOTE = range(1, 7)


def text(name):
    return name if isinstance(name, str) else name["name"]


def clean_rows():
    for part, kind, count in PARTS:
        concepts = tomllib.loads((ROOT / "glossary" / f"{part}.toml").read_text(encoding="utf-8"))["concept"]
        for concept in concepts[:: len(concepts) // count][:count]:
            acronym, note = concept.get("acronym", ""), concept.get("note", "")
            # Of the notes those that explain an acronym.
            note = note if acronym and acronym in note else ""
            yield ["", text(concept["zh"][0]), text(concept["en"][0]), acronym, kind, "首选", note]


def wide(letters):
    return "".join(chr(ord(c) + 0xFEE0) for c in letters)


def spoil(rows):
    """Puts the faults in."""
    by_name = {row[ZH]: row for row in rows}
    # Several names in a cell.
    by_name["白鹤滩水电站"][EN] += "; Baihetan Dam"
    by_name["国家体育场"][ZH] += "；鸟巢"
    by_name["国家体育场"][EN] += "；Bird's Nest"
    by_name["亚吉铁路"][EN] += "/Ethiopia-Djibouti Railway"
    # Stray blanks, full-width letters.
    by_name["北京证券交易所"][EN] = " Beijing Stock  Exchange"
    by_name["葛洲坝水利枢纽"][ZH] += " "
    by_name["江门中微子实验"][ACRONYM] = wide("JUNO")
    # Languages in the wrong column, a slip in an acronym.
    swapped = by_name["北京首都国际机场"]
    swapped[ZH], swapped[EN] = swapped[EN], swapped[ZH]
    by_name["中国船舶集团有限公司"][ACRONYM] = "CSCC"
    # Statuses in words of their own.
    by_name["嫦娥四号"][STATUS] = "正式"
    by_name["怀柔科学城"][STATUS] = "待定"
    # The same row twice, and a second name in a row of its own.
    again = by_name["环形正负电子对撞机"]
    rows.insert(200, list(again))
    rows.insert(120, ["", "中国环流器二号M", "HL-2M tokamak", "", "设施", "许用", ""])
    rows.insert(121, ["", "鹊桥二号", "Magpie Bridge-2", "", "航天器", "禁用", "勿意译"])
    by_name["全国教育大会"][NOTE] = "每五年左右一次"


def correct(rows):
    """Corrects what the import refuses, as one does in the spreadsheet."""
    for row in rows:
        row[STATUS] = {"待定": "首选"}.get(row[STATUS], row[STATUS])


def edit(exported, file):
    """Edits a workbook as the colleague does: a name, an acronym, a note, and a new row."""
    import openpyxl

    book = openpyxl.load_workbook(exported)
    sheet = book["Names"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    cells = {(row[0].value, cell.value): cell for row in sheet.iter_rows() for cell in row}
    cells["huairou-science-city", "Huairou Science City"].value = "Beijing Huairou Science City"
    first = cells["national-stadium", "National Stadium"].row
    sheet.cell(first, columns["note"]).value = "《北京日报》用鸟巢"
    first = cells["change-4", "Chang'e-4"].row
    sheet.cell(first, columns["acronym"]).value = "CE4"
    end = sheet.max_row + 1
    for row, (language, name) in enumerate([("zh", "散裂中子源科学中心"), ("en", "Spallation Neutron Source Science Center")], end):
        values = {"id": "spallation-center", "kind": "institution", "language": language, "name": name, "status": "preferred"}
        for heading, value in values.items():
            sheet.cell(row, columns[heading]).value = value
    book.save(file)


def main():
    folder = pathlib.Path(sys.argv[1])
    if len(sys.argv) > 2:
        edit(sys.argv[2], folder / "edited.xlsx")
        return
    rows = list(clean_rows())
    spoil(rows)
    write(rows, folder / "names.csv")
    correct(rows)
    write(rows, folder / "corrected.csv")


def write(rows, file):
    for number, row in enumerate(rows, 1):
        row[0] = str(number)
    head = [["科技名词中英文对照表（征求意见稿）"] + [""] * 6, [""] * 7, ["序号", "中文", "英文", "缩写", "类别", "状态", "备注"]]
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(head + rows)
    file.write_bytes(out.getvalue().encode("gb18030"))
    print(file, len(rows), "rows")


main()
