"""Workbooks by openpyxl: each first-level heading is a sheet, cells that look like numbers are numbers."""

import io
import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

import archive
from markup import Heading, Source, Table, plain

HEADER = PatternFill("solid", fgColor="0B5C6B")


def render(source: Source) -> bytes:
  workbook = Workbook()
  workbook.remove(workbook.active)
  sheet = None
  for block in source.blocks:
    match block:
      case Heading(1, name):
        sheet = workbook.create_sheet(name)
      case Table(header, rows):
        _table(sheet, header, rows)
      case Heading(_, text):
        sheet.append([text])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
      case other:
        sheet.append([plain(other.text)])
  workbook.properties.title = source.title
  workbook.properties.creator = source.get("author", "Larkmoor Instruments")
  workbook.properties.created = source.date
  out = io.BytesIO()
  workbook.save(out)
  return archive.normalised(out.getvalue(), source.date)


def _table(sheet, header, rows):
  sheet.append(list(header))
  for cell in sheet[sheet.max_row]:
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = HEADER
    cell.alignment = Alignment(wrap_text=True, vertical="top")
  for row in rows:
    sheet.append([_value(cell) for cell in row])
    for cell, text in zip(sheet[sheet.max_row], row):
      if isinstance(cell.value, float):
        cell.number_format = "#,##0.00"
      elif isinstance(cell.value, int) and "," in text:
        cell.number_format = "#,##0"
  for i, column in enumerate(zip(header, *rows), start=1):
    letter = get_column_letter(i)
    width = max(sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else 0,
                min(48, max(len(cell) for cell in column) + 3))
    sheet.column_dimensions[letter].width = width


def _value(cell: str):
  if re.fullmatch(r"-?\d{1,3}(,\d{3})*\.\d+|-?\d+\.\d+", cell):
    return float(cell.replace(",", ""))
  if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+|-?[1-9]\d{0,5}|0", cell):
    return int(cell.replace(",", ""))
  return cell
