"""OpenDocument texts by odfpy."""

import io

from odf import dc, meta, style, table, text
from odf.opendocument import OpenDocumentText

import archive
from markup import Heading, Items, Note, PageBreak, Paragraph, Source, Table, runs


def render(source: Source) -> bytes:
  document = OpenDocumentText()
  stamp = source.date.strftime("%Y-%m-%dT%H:%M:%S")
  document.meta.addElement(dc.Title(text=source.title))
  document.meta.addElement(dc.Date(text=stamp))
  document.meta.addElement(meta.CreationDate(text=stamp))
  document.meta.addElement(dc.Creator(text=source.get("author", "Larkmoor Instruments")))
  _styles(document)
  title = text.P(stylename="Title")
  title.addText(source.title)
  document.text.addElement(title)
  if source.get("subtitle"):
    _fill(document.text, text.P(stylename="Subtitle"), source.get("subtitle"))
  for number, block in enumerate(source.blocks):
    _add(document, block, number)
  out = io.BytesIO()
  document.write(out)
  return archive.normalised(out.getvalue(), source.date)


def _styles(document):
  def named(name, size, **extra):
    result = style.Style(name=name, family="paragraph")
    result.addElement(style.TextProperties(fontsize=f"{size}pt", fontfamily="Liberation Sans", **extra))
    result.addElement(style.ParagraphProperties(margintop="0.15cm", marginbottom="0.2cm"))
    document.styles.addElement(result)

  named("Title", 22, fontweight="bold", color="#0b5c6b")
  named("Subtitle", 12, color="#54666d")
  named("Standard", 11)
  named("Note", 11, fontstyle="italic")
  for level, size in ((1, 16), (2, 13), (3, 11.5)):
    named(f"Heading_20_{level}", size, fontweight="bold", color="#0b5c6b")
  for name, extra in (("bold", {"fontweight": "bold"}), ("italic", {"fontstyle": "italic"})):
    run = style.Style(name=name, family="text")
    run.addElement(style.TextProperties(**extra))
    document.styles.addElement(run)
  for name, make in (("Bullets", _bullets), ("Numbers", _numbers)):
    list_style = text.ListStyle(name=name)
    list_style.addElement(make())
    document.styles.addElement(list_style)


def _bullets():
  return text.ListLevelStyleBullet(level=1, bulletchar="\u2022")


def _numbers():
  return text.ListLevelStyleNumber(level=1, numformat="1", numsuffix=".")


def _add(document, block, number: int):
  body = document.text
  match block:
    case Heading(level, content):
      _fill(body, text.H(outlinelevel=level, stylename=f"Heading_20_{level}"), content)
    case Paragraph(content):
      _fill(body, text.P(stylename="Standard"), content)
    case Note(content):
      _fill(body, text.P(stylename="Note"), content)
    case Items(texts, ordered):
      items = text.List(stylename="Numbers" if ordered else "Bullets")
      for content in texts:
        item = text.ListItem()
        _fill(item, text.P(stylename="Standard"), content)
        items.addElement(item)
      body.addElement(items)
    case Table(header, rows):
      grid = table.Table(name=f"Table{number}")
      grid.addElement(table.TableColumn(numbercolumnsrepeated=len(header)))
      head = table.TableHeaderRows()
      head.addElement(_row(header))
      grid.addElement(head)
      for row in rows:
        grid.addElement(_row(row))
      body.addElement(grid)
    case PageBreak():
      body.addElement(text.P(stylename="Standard"))


def _row(cells):
  row = table.TableRow()
  for content in cells:
    cell = table.TableCell(valuetype="string")
    _fill(cell, text.P(stylename="Standard"), content)
    row.addElement(cell)
  return row


def _fill(parent, paragraph, content: str):
  for name, part in runs(content):
    if name:
      span = text.Span(stylename=name)
      span.addText(part)
      paragraph.addElement(span)
    else:
      paragraph.addText(part)
  parent.addElement(paragraph)
