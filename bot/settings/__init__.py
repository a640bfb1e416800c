"""Settings: a site's folder, its playbook and the process's environment, checked before anything starts.

Errors are `ConfigurationError`s in one sentence: where, what, how to mend it. Only `assemble` and `commands`
read this room.
"""

from bot.settings.consent_texts import ConsentTexts
from bot.settings.environment import PREFIX, Environment, load_environment
from bot.settings.json_schema import SCHEMA_FOLDER
from bot.settings.language import language_warning, locale_warning
from bot.settings.origins import check_origin, is_loopback
from bot.settings.playbook_file import (
    BUNDLED_PLAYBOOKS,
    bundled_playbook,
    bundled_playbook_file,
    load_playbook,
)
from bot.settings.problems import FilesError, Problem
from bot.settings.sentences import Sentences, sentences_for, speaks
from bot.settings.service_links import service_links
from bot.settings.site import (
    Notify,
    Site,
    Theme,
    Webhook,
    demo_site_folder,
    load_site,
    load_site_file,
    site_snippet,
    site_warnings,
)
from bot.settings.yaml_file import YamlFile, read_yaml

__all__ = [
    "BUNDLED_PLAYBOOKS",
    "PREFIX",
    "SCHEMA_FOLDER",
    "ConsentTexts",
    "Environment",
    "FilesError",
    "Notify",
    "Problem",
    "Sentences",
    "Site",
    "Theme",
    "Webhook",
    "YamlFile",
    "bundled_playbook",
    "bundled_playbook_file",
    "check_origin",
    "demo_site_folder",
    "is_loopback",
    "language_warning",
    "load_environment",
    "load_playbook",
    "load_site",
    "load_site_file",
    "locale_warning",
    "read_yaml",
    "sentences_for",
    "service_links",
    "site_snippet",
    "site_warnings",
    "speaks",
]
