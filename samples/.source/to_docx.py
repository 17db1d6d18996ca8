"""Word documents by python-docx, with real heading styles, lists, tables and a page number field."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

import archive
from markup import Heading, Items, Note, PageBreak, Paragraph, Source, Table, runs

ACCENT = RGBColor(0x0B, 0x5C, 0x6B)


def render(source: Source) -> bytes:
  document = Document()
  _prepare(document, source)
  document.add_paragraph(source.title, style="Title")
  if source.get("subtitle"):
    document.add_paragraph(source.get("subtitle"), style="Subtitle")
  for block in source.blocks:
    _add(document, block)
  out = io.BytesIO()
  document.save(out)
  return archive.normalised(out.getvalue(), source.date)


def _prepare(document, source: Source):
  properties = document.core_properties
  properties.title = source.title
  properties.author = source.get("author", "Larkmoor Instruments")
  properties.subject = source.get("number")
  properties.comments = ""
  properties.created = properties.modified = source.date
  document.styles["Normal"].font.name = "Calibri"
  document.styles["Normal"].font.size = Pt(11)
  for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
    document.styles[name].font.color.rgb = ACCENT
  section = document.sections[0]
  section.page_width, section.page_height = Cm(21), Cm(29.7)
  section.left_margin = section.right_margin = Cm(2.4)
  section.header.paragraphs[0].text = f"Larkmoor Instruments\t\t{source.get('number')}"
  footer = section.footer.paragraphs[0]
  footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
  footer.add_run("Page ")
  _page_field(footer.add_run())


def _add(document, block):
  match block:
    case Heading(level, text):
      document.add_heading(text, level)
    case Paragraph(text):
      _fill(document.add_paragraph(), text)
    case Note(text):
      _fill(document.add_paragraph(style="Intense Quote"), text)
    case Items(texts, ordered):
      for text in texts:
        _fill(document.add_paragraph(style="List Number" if ordered else "List Bullet"), text)
    case Table(header, rows):
      table = document.add_table(rows=0, cols=len(header), style="Light Grid Accent 1")
      for row in (header, *rows):
        for cell, text in zip(table.add_row().cells, row):
          _fill(cell.paragraphs[0], text)
      _repeat_header(table.rows[0])
      document.add_paragraph()
    case PageBreak():
      document.add_page_break()


def _fill(paragraph, text: str):
  for style, part in runs(text):
    run = paragraph.add_run(part)
    run.bold = style == "bold" or None
    run.italic = style == "italic" or None


def _repeat_header(row):
  mark = OxmlElement("w:tblHeader")
  mark.set(qn("w:val"), "true")
  row._tr.get_or_add_trPr().append(mark)


def _page_field(run):
  for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
    if kind:
      element = OxmlElement("w:fldChar")
      element.set(qn("w:fldCharType"), kind)
    else:
      element = OxmlElement("w:instrText")
      element.text = text
    run._r.append(element)
