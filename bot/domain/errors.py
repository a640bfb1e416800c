"""The error family of the service. Every expected error has a stable code and a sentence that names the remedy."""


class BotError(Exception):
    """An expected failure; `code` is stable, the text says what, where and how to mend it."""

    code = "error"


class ConfigurationError(BotError):
    """A setting, a site folder or a playbook that cannot work; the command line exits 2."""

    code = "configuration"


class NotFoundError(BotError):
    """The named thing does not exist, or is not visible to the one who asks."""

    code = "not_found"


class IdConflictError(BotError):
    """A client_message_id was used again with another body."""

    code = "id_conflict"


class ConversationClosedError(BotError):
    """The conversation was erased or its visitor was banned."""

    code = "erased"


class ConversationTakenError(BotError):
    """Another operator answers in the conversation."""

    code = "taken"


class VersionConflictError(BotError):
    """The conversation changed while a turn was being composed; read again and retry."""

    code = "version_conflict"


class NotReadyError(BotError):
    """The service is starting; try again in a moment."""

    code = "not_ready"


class StorageError(BotError):
    """The database could not keep what was said; the client keeps its outbox."""

    code = "storage"
