"""Attacks on what the pages show, each in a revision after the last signature."""

from pyhanko.pdf_utils import generic

from tests.dossier.tampering.revision import Change, Writer, made, page_of, rewrite, set_in, stream

PAINT = b"q 1 1 1 rg 0 0 600 850 re f Q"


def content_replaced(writer: Writer) -> None:
    set_in(writer, page_of(writer), Contents=stream(writer, b"BT ET"))


def content_stream_rewritten(writer: Writer) -> None:
    rewrite(writer, page_of(writer)["/Contents"], PAINT)


def overlay_appended(writer: Writer) -> None:
    page = page_of(writer)
    set_in(writer, page, Contents=[page.raw_get("/Contents"), stream(writer, PAINT)])


def overlay_form(writer: Writer) -> None:
    form = stream(writer, PAINT, Type="/XObject", Subtype="/Form", BBox=[0, 0, 600, 850])
    page = page_of(writer)
    page["/Resources"][generic.pdf_name("/XObject")] = made({"/Over": form})
    overlay_appended(writer)


def _fonts(writer: Writer) -> generic.DictionaryObject:
    found: generic.DictionaryObject = page_of(writer)["/Resources"]["/Font"]
    return found


def _a_font(writer: Writer) -> generic.DictionaryObject:
    fonts = _fonts(writer)
    found: generic.DictionaryObject
    found = next(fonts[name] for name in fonts if "/ToUnicode" in fonts[name])
    return found


def font_replaced(writer: Writer) -> None:
    fonts = _fonts(writer)
    other = writer.add_object(
        made({"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Symbol"})
    )
    for name in list(fonts):
        fonts[name] = other
    writer.update_container(fonts)


def font_file(writer: Writer) -> None:
    held = _a_font(writer)["/FontDescriptor"]["/FontFile2"]
    rewrite(writer, held, bytes(held.data)[::-1])


def to_unicode(writer: Writer) -> None:
    held = _a_font(writer)["/ToUnicode"]
    rewrite(writer, held, held.data.replace(b"begincmap", b"begincmap "))


def glyph_widths(writer: Writer) -> None:
    set_in(writer, _a_font(writer), Widths=[0] * 255)


def page_removed(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][-1]
    set_in(writer, pages, Count=len(pages["/Kids"]))


def page_added(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    page = {
        "/Type": "/Page",
        "/MediaBox": [0, 0, 595, 842],
        "/Parent": writer.root.raw_get("/Pages"),
    }
    pages["/Kids"].append(writer.add_object(made({**page, "/Contents": stream(writer, PAINT)})))
    set_in(writer, pages, Count=len(pages["/Kids"]))


def page_inserted_unseen(writer: Writer) -> None:
    """Kids grow, the count stays: viewers that count by kids show one page more."""
    pages = writer.root["/Pages"]
    pages["/Kids"].insert(0, pages["/Kids"][1])
    writer.update_container(pages)


def pages_swapped(writer: Writer) -> None:
    kids = writer.root["/Pages"]["/Kids"]
    kids[0], kids[1] = kids.raw_get(1), kids.raw_get(0)
    writer.update_container(writer.root["/Pages"])


def page_tree_replaced(writer: Writer) -> None:
    other = {"/Type": "/Pages", "/Count": 1, "/Kids": [writer.root["/Pages"]["/Kids"].raw_get(0)]}
    set_in(writer, writer.root, Pages=writer.add_object(made(other)))


def page_tree_in_a_circle(writer: Writer) -> None:
    writer.root["/Pages"]["/Kids"].append(writer.root.raw_get("/Pages"))
    writer.update_container(writer.root["/Pages"])


def page_rotated(writer: Writer) -> None:
    set_in(writer, page_of(writer, 3), Rotate=180)


def page_cropped(writer: Writer) -> None:
    set_in(writer, page_of(writer, 3), CropBox=[0, 400, 595, 842])


def page_resized(writer: Writer) -> None:
    set_in(writer, page_of(writer, 3), MediaBox=[0, 0, 595, 300])


def page_scaled(writer: Writer) -> None:
    set_in(writer, page_of(writer, 3), UserUnit=40)


def layers_added(writer: Writer) -> None:
    group = writer.add_object(made({"/Type": "/OCG", "/Name": "Layer"}))
    hidden = {"/D": {"/BaseState": "/OFF", "/OFF": [group]}, "/OCGs": [group]}
    set_in(writer, writer.root, OCProperties=hidden)


def bookmark_renamed(writer: Writer) -> None:
    set_in(writer, writer.root["/Outlines"]["/First"], Title="Approved")


def alternative_text(writer: Writer) -> None:
    tree = writer.root["/StructTreeRoot"]["/K"]
    set_in(writer, tree, Alt="Approved")


def language(writer: Writer) -> None:
    set_in(writer, writer.root, Lang="de-AT")


def page_labels(writer: Writer) -> None:
    set_in(writer, writer.root, PageLabels={"/Nums": [0, {"/P": "Annex "}]})


ATTACKS: tuple[Change, ...] = (
    content_replaced,
    content_stream_rewritten,
    overlay_appended,
    overlay_form,
    font_replaced,
    font_file,
    to_unicode,
    glyph_widths,
    page_removed,
    page_added,
    page_inserted_unseen,
    pages_swapped,
    page_tree_replaced,
    page_tree_in_a_circle,
    page_rotated,
    page_cropped,
    page_resized,
    page_scaled,
    layers_added,
    bookmark_renamed,
    alternative_text,
    language,
    page_labels,
)
