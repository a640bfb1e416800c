"""What a site's sentences may do as templates: print, choose, walk once over a list. Anything else is refused with why.

No call, no arithmetic, no nested loop, no macro, no include: time and size are bounded before the first visitor comes.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import nodes

MAX_PARTS = 200
_PARTS = """
Template Output TemplateData Name Getattr Getitem Const If CondExpr Compare Operand And Or Not Filter Test For
"""
_FILTERS = """
capitalize default d e escape first join last length list lower sort title trim truncate unique upper
"""
ALLOWED = frozenset(_PARTS.split())
FILTERS = frozenset(_FILTERS.split())
TESTS = frozenset({"defined", "undefined", "in", "eq", "equalto", "ne", "none"})
VARIABLES = frozenset(
    {"said", "name", "opens", "url", "subject", "address", "suggestion", "code", "minutes", "loop"}
)


def template_problem(text: str) -> str | None:
    """Return what is wrong with a sentence as a template, None when nothing is."""
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return None
    from jinja2 import TemplateSyntaxError

    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        return f"the template cannot be read: {error.message}"
    return next(_problems(tree), None)


def _problems(tree: "nodes.Template") -> Iterator[str]:
    from jinja2 import nodes

    parts = list(_walk(tree))
    if len(parts) > MAX_PARTS:
        yield f"the template has more than {MAX_PARTS} parts; say it shorter"
    targets = (loop.target for loop in parts if isinstance(loop, nodes.For))
    own = {target.name for target in targets if isinstance(target, nodes.Name)}
    for part in parts:
        kind = type(part).__name__
        if kind not in ALLOWED:
            yield f"a template can only print, compare, choose and loop; {kind.lower()!r} is none of these"
        elif isinstance(part, nodes.Filter) and part.name not in FILTERS:
            yield f"there is no filter {part.name!r} here; there are {', '.join(sorted(FILTERS))}"
        elif isinstance(part, nodes.Test) and part.name not in TESTS:
            yield f"there is no test {part.name!r} here; there are {', '.join(sorted(TESTS))}"
        elif isinstance(part, nodes.For) and any(
            isinstance(one, nodes.For) for one in _walk(part) if one is not part
        ):
            yield "a loop in a loop is refused; one is enough for a sentence"
        elif isinstance(part, nodes.Name) and part.name not in VARIABLES | own:
            yield f"there is no variable {part.name!r}; there are `said` (as in said.company) and `name`"


def _walk(node: "nodes.Node") -> "Iterator[nodes.Node]":
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


@cache
def _environment() -> Any:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=False)
