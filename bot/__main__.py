"""The command line `foyer`: one app, one place where expected errors become one sentence and an exit code."""

import sys

import typer

from bot.commands import (
    answering,
    backup,
    check,
    copying,
    extract,
    feedback,
    gaps,
    init,
    key,
    leads,
    migrate,
    playbook,
    score,
    serving,
    simulate,
    sources,
    spending,
    talking,
    user,
)
from bot.domain.errors import BotError

DONE_IN_PART = 3
WRONG_USAGE = 2

app = typer.Typer(
    name="foyer",
    help="A website's documentation answers its visitors, with citations, and qualifies leads on the way.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("init")(init.init)
app.command("serve")(serving.serve)
app.command("index")(answering.index)
app.command("ask")(answering.ask)
app.command("check")(check.check)
app.command("gaps")(gaps.gaps)
app.command("feedback")(feedback.feedback)
app.command("sources")(sources.sources)
app.command("spending")(spending.spending)
app.command("chat")(talking.chat)
app.command("extract")(extract.run)
app.command("simulate")(simulate.simulate)
app.command("test")(simulate.test)
app.command("migrate")(migrate.migrate)
app.command("copy")(copying.copy)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(leads.app, name="leads")
app.add_typer(score.app, name="score")
app.add_typer(playbook.app, name="playbook")
app.add_typer(key.app, name="key")
app.add_typer(user.app, name="user")


def main() -> None:
    """Run the command line; an expected error is one sentence and exit code 2."""
    try:
        app()
    except BotError as error:
        print(f"foyer: {error}", file=sys.stderr)
        sys.exit(WRONG_USAGE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
