"""The round trip through real spreadsheet programs: TOML → XLSX → an edit with openpyxl, or with LibreOffice → TOML.

    python3 tests/spreadsheets.py target/debug/bilint

Says what is skipped because openpyxl (`pip install openpyxl`) or LibreOffice (`soffice`) is missing.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

BILINT = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "docs" / "glossary-exchange.in" / "glossary.toml"
WHOLE = ROOT / "glossary" / "facilities.toml"
# id, the text in the sample, the text that replaces it in the sheet
EDITS = [
    ("mara", "State Council", "State Council of China"),
    ("shmff", "Steady High Magnetic Field Facility", "Steady High Magnetic Field Facility in Hefei"),
]


def run(*args, code=0):
    result = subprocess.run([BILINT, *map(str, args)], capture_output=True, text=True)
    assert result.returncode == code, (args, result.stdout, result.stderr)
    return result.stdout


def check(sheet, glossary, before, edits):
    """Imports a sheet and compares the glossary with what it was, and the edits."""
    out = run("glossary", "import", sheet, "--into", glossary, "--split", "none")
    expected = before
    for _, old, new in edits:
        assert expected.count(f'"{old}"') == 1, old
        expected = expected.replace(f'"{old}"', f'"{new}"')
    after = glossary.read_text(encoding="utf-8")
    assert after == expected, out
    changed = len({id for id, *_ in edits})
    assert f"0 added, {changed} changed," in out, out
    return out


def with_openpyxl(folder, glossary, before):
    try:
        import openpyxl
    except ImportError:
        print("skipped: openpyxl is not installed")
        return
    sheet = folder / "openpyxl.xlsx"
    run("glossary", "export", "--glossary", glossary, sheet)
    book = openpyxl.load_workbook(sheet)
    names = book["Names"]
    assert names.freeze_panes == "D2" and names.auto_filter.ref, "no frozen head or no filter"
    lists = [v for v in names.data_validations.dataValidation if v.type == "list"]
    assert any("preferred,admitted,deprecated,forbidden" in v.formula1 for v in lists), "no drop-down"
    assert book["bilint-export"].sheet_state == "hidden"
    edited = 0
    for row in names.iter_rows():
        for cell in row:
            for id, old, new in EDITS:
                if cell.value == old and row[0].value == id:
                    cell.value = new
                    edited += 1
    assert edited == len(EDITS), edited
    book.save(sheet)
    check(sheet, glossary, before, EDITS)
    print("openpyxl: only the edited cells changed")


def with_libreoffice(folder, glossary, before):
    if not shutil.which("soffice"):
        print("skipped: LibreOffice (soffice) is not installed")
        return
    whole, names = folder / "whole.toml", WHOLE.read_text(encoding="utf-8")
    whole.write_text(names, encoding="utf-8")
    run("glossary", "export", "--glossary", whole, folder / "whole.xlsx")
    run("glossary", "export", "--glossary", glossary, folder / "edited.xlsx")
    # A conversion makes LibreOffice read and write everything, in both of its formats.
    for target in ["ods", "xlsx"]:
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", target,
             "--outdir", folder / "converted", folder / "whole.xlsx", folder / "edited.xlsx"],
            check=True, capture_output=True, timeout=300,
        )
        check(folder / "converted" / f"whole.{target}", whole, names, [])
        print(f"LibreOffice, {target}: nothing changed that was not edited")
    edit = folder / "edit.py"
    edit.write_text(UNO, encoding="utf-8")
    sheet = folder / "converted" / "edited.ods"
    python = shutil.which("python3", path="/usr/bin") or sys.executable
    if subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
        print("skipped: an edit in LibreOffice, which needs python3-uno")
        return
    id, old, new = EDITS[0]
    subprocess.run([python, edit, folder, sheet, old, new], check=True, timeout=300)
    check(sheet, glossary, before, EDITS[:1])
    print("LibreOffice, edited: only the edited cell changed")


UNO = '''
import subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue
folder, sheet, old, new = sys.argv[1:]
pipe = f"bilint{id(sys)}"
office = subprocess.Popen(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
                           f"--accept=pipe,name={pipe};urp;"])
resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(120):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(1)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
hidden = PropertyValue("Hidden", 0, True, 0)
document = desktop.loadComponentFromURL("file://" + sheet, "_blank", 0, (hidden,))
names = document.Sheets.getByName("Names")
search = names.createSearchDescriptor()
search.SearchString = old
cell = names.findFirst(search)
while cell.String != old:
    cell = names.findNext(cell, search)
cell.String = new
document.store()
document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
office.wait(60)
'''


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        glossary = folder / "glossary.toml"
        before = SAMPLE.read_text(encoding="utf-8")
        for case in [with_openpyxl, with_libreoffice]:
            glossary.write_text(before, encoding="utf-8")
            case(folder, glossary, before)


main()
