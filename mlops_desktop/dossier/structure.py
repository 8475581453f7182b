"""Writes the structure of tagged pages into a PDF: PDF/A-3a and PDF/UA-1 (ISO 14289-1).

Elements, marks and links come from the typesetting; form fields are found by their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.typeset.tagging import Element, FieldAt, LinkAt, Mark

_ROLES = {"Row": Name.Row, "Column": Name.Column}


@dataclass(slots=True)
class _Tree:
    """The tree as it is written: which element owns each mark of a page, and each annotation."""

    pdf: pikepdf.Pdf
    marks: dict[int, dict[int, pikepdf.Object]] = field(default_factory=dict)
    owners: list[tuple[pikepdf.Object, pikepdf.Object]] = field(default_factory=list)


def write_structure(pdf: pikepdf.Pdf, root: Element) -> None:
    """Add the tree below ``root`` and mark the document as tagged."""
    tree = _Tree(pdf)
    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top.K = _write(tree, root, top)
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(list(_numbers(tree)))))
    top.ParentTreeNextKey = len(pdf.pages) + len(tree.owners)
    pdf.Root.StructTreeRoot = top
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    for page in pdf.pages:
        page.obj.Tabs = Name.S


def _write(tree: _Tree, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
    made = tree.pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent)
    )
    if element.alt:
        made.Alt = String(safe(element.alt))
    attributes = _attributes(element)
    if attributes is not None:
        made.A = attributes
    kids = [_kid(tree, kid, made) for kid in element.kids]
    # Alone, without an array: pyHanko allows a field's use in the tree only in this form.
    made.K = kids[0] if len(kids) == 1 else Array(kids)
    return made


def _attributes(element: Element) -> Dictionary | None:
    if element.box is not None:
        box = Array([round(edge, 2) for edge in element.box])
        return Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
    if element.scope or element.span > 1:
        found = Dictionary(O=Name.Table)
        if element.scope:
            found.Scope = _ROLES[element.scope]
        if element.span > 1:
            found.ColSpan = element.span
        return found
    return None


def _kid(
    tree: _Tree, kid: Element | Mark | LinkAt | FieldAt, owner: pikepdf.Object
) -> pikepdf.Object:
    match kid:
        case Element():
            return _write(tree, kid, owner)
        case Mark():
            tree.marks.setdefault(kid.page, {})[kid.number] = owner
            page = tree.pdf.pages[kid.page - 1].obj
            return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number)
        case LinkAt():
            annotation = _links(tree, kid.page)[kid.place]
            annotation.Contents = String(safe(kid.told))
            return _refer(tree, annotation, tree.pdf.pages[kid.page - 1].obj, owner)
        case FieldAt():
            annotation = _field(tree, kid.name)
            return _refer(tree, annotation, annotation.P, owner)


def _links(tree: _Tree, page: int) -> list[pikepdf.Object]:
    annotations = tree.pdf.pages[page - 1].obj.get("/Annots", Array())
    return [one for one in annotations if one.Subtype == Name.Link]


def _field(tree: _Tree, name: str) -> pikepdf.Object:
    return next(one for one in tree.pdf.Root.AcroForm.Fields if str(one.T) == name)


def _refer(
    tree: _Tree, annotation: pikepdf.Object, page: pikepdf.Object, owner: pikepdf.Object
) -> Dictionary:
    annotation.StructParent = len(tree.pdf.pages) + len(tree.owners)
    tree.owners.append((annotation, owner))
    return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)


def _numbers(tree: _Tree) -> Iterator[int | pikepdf.Object]:
    """Yield the number tree that leads from a page's marks and from annotations to elements."""
    for number, page in enumerate(tree.pdf.pages):
        page.obj.StructParents = number
        marks = tree.marks.get(number + 1, {})
        yield number
        yield tree.pdf.make_indirect(Array([marks[one] for one in sorted(marks)]))
    for number, (_, owner) in enumerate(tree.owners, len(tree.pdf.pages)):
        yield number
        yield owner
