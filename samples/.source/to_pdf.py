"""PDF by ReportLab: one or more columns, cover and contents on demand, tables that span pages.

Front matter: title, date, number, and optionally subtitle, header, font (serif, sans, times),
columns, cover, contents, breaks (a new page before each first-level heading), size.
"""

import io
import os
import re
from datetime import timezone
from functools import cache
from xml.sax.saxutils import escape

import font_source_sans_pro
import font_source_serif_pro
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
  BaseDocTemplate,
  CondPageBreak,
  Frame,
  HRFlowable,
  ListFlowable,
  ListItem,
  NextPageTemplate,
  PageTemplate,
  Spacer,
)
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid
from reportlab.platypus import TableStyle
from reportlab.platypus.tableofcontents import TableOfContents

from markup import Heading, Items, Note, PageBreak, Paragraph, Source, Table, runs

INK = colors.HexColor("#1d2b33")
ACCENT = colors.HexColor("#0b5c6b")
PALE = colors.HexColor("#e9f1f2")
RULE = colors.HexColor("#b9c8cb")
LEFT, RIGHT, TOP, BOTTOM = 24 * mm, 22 * mm, 26 * mm, 24 * mm

_TAGS = {"": "{}", "bold": "<b>{}</b>", "italic": "<i>{}</i>"}


def render(source: Source) -> bytes:
  rl_config.invariant = 1
  os.environ["SOURCE_DATE_EPOCH"] = str(int(source.date.replace(tzinfo=timezone.utc).timestamp()))
  out = io.BytesIO()
  template = _Template(out, source)
  template.multiBuild(list(_story(source, template.styles, template.text_width)))
  return out.getvalue()


class _Template(BaseDocTemplate):
  def __init__(self, out, source: Source):
    super().__init__(
      out,
      pagesize=A4,
      title=source.title,
      author="Larkmoor Instruments",
      subject=source.get("number"),
      leftMargin=LEFT,
      rightMargin=RIGHT,
      topMargin=TOP,
      bottomMargin=BOTTOM,
    )
    self.source = source
    self.styles = _styles(source.get("font", "sans"), float(source.get("size", "10.2")), chapters=bool(source.get("breaks")))
    columns = int(source.get("columns", "1"))
    gap = 7 * mm
    height = A4[1] - TOP - BOTTOM
    self.text_width = (A4[0] - LEFT - RIGHT - gap * (columns - 1)) / columns

    def frames(top_space: float):
      return [
        Frame(
          LEFT + i * (self.text_width + gap), BOTTOM, self.text_width, height - top_space,
          leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )
        for i in range(columns)
      ]

    body = PageTemplate("body", frames(0), onPage=_furniture)
    if columns > 1:
      self.addPageTemplates([PageTemplate("masthead", frames(34 * mm), onPage=_masthead), body])
    elif source.get("cover"):
      self.addPageTemplates([PageTemplate("cover", frames(0), onPage=_cover), body])
    else:
      self.addPageTemplates([body])

  def afterFlowable(self, flowable):
    level = getattr(flowable, "outline_level", None)
    if level is None:
      return
    key = f"h{self.canv.getPageNumber()}-{self.seq.nextf('outline')}"
    self.canv.bookmarkPage(key)
    self.canv.addOutlineEntry(flowable.getPlainText(), key, level, closed=level > 0)
    self.notify("TOCEntry", (level, flowable.text, self.page, key))

  def beforeDocument(self):
    self.seq.reset("outline")


