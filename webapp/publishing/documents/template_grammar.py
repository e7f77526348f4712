"""Allow list of the Jinja syntax of templates: read, test, loop; no call, no assignment.

Templates are untrusted. A nested loop must iterate over the variable of the outer one, so that the
size of a document is bounded by the size of the roadmap times that of the template.
"""

from collections.abc import Iterator
from typing import Final

from jinja2 import nodes

_START: Final = "roadmap"
_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Test,
    nodes.Filter,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
)
# Without « safe », which disables escaping, nor filters that lengthen text.
_FILTERS: Final = frozenset(
    {
        *("capitalize", "count", "d", "default", "e", "escape", "first", "join"),
        *("last", "length", "lower", "title", "trim", "upper"),
    }
)
_LONGEST: Final = 40


def forbidden(tree: nodes.Node) -> tuple[str, ...]:
    """Return the forbidden expressions of ``tree``, as written."""
    return tuple(dict.fromkeys(_walk(tree, _START)))


def _walk(node: nodes.Node, source: str) -> Iterator[str]:
    """Yield the forbidden expressions of ``node``; loops must iterate over ``source``."""
    if isinstance(node, nodes.For):
        yield from _walk_loop(node, source)
        return
    if not isinstance(node, _ALLOWED) or _is_private(node) or _lengthens(node):
        yield source_form(node)
    for child in node.iter_child_nodes():
        yield from _walk(child, source)


def _walk_loop(node: nodes.For, source: str) -> Iterator[str]:
    if node.recursive or not isinstance(node.target, nodes.Name) or _root(node.iter) != source:
        yield f"for … in {source_form(node.iter)}"
        return
    for child in (node.iter, *([node.test] if node.test else ()), *node.else_):
        yield from _walk(child, source)
    for child in node.body:
        yield from _walk(child, node.target.name)


def _root(node: nodes.Node) -> str | None:
    """Return the root variable of an attribute expression, or None."""
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None


def _is_private(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr.startswith("_")


def _lengthens(node: nodes.Node) -> bool:
    """Whether ``node`` is a forbidden filter, or a nested join."""
    if not isinstance(node, nodes.Filter):
        return False
    joined_twice = node.name == "join" and isinstance(node.node, nodes.Filter)
    return node.name not in _FILTERS or joined_twice


def source_form(node: nodes.Node | None) -> str:
    """Return the source form of ``node``, for error messages."""
    if isinstance(node, nodes.Name):
        text = node.name
    elif isinstance(node, nodes.Const):
        text = repr(node.value)
    elif isinstance(node, nodes.Getattr):
        text = f"{source_form(node.node)}.{node.attr}"
    elif isinstance(node, nodes.Filter):
        text = f"{source_form(node.node)}|{node.name}"
    elif isinstance(node, nodes.Call):
        text = f"{source_form(node.node)}()"
    elif isinstance(node, nodes.BinExpr):
        text = f"{source_form(node.left)} {node.operator} {source_form(node.right)}"
    else:
        text = type(node).__name__.lower()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
