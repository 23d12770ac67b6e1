"""Documents that bilint writes, in the programs that open them: python-docx, openpyxl and LibreOffice.

    python3 tests/documents.py target/debug/bilint

Says what is skipped because python-docx and openpyxl (`pip install python-docx openpyxl`) or LibreOffice (`soffice`) are missing.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BILINT = pathlib.Path(sys.argv[1]).resolve()
DRAFT = [
    ("第一章 总则", "Chapter 1 General Provisions"),
    ("共有三家企业参加会议。", "There are four enterprises at the meeting."),
    ("会议于2024年5月6日在“北京”举行。", "The conference was held in Beijing on 7 May 2024."),
    ("水温为12℃。", "The water has a temperature of 12 °C."),
]


def run(*args, code=0):
    result = subprocess.run([BILINT, *map(str, args)], capture_output=True, text=True)
    assert result.returncode == code, (args, result.stdout, result.stderr)
    return result.stdout


def write_draft(docx, path):
    document = docx.Document()
    for (zh, en), style in zip(DRAFT, ["Heading 1", None, None, None]):
        document.add_paragraph(zh, style)
        document.add_paragraph(en, style)
    document.save(path)


def check_report(docx, openpyxl, folder, findings):
    report = docx.Document(folder / "findings.docx")
    assert report.core_properties.author == "bilint"
    assert report.paragraphs[0].style.name == "Title"
    (table,) = report.tables
    rows = [row.cells for row in table.rows]
    assert [cell.text for cell in rows[0]] == ["Finding", "中文", "English"]
    assert len(rows) == len(findings) + 1, "a row for each finding"
    for finding, (said, zh, en) in zip(findings, rows[1:]):
        assert finding["message"] in said.text and finding["rule"] in said.text, said.text
        for side, cell in [("zh", zh), ("en", en)]:
            runs = [run for p in cell.paragraphs for run in p.runs]
            marked = [run.text for run in runs if run.style.name == "Marked"]
            label = finding[side]
            assert marked == ([label["text"]] if label else []), (side, marked, label)
    sheet = openpyxl.load_workbook(folder / "findings.xlsx")["Findings"]
    assert sheet.max_row == len(findings) + 1
    print(f"python-docx, openpyxl: a report of {len(findings)} findings")


def check_comments(docx, folder, findings):
    copy = docx.Document(folder / "copy.docx")
    comments = list(copy.comments)
    assert len(comments) == len(findings)
    for comment in comments:
        assert comment.author == "bilint" and "Finding " in comment.text, comment.text
    print(f"python-docx: {len(comments)} comments")


def print_with_libreoffice(folder):
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        print("skipped: LibreOffice or pdftotext is not installed")
        return
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, folder / "findings.docx"], check=True, capture_output=True)
    text = subprocess.run(["pdftotext", "-layout", folder / "findings.pdf", "-"], check=True, capture_output=True, text=True)
    assert "four" in text.stdout and "三家" in text.stdout and re.search("1 ?/ ?1", text.stdout), text.stdout
    print("LibreOffice: the report prints")


def main():
    try:
        import docx
        import openpyxl
    except ImportError:
        print("skipped: python-docx or openpyxl is not installed")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        draft = folder / "draft.docx"
        write_draft(docx, draft)
        outputs = [f"--output={format}={folder / 'findings'}.{format}" for format in ["docx", "xlsx"]]
        report = run("check", "--no-config", draft, "--output", "json", *outputs, code=1)
        findings = json.loads(report)["findings"]
        check_report(docx, openpyxl, folder, findings)
        run("check", "--no-config", draft, "--annotate", folder / "copy.docx", code=1)
        check_comments(docx, folder, findings)
        print_with_libreoffice(folder)


main()
