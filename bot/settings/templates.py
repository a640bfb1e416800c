"""What a site's sentences may do as templates: print, choose, walk once over a list. Anything else is refused with why.

No call, no arithmetic, no nested loop, no macro, no include: time and size are bounded before the first visitor comes.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.settings.validation import did_you_mean

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
ALWAYS = frozenset({"said", "name", "loop"})
VALUES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "not_written": frozenset({"subject"}),
        "not_answered": frozenset({"question"}),
        "person_closed": frozenset({"opens"}),
        "meeting": frozenset({"url"}),
        "check_email": frozenset({"address", "suggestion"}),
        "verify": frozenset({"address"}),
        "code_sent": frozenset({"address"}),
        "verified": frozenset({"address"}),
        "code_mail": frozenset({"code", "minutes"}),
    }
)
"""What each of the bot's own sentences can say beside the site's name and the visitor's words."""
OF_LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})


def template_problem(
    text: str, *, said: Collection[str] | None = None, values: Collection[str] | None = None
) -> str | None:
    """Return what is wrong with a sentence as a template, None when nothing is.

    Args:
        text: the sentence.
        said: the slots whose words `said` can have; None where they are not known yet.
        values: what it is given beside `said` and `name`; None for whatever any sentence is given.
    """
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return None
    from jinja2 import TemplateSyntaxError

    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        return f"the template cannot be read: {error.message}"
    given = frozenset().union(*VALUES.values()) if values is None else frozenset(values)
    return next(_problems(tree, said=said, variables=ALWAYS | given), None)


def _problems(
    tree: "nodes.Template", *, said: Collection[str] | None, variables: frozenset[str]
) -> Iterator[str]:
    from jinja2 import nodes

    parts = list(_walk(tree))
    if len(parts) > MAX_PARTS:
        yield f"the template has more than {MAX_PARTS} parts; say it shorter"
    targets = (loop.target for loop in parts if isinstance(loop, nodes.For))
    own = {target.name for target in targets if isinstance(target, nodes.Name)}
    for part in parts:
        yield from _part_problems(part, said)
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
        elif isinstance(part, nodes.Name) and part.name not in variables | own:
            others = "".join(f", `{value}`" for value in sorted(variables - ALWAYS))
            yield f"there is no variable {part.name!r}; there are `said` (as in said.company) and `name`{others}"


def _part_problems(part: "nodes.Node", said: Collection[str] | None) -> Iterator[str]:
    """Name what is asked of something that has no such part: it would print nothing."""
    from jinja2 import nodes

    if not isinstance(part, nodes.Getattr | nodes.Getitem):
        return
    of = part.node.name if isinstance(part.node, nodes.Name) else None
    key = part.attr if isinstance(part, nodes.Getattr) else getattr(part.arg, "value", None)
    if of == "said" and (key is None or said is None or key in said):
        return
    if of == "said":
        yield f"there is no slot {key!r} that `said` could have the words of{did_you_mean(str(key), list(said or ()))}"
    elif isinstance(part, nodes.Getattr) and not (of == "loop" and key in OF_LOOP):
        yield f"`.{key}` is no part of anything here; only `said` has parts, one for each slot (said.company)"
    elif isinstance(part, nodes.Getitem) and not isinstance(key, int):
        yield f"`[{key!r}]` is no part of anything here; only `said` has parts, one for each slot (said.company)"


def _walk(node: "nodes.Node") -> "Iterator[nodes.Node]":
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


@cache
def _environment() -> Any:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=False)
