"""Slides by python-pptx: each first-level heading starts a slide, notes are the speaker's."""

import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Cm, Pt

import archive
from markup import Heading, Items, Note, Paragraph, Source, Table, runs

ACCENT = RGBColor(0x0B, 0x5C, 0x6B)
TITLE_SLIDE, TITLE_ONLY = 0, 5


def render(source: Source) -> bytes:
  deck = Presentation()
  deck.slide_width, deck.slide_height = Cm(33.87), Cm(19.05)
  properties = deck.core_properties
  properties.title = source.title
  properties.author = source.get("author", "Larkmoor Instruments")
  properties.created = properties.modified = source.date
  properties.last_modified_by = properties.author
  _opening(deck, source)
  slide, top = None, Cm(4)
  for block in source.blocks:
    if isinstance(block, Heading) and block.level == 1:
      slide, top = _slide(deck, block.text, source), Cm(4)
    else:
      top = _add(slide, block, top)
  out = io.BytesIO()
  deck.save(out)
  return archive.normalised(out.getvalue(), source.date)


def _opening(deck, source: Source):
  slide = deck.slides.add_slide(deck.slide_layouts[TITLE_SLIDE])
  title, subtitle = slide.shapes.title, slide.placeholders[1]
  title.left, title.top, title.width, title.height = Cm(2.5), Cm(5), Cm(29), Cm(4)
  subtitle.left, subtitle.top, subtitle.width, subtitle.height = Cm(2.5), Cm(10), Cm(29), Cm(4)
  title.text = source.title
  title.text_frame.paragraphs[0].runs[0].font.color.rgb = ACCENT
  subtitle.text = source.get("subtitle")


def _slide(deck, text: str, source: Source):
  slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
  title = slide.shapes.title
  title.left, title.top, title.width, title.height = Cm(1.8), Cm(0.9), Cm(30), Cm(2.4)
  title.text = text
  run = title.text_frame.paragraphs[0].runs[0]
  run.font.size, run.font.bold, run.font.color.rgb = Pt(30), True, ACCENT
  footer = slide.shapes.add_textbox(Cm(1.8), Cm(17.7), Cm(30), Cm(0.9)).text_frame
  footer.text = f"{source.title} \u00b7 {len(deck.slides)}"
  footer.paragraphs[0].runs[0].font.size = Pt(10)
  return slide


def _add(slide, block, top):
  match block:
    case Note(text):
      slide.notes_slide.notes_text_frame.text = text
      return top
    case Table(header, rows):
      height = Cm(0.95 * (len(rows) + 1))
      grid = slide.shapes.add_table(len(rows) + 1, len(header), Cm(1.8), top, Cm(30), height).table
      for i, row in enumerate((header, *rows)):
        for j, text in enumerate(row):
          _fill(grid.cell(i, j).text_frame.paragraphs[0], text, 14)
      return top + height + Cm(0.6)
    case Items(texts, ordered):
      lines = [f"{i}. {text}" if ordered else f"\u2022 {text}" for i, text in enumerate(texts, 1)]
    case Heading(_, text) | Paragraph(text):
      lines = [text]
  height = Cm(1.15 * sum(1 + len(line) // 88 for line in lines))
  frame = slide.shapes.add_textbox(Cm(1.8), top, Cm(30), height).text_frame
  frame.word_wrap = True
  for i, line in enumerate(lines):
    paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
    _fill(paragraph, line, 20)
    paragraph.space_after = Pt(6)
  return top + height + Cm(0.5)


def _fill(paragraph, text: str, size: int):
  for style, part in runs(text):
    run = paragraph.add_run()
    run.text = part
    run.font.size = Pt(size)
    run.font.bold = style == "bold" or None
    run.font.italic = style == "italic" or None
