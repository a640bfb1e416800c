"""A site's folder: what is read, what is defaulted, and what is refused with file, line and remedy."""

from pathlib import Path

import pytest

from bot.chat.phrases import PHRASES
from bot.domain.crawl_plan import CrawlPlan
from bot.domain.errors import ConfigurationError
from bot.settings import FilesError, demo_site_folder, load_site, site_snippet, site_warnings
from bot.settings.messages_section import MessagesSection

SECRET = "whsec_" + "A" * 43 + "="
FULL = """
id: shop
name: The shop
origins: [https://www.example.com, http://localhost:3000]
locale: en-GB
greeting: Good day.
choices:
  - What does it cost?
  - {id: ship, label: Do you ship abroad?}
theme: {accent: "#ABC", mode: dark, position: left}
consent: {text: May we write to you?, policy_url: https://www.example.com/privacy}
messages: {thanks: With pleasure.}
notify:
  email: [sales@example.com]
  webhooks:
    - url: https://crm.example.com/hooks/foyer
      secret: ${FOYER_SECRET_CRM}
"""


def site_folder(tmp_path: Path, yaml: str, *, name: str = "my shop") -> Path:
    folder = tmp_path / name
    (folder / "knowledge").mkdir(parents=True)
    (folder / "foyer.yaml").write_text(yaml, encoding="utf-8")
    return folder


def refusal(tmp_path: Path, yaml: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_site(site_folder(tmp_path, yaml), environ={})
    return str(caught.value)


def test_every_key_of_the_file_reaches_the_site(tmp_path: Path) -> None:
    site = load_site(site_folder(tmp_path, FULL), environ={"FOYER_SECRET_CRM": SECRET})

    assert (site.id, site.name, site.locale, site.region) == ("shop", "The shop", "en-GB", "GB")
    assert site.origins == ("https://www.example.com", "http://localhost:3000")
    assert [(choice.id, choice.label) for choice in site.spellings.heard_in(None).choices] == [
        ("what-does-it-cost", "What does it cost?"),
        ("ship", "Do you ship abroad?"),
    ]
    assert site.theme.as_json() == {"accent": "#aabbcc", "mode": "dark", "position": "left"}
    assert (site.consent.text, site.consent.policy_url) == (
        "May we write to you?",
        "https://www.example.com/privacy",
    )
    assert site.messages == {"thanks": "With pleasure."}
    assert site.notify.email_to == ("sales@example.com",)
    assert [(hook.url, hook.secret) for hook in site.notify.webhooks] == [
        ("https://crm.example.com/hooks/foyer", SECRET)
    ]


@pytest.mark.parametrize(
    ("locale", "region"),
    [("de", "DE"), ("fr", "FR"), ("es", "ES"), ("de-AT", "AT"), ("en", "US"), ("sr-Latn", "US")],
)
def test_a_language_without_a_country_is_read_as_in_the_country_called_so(
    tmp_path: Path, locale: str, region: str
) -> None:
    assert load_site(site_folder(tmp_path, f"locale: {locale}\n")).region == region


def test_an_empty_file_is_a_site_with_every_default(tmp_path: Path) -> None:
    site = load_site(site_folder(tmp_path, "# nothing yet\n", name="My Shop!"))

    assert (site.id, site.name, site.origins, site.region) == ("my-shop", "My shop!", (), "US")
    assert site.playbook.id == "simple"
    assert site.knowledge_folder == site.folder / "knowledge"


def test_a_folder_of_documents_is_a_site_without_any_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("# Guide")

    assert load_site(tmp_path).knowledge_folder == tmp_path


def test_a_folder_with_nothing_in_it_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"there is no foyer\.yaml in it; `foyer init DIR`"):
        load_site(tmp_path)


