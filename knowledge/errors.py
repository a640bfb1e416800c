"""The error family of `knowledge`: every expected error has a stable code and names its remedy."""


class KnowledgeError(Exception):
    """An expected failure; `code` is stable, the text says what, where and how to mend it."""

    code = "knowledge"


class ModelUnavailableError(KnowledgeError):
    """The embedding model cannot be loaded from this machine."""

    code = "model_unavailable"


class IndexUnavailableError(KnowledgeError):
    """A vector index is missing or cannot be read; it can be built again from the passages' rows."""

    code = "index_unavailable"


class IndexAwayError(IndexUnavailableError):
    """What keeps the vector indexes does not answer now; nothing needs to be built again."""

    code = "index_away"


class IndexBuildError(KnowledgeError):
    """A new vector index does not hold, or does not find, what it was given."""

    code = "index_build"


class UnreadableSourceError(KnowledgeError):
    """A file of the knowledge folder cannot be read; becomes a `LoadFailure` with this code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class EmptyFolderError(KnowledgeError):
    """A folder holds nothing that can be read."""

    code = "empty_folder"
