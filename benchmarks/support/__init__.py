"""Is a sentence supported by its sources? Labelled sentences about businesses that do not exist, and figures."""