def test_a_missing_folder_and_a_misnamed_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "foyer.yml").write_text("name: x")

    with pytest.raises(ConfigurationError, match=r"must be called foyer\.yaml; rename it"):
        load_site(tmp_path)
    with pytest.raises(ConfigurationError, match="there is no such folder"):
        load_site(tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("yaml", "complaint"),
    [
        (
            "name: A\ntheme:\n  colour: '#fff'",
            "foyer.yaml:3: `colour` is not a known key here; did you mean `accent`?",
        ),
        (
            "name: A\ncolour: red",
            "foyer.yaml:2: `colour` is not a known key here; did you mean `accent` under `theme`?",
        ),
        ("domains: []", "did you mean `origins`?"),
        ("grating: hi", "did you mean `greeting`?"),
        ("xyzzy: 1", "`xyzzy` is not a known key here; known are id, name, origins"),
        ("name: no\nlocale: 7", "foyer.yaml:2: `locale` must be text, not 7; put it in quotes"),
        ("name:\n  - A", "foyer.yaml:1: `name` must be text, not a list"),
        ("- a\n- b", "foyer.yaml:1: must hold keys like `id: …`"),
        ("origins: https://example.com", "`origins` must be a list, not 'https://example.com'"),
        (
            "origins:\n  - https://a.example\n  - https://a.example/x",
            "foyer.yaml:3: 'https://a.example/x' has a path",
        ),
        ("origins: [https://a.example, https://A.example]", "'https://a.example' stands here twice"),
        ("theme: {accent: green}", "'green' is not a colour; write it like '#2f6f4f', in quotes"),
        ("theme:\n  accent: #2f6f4f", "foyer.yaml:2: `accent` must be text, not empty"),
        ("theme: {mode: night}", "`mode` must be one of 'auto', 'light' or 'dark', not 'night'"),
        ("id: My Shop", "'My Shop' is no id; use small letters"),
        ("locale: english", "'english' is no locale"),
        ("region: Germany", "'Germany' is no region"),
        ("greeting: ''", "`greeting` must not be empty"),
        ("messages: {hello: x}", "`hello` is not a known key here"),
        ("notify: {email: [sales]}", "'sales' is not an e-mail address"),
        (
            "notify: {webhooks: [{url: https://a.example/x}]}",
            "`secret` is missing; it is what signs the posts",
        ),
        ("notify: {webhooks: [{url: crm, secret: x}]}", "'crm' is no address to post to"),
        ("hours: {timezone: Europe/Berlin}", "`hours` is not a known key here"),
        ("choices: [A, a]", "two quick replies have the id 'a'"),
        ("knowledge: {folder: docs}", "docs does not exist; make it"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(tmp_path: Path, yaml: str, complaint: str) -> None:
    message = refusal(tmp_path, yaml)

    assert complaint in message
    assert "\n" not in message


def test_every_mistake_is_found_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    folder = site_folder(tmp_path, "locale: 7\nxyzzy: 1\ntheme: {mode: night}")

    with pytest.raises(FilesError) as caught:
        load_site(folder)

    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]
    assert str(caught.value).endswith("(and 2 more; `foyer check` names them all)")


@pytest.mark.parametrize(
    ("environ", "complaint"),
    [
        ({}, "foyer.yaml:16: the variable in `secret: ${FOYER_SECRET_CRM}` is not set"),
        ({"FOYER_SECRET_CRM": "hunter2"}, "is not whsec_ and 24 to 64 bytes in base64"),
    ],
)
def test_a_webhook_needs_its_secret_in_the_environment(
    tmp_path: Path, environ: dict[str, str], complaint: str
) -> None:
    yaml = FULL.lstrip()

    with pytest.raises(ConfigurationError) as caught:
        load_site(site_folder(tmp_path, yaml), environ=environ)

    assert complaint in str(caught.value).replace(":15:", ":16:")
    assert "hunter2" not in str(caught.value)


def test_a_secret_with_a_typing_mistake_is_not_repeated(tmp_path: Path) -> None:
    message = refusal(tmp_path, "notify: {webhooks: [{url: https://a.example/x, secret: hunter2}]}")

    assert "must be `${FOYER_SECRET_NAME}`" in message
    assert "hunter2" not in message


def test_a_secret_never_shows_in_a_representation(tmp_path: Path) -> None:
    site = load_site(site_folder(tmp_path, FULL), environ={"FOYER_SECRET_CRM": SECRET})

    assert SECRET not in repr(site)


def test_the_consent_version_changes_with_the_text_and_only_then(tmp_path: Path) -> None:
    def version(yaml: str, name: str) -> str:
        return load_site(site_folder(tmp_path, yaml, name=name)).consent.version

    assert version("consent: {text: May we?}", "a") == version("name: x\nconsent: {text: May we?}", "b")
    assert version("consent: {text: May we?}", "c") != version("consent: {text: May we not?}", "d")
    assert version("consent: {text: May we?, version: '7'}", "e") == "7"


def test_what_works_but_deserves_a_word_is_a_warning(tmp_path: Path) -> None:
    open_site = load_site(site_folder(tmp_path, "origins: [http://shop.example]"))
    closed_site = load_site(site_folder(tmp_path, "name: x", name="other"))

    assert "is not encrypted" in site_warnings(open_site)[0]
    assert "`origins` is empty" in site_warnings(closed_site)[0]


def test_each_sentence_of_the_bot_can_be_said_in_other_words() -> None:
    assert set(MessagesSection.model_fields) == set(PHRASES)


def test_the_demo_is_a_site_and_its_playbook_its_own() -> None:
    site = load_site(demo_site_folder())

    assert (site.id, site.playbook.id) == ("demo", "foyer_demo")
    assert any(path.suffix == ".csv" for path in site.knowledge_folder.iterdir())


@pytest.mark.parametrize(
    ("theme", "worn"),
    [
        ("{}", ""),
        ("{accent: '#2F6F4F', position: right, mode: dark}", ""),
        ("{accent: '#B32', position: left}", ' data-accent="#bb3322" data-position="left"'),
    ],
)
def test_the_snippet_is_the_line_of_the_contract_with_what_its_button_wears(
    tmp_path: Path, theme: str, worn: str
) -> None:
    site = load_site(site_folder(tmp_path, f"id: mysite\ntheme: {theme}"))
    expected = (
        f'<script type="module" src="https://chat.example.com/widget.js" data-site="mysite"{worn}></script>'
    )

    assert site_snippet(site, "https://chat.example.com/") == expected


def test_a_crawl_is_read_with_its_defaults(tmp_path: Path) -> None:
    first = "{url: 'https://www.example.com/docs/'}"
    second = "{url: 'https://b.example', every: never, delay: 0.5s, exclude: ['/*.pdf$']}"
    text = f"knowledge:\n  crawl:\n    - {first}\n    - {second}\n"
    (tmp_path / "foyer.yaml").write_text(text)

    plain, special = load_site(tmp_path).crawls

    assert plain == CrawlPlan(url="https://www.example.com/docs/")
    assert (special.every_s, special.delay_s, special.exclude) == (None, 0.5, ("/*.pdf$",))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("url: ftp://example.com", "is no website to begin at"),
        ("url: https://user@example.com/", "is no website to begin at"),
        ("url: https://example.com:99999/", "is no website to begin at"),
        ("url: https://example.com/\n      every: 1m", "'1m' is not between 15m and 30d"),
        ("url: https://example.com/\n      delay: fast", "'fast' is no duration"),
        (
            "url: https://example.com/\n      sitemap: sitemap.xml",
            "`sitemap` must be true, false or an address",
        ),
        ("url: https://example.com/\n      exclude: [docs]", "'docs' is no path"),
        ("url: https://example.com/\n      max_page: 5", "did you mean `max_pages`?"),
        ("url: https://example.com/\n      max_pages: 90000", "`max_pages` must be at most 5000"),
        ("url: https://example.com/\n    - url: https://example.com/", "is crawled twice"),
        ("every: 24h", "`url` is missing"),
    ],
)
def test_a_crawl_that_can_not_work_is_named_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "foyer.yaml").write_text(f"knowledge:\n  crawl:\n    - {line}\n")

    with pytest.raises(ConfigurationError, match=r"foyer\.yaml:[234]: ") as error:
        load_site(tmp_path)

    assert said in str(error.value)
