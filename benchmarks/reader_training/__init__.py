"""How the reader in `knowledge/models/reader` is trained. Its model card says on what, and what it is worth."""
