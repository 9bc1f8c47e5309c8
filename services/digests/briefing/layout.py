"""The layout of a 简报, as GB/T 9704-2012 is followed by habit: page, fonts, rules, page numbers, watermark.

天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 lines of 28 characters: a fixed line of 28.95 pt. Every run names its East
Asian font; those that are often absent (方正小标宋简体, 仿宋_GB2312, 楷体_GB2312) have a second name in the font table.
"""

from typing import Any

from services.digests.text.literal import literal

TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37, 28, 26, 35
BODY_WIDTH_MM = 156
LANDSCAPE_MM = (28, 26, 30, 30)  # top, bottom, left, right
LANDSCAPE_BODY_MM = 237
TITLE_CHARACTERS = 20  # of 二号 in a line
LINE_PT = 28.95
TITLE_FONT, BODY_FONT, HEAD_FONT, SUBHEAD_FONT, NUMBER_FONT = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
SIZE_3, SIZE_SMALL_3, SIZE_2, SIZE_4, SIZE_5 = 16, 15, 22, 14, 10.5
RED = "C00000"
SECOND_NAMES = {
    TITLE_FONT: "华文中宋",
    BODY_FONT: "仿宋",
    SUBHEAD_FONT: "楷体",
    HEAD_FONT: "SimHei",
    NUMBER_FONT: "SimSun",
}


def set_page(document: Any) -> None:
    """A4 with the margins above; odd and even pages have their own footers."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    document.settings.odd_and_even_pages_header_footer = True


def turn_landscape(document: Any) -> None:
    """What follows stands on landscape pages of its own, with the same page numbers."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    sides = (Mm(side) for side in LANDSCAPE_MM)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = sides
    section.footer_distance = Mm(15)


def width_in_characters(text: str) -> float:
    """How many Chinese characters wide a line is; Latin letters and digits take half."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.5 for char in text)


def set_fonts(document: Any) -> None:
    """The default run is 三号仿宋 without inherited spacing; the font table gets second names."""
    from docx.shared import Pt

    normal = document.styles["Normal"]
    normal.font.size = Pt(SIZE_3)
    _font(normal.element.get_or_add_rPr(), BODY_FONT)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            entries = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{second}"/><w:charset w:val="86"/></w:font>'
                for name, second in SECOND_NAMES.items()
            )
            part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")


def paragraph(
    place: Any, text: str, font: str = BODY_FONT, size: float = SIZE_3, *, align: str = "justify", indent: bool = True
) -> Any:
    """A paragraph of the body: fixed line, first line indented by two characters unless told otherwise."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    made = place.add_paragraph()
    _align(made, align)
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    made.paragraph_format.line_spacing = Pt(LINE_PT)
    if indent:
        indented = made._p.get_or_add_pPr().get_or_add_ind()
        indented.set(_w("firstLineChars"), "200")
        indented.set(_w("firstLine"), str(int(size * 20 * 2)))
    run(made, text, font, size)
    return made


def run(made: Any, text: str, font: str = BODY_FONT, size: float = SIZE_3, *, red: bool = False) -> Any:
    """Text in a paragraph, literally."""
    from docx.shared import Pt, RGBColor

    added = made.add_run(literal(text))
    added.font.size = Pt(size)
    if red:
        added.font.color.rgb = RGBColor.from_string(RED)
    _font(added._r.get_or_add_rPr(), font)
    return added


def right_tab(made: Any) -> None:
    """A tab stop at the right edge of the body."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    made.paragraph_format.tab_stops.add_tab_stop(Mm(BODY_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)


def rule(made: Any, colour: str, eighths: int) -> None:
    """A line under the paragraph, so many eighths of a point thick."""
    borders = _element("w:pBdr")
    bottom = _element("w:bottom")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        bottom.set(_w(name), value)
    borders.append(bottom)
    properties = made._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def number_pages(document: Any, before: str, after: str) -> None:
    """「— 1 —」 in 四号 song: odd pages right, even pages left, one character in from the edge."""
    from docx.shared import Pt

    section = document.sections[0]
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        made = footer.paragraphs[0]
        made.style = document.styles["Normal"]
        _align(made, align)
        side = made.paragraph_format
        side.right_indent, side.left_indent = (Pt(SIZE_4), None) if align == "right" else (None, Pt(SIZE_4))
        run(made, before, NUMBER_FONT, SIZE_4)
        _page_field(run(made, "", NUMBER_FONT, SIZE_4))
        run(made, after, NUMBER_FONT, SIZE_4)


def watermark(document: Any, word: str) -> None:
    """The word across every page, behind the text."""
    from docx.oxml import parse_xml

    section = document.sections[0]
    for number, header in enumerate((section.header, section.even_page_header), start=1):
        header.is_linked_to_previous = False
        made = header.paragraphs[0].add_run()
        made._r.append(parse_xml(_WATERMARK.format(number=number, word=word)))


def _page_field(made: Any) -> None:
    for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), ("shown", "1"), ("end", None)):
        if kind in ("begin", "separate", "end"):
            mark = _element("w:fldChar")
            mark.set(_w("fldCharType"), str(kind))
        else:
            mark = _element("w:t" if kind else "w:instrText")
            mark.text = text
            mark.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made._r.append(mark)


def _font(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    latin = "Times New Roman" if name in (BODY_FONT, SUBHEAD_FONT) else name
    for kind, value in (("ascii", latin), ("hAnsi", latin), ("eastAsia", name), ("cs", latin)):
        fonts.set(_w(kind), value)


def _align(made: Any, align: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    made.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())


def _element(tag: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(tag)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


_WATERMARK = """
<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>
<v:textpath on="t" fitshape="t"/><v:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="draft{number}" o:spid="_x0000_s20{number}" type="#_x0000_t136" fillcolor="#d9d9d9" stroked="f"
 style="position:absolute;margin-left:0;margin-top:0;width:300pt;height:150pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:fill opacity=".5"/><v:textpath style="font-family:&quot;SimSun&quot;;font-size:1pt" string="{word}"/>
<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict>"""
