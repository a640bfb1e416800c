"""Answers that a language model words: asked for, held sentence by sentence until each is supported, and cited."""
