"""How the checker in `knowledge/models/support` is trained. Its model card says on what, and what it is worth."""
