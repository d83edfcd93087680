"""Workbooks written by hand, of text, numbers, booleans and nothing."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{}</Types>"""
_SHEET_TYPE = """<Override PartName="/xl/worksheets/sheet{}.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_RELATION = (
    '<Relationship Id="rId{}" Target="{}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/>'
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture
def write_workbook():
    """What writes sheets by name, each a list of rows."""
    return _write_workbook


def _write_workbook(path: Path, **sheets: list[list[str | float | bool | None]]) -> Path:
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format("".join(map(_SHEET_TYPE.format, numbers))))
        archive.writestr(
            "_rels/.rels", _RELATIONS.format(_RELATION.format(1, "xl/workbook.xml", "officeDocument"))
        )
        related = "".join(_RELATION.format(n, f"worksheets/sheet{n}.xml", "worksheet") for n in numbers)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(related))
        listed = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)
        )
        namespace = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        archive.writestr(
            "xl/workbook.xml", f"<workbook {_MAIN} {namespace}><sheets>{listed}</sheets></workbook>"
        )
        for n, rows in enumerate(sheets.values(), 1):
            body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml", f"<worksheet {_MAIN}><sheetData>{body}</sheetData></worksheet>"
            )
    return path


def _cell(value: str | float | bool | None) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"
