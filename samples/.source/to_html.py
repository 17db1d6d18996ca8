"""Intranet pages: the article between the navigation and the footer every page of the intranet carries."""

from html import escape

from markup import Heading, Items, Note, PageBreak, Paragraph, Source, Table, runs

_TAGS = {"": "{}", "bold": "<strong>{}</strong>", "italic": "<em>{}</em>"}
_NAVIGATION = ("Home", "News", "People", "Handbook", "Policies", "Products", "IT help", "Clinic", "Canteen")
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title} | Larkmoor Intranet</title>
<meta name="author" content="{author}">
<meta name="date" content="{date}">
<style>
body {{ font-family: "Source Sans Pro", Arial, sans-serif; margin: 0; color: #1d2b33; }}
header, footer {{ background: #0b5c6b; color: #fff; padding: 1rem 2rem; }}
nav a {{ color: #fff; margin-right: 1.2rem; }}
main {{ max-width: 52rem; padding: 1rem 2rem; }}
table {{ border-collapse: collapse; }}
td, th {{ border: 1px solid #b9c8cb; padding: .3rem .6rem; text-align: left; }}
</style>
</head>
<body>
<header>
<p>Larkmoor Intranet</p>
<nav>{navigation}</nav>
</header>
<main>
<p class="breadcrumb">Home &rsaquo; {section} &rsaquo; {title}</p>
<article>
<h1>{title}</h1>
{body}
</article>
<p class="feedback">Was this page helpful? Yes / No &middot; Page owner: {author} &middot; Last change: {date}</p>
</main>
<footer>
<p>&copy; Larkmoor Instruments, 14 Kestrel Quay, Port Ansel &middot; Switchboard 555-0100 &middot;
<a href="/legal">Legal notice</a> &middot; <a href="/privacy">Privacy</a> &middot; <a href="/a-z">A to Z</a></p>
</footer>
</body>
</html>
"""


def render(source: Source) -> bytes:
  page = _PAGE.format(
    language=source.get("language", "en"),
    title=escape(source.title),
    author=escape(source.get("author", "Communications")),
    date=source.get("date"),
    section=escape(source.get("section", "Policies")),
    navigation=" ".join(f'<a href="/{name.lower().replace(" ", "-")}">{name}</a>' for name in _NAVIGATION),
    body="\n".join(_element(block) for block in source.blocks),
  )
  return page.encode()


def _element(block) -> str:
  match block:
    case Heading(level, text):
      return f"<h{level + 1}>{_inline(text)}</h{level + 1}>"
    case Paragraph(text):
      return f"<p>{_inline(text)}</p>"
    case Note(text):
      return f'<p class="note">{_inline(text)}</p>'
    case Items(texts, ordered):
      tag = "ol" if ordered else "ul"
      return f"<{tag}>\n" + "\n".join(f"<li>{_inline(text)}</li>" for text in texts) + f"\n</{tag}>"
    case Table(header, rows):
      lines = ["<table>", "<thead>", _row(header, "th"), "</thead>", "<tbody>"]
      lines += [_row(row, "td") for row in rows]
      return "\n".join(lines + ["</tbody>", "</table>"])
    case PageBreak():
      return "<hr>"


def _row(cells, tag: str) -> str:
  return "<tr>" + "".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in cells) + "</tr>"


def _inline(text: str) -> str:
  return "".join(_TAGS[style].format(escape(part)) for style, part in runs(text))