def _story(source: Source, styles, width: float):
  if int(source.get("columns", "1")) > 1:
    yield NextPageTemplate("body")
  elif source.get("cover"):
    yield NextPageTemplate("body")
    yield NewPage()
  else:
    yield Text(_inline(source.title), styles["title"])
    if source.get("subtitle"):
      yield Text(_inline(source.get("subtitle")), styles["subtitle"])
    yield HRFlowable(width="100%", thickness=1.1, color=ACCENT, spaceBefore=1, spaceAfter=9)
  if source.get("contents"):
    yield Text("Contents", styles["plain-h1"])
    contents = TableOfContents(dotsMinLevel=0)
    contents.levelStyles = [styles["toc1"], styles["toc2"]]
    contents.tableStyle = TableStyle([("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)])
    yield contents
    yield NewPage()
  first = True
  for block in source.blocks:
    if isinstance(block, Heading) and block.level == 1 and source.get("breaks") and not first:
      yield NewPage()
    first = False
    yield from _flowables(block, styles, width)


def _flowables(block, styles, width: float):
  match block:
    case Heading(level, text):
      # A heading never stands alone at the foot of a page.
      yield CondPageBreak(24 * mm)
      heading = Text(_inline(text), styles[f"h{level}"])
      if level <= 2:
        heading.outline_level = level - 1
      yield heading
    case Paragraph(text):
      yield Text(_inline(text), styles["body"])
    case Note(text):
      grid = Grid([[Text(_inline(text), styles["note"])]], colWidths=[width])
      grid.setStyle(TableStyle([
        ("BACKGROUND", (0, 0), (-1, -1), PALE),
        ("LINEBEFORE", (0, 0), (0, -1), 2.4, ACCENT),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
      ]))
      yield Spacer(1, 3)
      yield grid
      yield Spacer(1, 8)
    case Items(texts, ordered):
      items = [ListItem(Text(_inline(text), styles["item"]), leftIndent=16) for text in texts]
      bullet = {"bulletType": "1", "bulletFormat": "%s."} if ordered else {"bulletType": "bullet", "start": "\u2022"}
      yield ListFlowable(
        items, leftIndent=16, bulletFontName=styles["body"].fontName,
        bulletFontSize=styles["body"].fontSize, bulletColor=INK, **bullet,
      )
      yield Spacer(1, 5)
    case Table():
      yield _grid(block, styles, width)
      yield Spacer(1, 9)
    case PageBreak():
      yield NewPage()


def _grid(table: Table, styles, width: float):
  numeric = [all(_is_figure(row[i]) for row in table.rows) for i in range(len(table.header))]
  data = [
    [Text(_inline(cell), styles["cell-right-head" if numeric[i] else "cell-head"])
     for i, cell in enumerate(table.header)]
  ]
  for row in table.rows:
    data.append([
      Text(_inline(cell), styles["cell-right" if numeric[i] else "cell"]) for i, cell in enumerate(row)
    ])
  grid = Grid(data, colWidths=_widths(table, width), repeatRows=1)
  grid.setStyle(TableStyle([
    ("BACKGROUND", (0, 0), (-1, 0), ACCENT),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
    ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor("#f5f8f9")]),
    ("TOPPADDING", (0, 0), (-1, -1), 3.2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4.2),
    ("LEFTPADDING", (0, 0), (-1, -1), 5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
  ]))
  return grid


def _widths(table: Table, width: float) -> list[float]:
  """Shares the width by the text: room for the longest word, then by the square root of the longest cell."""
  columns = list(zip(table.header, *table.rows))
  words = [max(len(word) for cell in column for word in cell.split() or [""]) for column in columns]
  lengths = [max(len(cell) for cell in column) for column in columns]
  weights = [max(length ** 0.62, word * 0.62, 3.0) for word, length in zip(words, lengths)]
  return [width * weight / sum(weights) for weight in weights]


def _is_figure(cell: str) -> bool:
  return bool(re.fullmatch(r"(EUR )?[\d.,+\-\u2013 %]+|\u2013|n/a", cell))


def _inline(text: str) -> str:
  return "".join(_TAGS[style].format(escape(part)) for style, part in runs(text))


def _cover(canvas, template):
  source = template.source
  regular, bold = template.styles["body"].fontName, template.styles["title"].fontName
  width, height = A4
  canvas.saveState()
  canvas.setFillColor(ACCENT)
  canvas.rect(0, height - 112 * mm, width, 112 * mm, stroke=0, fill=1)
  _mark(canvas, LEFT, height - 34 * mm, colors.white)
  canvas.setFillColor(colors.white)
  canvas.setFont(bold, 13)
  canvas.drawString(LEFT + 14 * mm, height - 31 * mm, "Larkmoor Instruments")
  canvas.setFont(bold, 34)
  canvas.drawString(LEFT, height - 78 * mm, source.title)
  canvas.setFont(regular, 15)
  canvas.drawString(LEFT, height - 90 * mm, source.get("subtitle"))
  canvas.setFillColor(INK)
  canvas.setFont(regular, 10.5)
  y = height - 134 * mm
  for line in source.get("cover").split(" / "):
    canvas.drawString(LEFT, y, line)
    y -= 6.2 * mm
  canvas.restoreState()
  _footer(canvas, template)


def _masthead(canvas, template):
  source = template.source
  width, height = A4
  bold = template.styles["title"].fontName
  canvas.saveState()
  canvas.setFillColor(ACCENT)
  canvas.setFont(bold, 36)
  canvas.drawString(LEFT, height - 36 * mm, source.title)
  canvas.setFillColor(INK)
  canvas.setFont(template.styles["body"].fontName, 10)
  canvas.drawString(LEFT, height - 45 * mm, source.get("subtitle"))
  canvas.drawRightString(width - RIGHT, height - 45 * mm, source.get("number"))
  canvas.setStrokeColor(ACCENT)
  canvas.setLineWidth(1.4)
  canvas.line(LEFT, height - 48 * mm, width - RIGHT, height - 48 * mm)
  canvas.restoreState()
  _footer(canvas, template)


def _furniture(canvas, template):
  source = template.source
  width, height = A4
  canvas.saveState()
  _mark(canvas, LEFT, height - 17.2 * mm, ACCENT, 0.5)
  canvas.setFillColor(colors.HexColor("#54666d"))
  canvas.setFont(template.styles["body"].fontName, 8.2)
  canvas.drawString(LEFT + 7 * mm, height - 15.6 * mm, source.get("header") or source.title)
  canvas.drawRightString(width - RIGHT, height - 15.6 * mm, source.get("number"))
  canvas.setStrokeColor(RULE)
  canvas.setLineWidth(0.5)
  canvas.line(LEFT, height - 19 * mm, width - RIGHT, height - 19 * mm)
  canvas.restoreState()
  _footer(canvas, template)


def _footer(canvas, template):
  canvas.saveState()
  canvas.setFillColor(colors.HexColor("#54666d"))
  canvas.setFont(template.styles["body"].fontName, 8.2)
  canvas.drawString(LEFT, 13 * mm, template.source.get("footer", "Larkmoor Instruments \u00b7 Internal"))
  canvas.drawRightString(A4[0] - RIGHT, 13 * mm, f"Page {canvas.getPageNumber()}")
  canvas.restoreState()


def _mark(canvas, x: float, y: float, colour, scale: float = 1.0):
  """The company's mark: three rising waves."""
  canvas.saveState()
  canvas.setStrokeColor(colour)
  canvas.setLineWidth(1.6 * scale)
  for i in range(3):
    y0 = y + i * 2.6 * mm * scale
    path = canvas.beginPath()
    path.moveTo(x, y0)
    path.curveTo(x + 3 * mm * scale, y0 + 4 * mm * scale, x + 6 * mm * scale, y0 - 3 * mm * scale, x + 9 * mm * scale, y0 + 1.4 * mm * scale)
    canvas.drawPath(path)
  canvas.restoreState()


def _styles(family: str, size: float, chapters: bool) -> dict[str, ParagraphStyle]:
  regular, bold = _fonts(family)
  body = ParagraphStyle(
    "body", fontName=regular, fontSize=size, leading=size * 1.42, textColor=INK, spaceAfter=size * 0.62,
    alignment=TA_JUSTIFY if family == "times" else 0,
  )
  cell = ParagraphStyle("cell", parent=body, fontSize=size * 0.9, leading=size * 1.18, spaceAfter=0, alignment=0)
  head = ParagraphStyle("cell-head", parent=cell, fontName=bold, textColor=colors.white)
  heading = ParagraphStyle("heading", parent=body, fontName=bold, textColor=ACCENT, alignment=0)
  styles = [
    body, cell, head,
    ParagraphStyle("item", parent=body, spaceAfter=size * 0.24),
    ParagraphStyle("note", parent=body, spaceAfter=0, fontSize=size * 0.96, alignment=0),
    ParagraphStyle("cell-right", parent=cell, alignment=2),
    ParagraphStyle("cell-right-head", parent=head, alignment=2),
    ParagraphStyle("title", parent=heading, fontSize=size * 2.0, leading=size * 2.4, spaceAfter=3),
    ParagraphStyle("subtitle", parent=body, fontSize=size * 1.1, textColor=colors.HexColor("#54666d"), alignment=0),
    ParagraphStyle("plain-h1", parent=heading, fontSize=size * 1.75, leading=size * 2.2, spaceAfter=size),
    ParagraphStyle("h1", parent=heading, fontSize=size * (1.75 if chapters else 1.35), leading=size * (2.2 if chapters else 1.75), spaceBefore=size * 0.9, spaceAfter=size * 0.7),
    ParagraphStyle("h2", parent=heading, fontSize=size * 1.22, leading=size * 1.55, spaceBefore=size * 0.75, spaceAfter=size * 0.4),
    ParagraphStyle("h3", parent=heading, fontSize=size * 1.04, leading=size * 1.4, spaceBefore=size * 0.5, spaceAfter=size * 0.25, textColor=INK),
    ParagraphStyle("toc1", parent=body, fontName=bold, fontSize=size, leading=size * 1.3, spaceAfter=0, spaceBefore=3.2),
    ParagraphStyle("toc2", parent=body, fontSize=size * 0.9, leading=size * 1.2, leftIndent=12, spaceAfter=0),
  ]
  return {style.name: style for style in styles}


@cache
def _fonts(family: str) -> tuple[str, str]:
  if family == "times":
    return "Times-Roman", "Times-Bold"
  module, name = {
    "sans": (font_source_sans_pro, "SourceSansPro"),
    "serif": (font_source_serif_pro, "SourceSerifPro"),
  }[family]
  folder = os.path.join(os.path.dirname(module.__file__), "files")
  faces = {"": "Regular", "-Bold": "Semibold", "-Italic": "It", "-BoldItalic": "SemiboldIt"}
  for suffix, face in faces.items():
    pdfmetrics.registerFont(TTFont(name + suffix, os.path.join(folder, f"{name}-{face}.ttf")))
  pdfmetrics.registerFontFamily(
    name, normal=name, bold=f"{name}-Bold", italic=f"{name}-Italic", boldItalic=f"{name}-BoldItalic"
  )
  return name, f"{name}-Bold"
