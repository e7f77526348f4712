"""What a model may say: read, choose, repeat; nothing that computes, calls or grows.

A model comes from outside. A loop inside another one goes through what the outer one gives, so that
a document is never longer than what the roadmap holds times what the model says.
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
# Neither « safe », which would let somebody's words pass for markup, nor what lengthens a text.
_FILTERS: Final = frozenset(
    {
        *("capitalize", "count", "d", "default", "e", "escape", "first", "join"),
        *("last", "length", "lower", "title", "trim", "upper"),
    }
)
_LONGEST: Final = 40


def refused(tree: nodes.Node) -> tuple[str, ...]:
    """Return what ``tree`` says that a model may not, as it was written."""
    return tuple(dict.fromkeys(_walk(tree, _START)))


def _walk(node: nodes.Node, source: str) -> Iterator[str]:
    """Yield what is refused in ``node``; loops go through what hangs from ``source``."""
    if isinstance(node, nodes.For):
        yield from _walk_loop(node, source)
        return
    if not isinstance(node, _ALLOWED) or _is_private(node) or _lengthens(node):
        yield spelt(node)
    for child in node.iter_child_nodes():
        yield from _walk(child, source)


def _walk_loop(node: nodes.For, source: str) -> Iterator[str]:
    if node.recursive or not isinstance(node.target, nodes.Name) or _root(node.iter) != source:
        yield f"for … in {spelt(node.iter)}"
        return
    for child in (node.iter, *([node.test] if node.test else ()), *node.else_):
        yield from _walk(child, source)
    for child in node.body:
        yield from _walk(child, node.target.name)


def _root(node: nodes.Node) -> str | None:
    """Return the variable that an iterable hangs from, when it does so plainly."""
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None


def _is_private(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr.startswith("_")


def _lengthens(node: nodes.Node) -> bool:
    """Whether ``node`` is a filter that is not ours to offer, or joins what was joined already."""
    if not isinstance(node, nodes.Filter):
        return False
    joined_twice = node.name == "join" and isinstance(node.node, nodes.Filter)
    return node.name not in _FILTERS or joined_twice


def spelt(node: nodes.Node | None) -> str:
    """Return ``node`` much as a person wrote it, for the message that refuses it."""
    if isinstance(node, nodes.Name):
        text = node.name
    elif isinstance(node, nodes.Const):
        text = repr(node.value)
    elif isinstance(node, nodes.Getattr):
        text = f"{spelt(node.node)}.{node.attr}"
    elif isinstance(node, nodes.Filter):
        text = f"{spelt(node.node)}|{node.name}"
    elif isinstance(node, nodes.Call):
        text = f"{spelt(node.node)}()"
    elif isinstance(node, nodes.BinExpr):
        text = f"{spelt(node.left)} {node.operator} {spelt(node.right)}"
    else:
        text = type(node).__name__.lower()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
