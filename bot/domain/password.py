"""Which passwords are refused: too short, too long, or among those that are tried first. Pure.

The usual lists of leaked passwords hold few of twelve characters; those few are a common word or run with digits
behind it, or one piece over and over, and are told by that.
"""

import re

SHORTEST, LONGEST = 12, 200
FEWEST_LETTERS = 5
_COMMON = """
    abc abcdef admin administrator adminadmin access andrew apple asdf asdfgh asdfghjkl azerty baseball
    batman changeme charlie chocolate computer correcthorsebatterystaple cookie daniel default dragon
    donald football foyer foyerfoyer freedom george google guest hallo hannah harley hello hunter iloveyou
    internet jennifer jessica jordan joshua killer letmein letmeinnow login lovely loveme lovers master
    matthew michael michelle minecraft monkey motdepasse mustang naruto nothing passe passphrase passwort
    password passpass pokemon princess qazwsx qwer qwert qwerty qwertyuiop qwertz robert root samsung secret
    service shadow soccer starwars summer sunshine superman superuser system temp test testtest thomas tigger
    trustno unknown user welcome whatever willkommen winter zaq zaqwsx zxcvbn zxcvbnm contrasena bienvenue
    """
COMMON_WORDS = frozenset(_COMMON.split())
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiop",
)
LEET = str.maketrans("@$!013457", "asioleast")
_REPEATED = re.compile(r"(.+)\1+.?")


def complaint_about(password: str, name: str) -> str | None:
    """Say what is wrong with a password for the person of that name; None when it will do."""
    if len(password) < SHORTEST:
        return f"The password has {len(password)} characters; take at least {SHORTEST}. A few words are fine."
    if len(password) > LONGEST:
        return f"The password has {len(password)} characters; {LONGEST} are the most."
    letters = password.casefold()
    if len(set(letters)) < FEWEST_LETTERS or _repeats(letters) or _is_run(letters):
        return "The password repeats or counts; whoever guesses tries that first. Take a few words instead."
    if _is_common(letters) or (name and _core(letters.replace(name.casefold(), "")) == ""):
        return "The password is among those that are guessed first. Take a few words that do not belong together."
    return None


def _repeats(letters: str) -> bool:
    return any(_REPEATED.fullmatch(form) for form in (letters, letters.replace(" ", ""), _core(letters)))


def _is_common(letters: str) -> bool:
    cores = {_core(letters), _core(letters).translate(LEET), _core(letters.translate(LEET))}
    return any(core in COMMON_WORDS or core == "" or _is_run(core) for core in cores)


def _core(letters: str) -> str:
    """Return what is left without the digits and signs at either end, and blanks."""
    return re.sub(r"^[\d\W_]+|[\d\W_]+$|\s+", "", letters)


def _is_run(letters: str) -> bool:
    counted = "01234567890123456789"
    longer = [run + run for run in (*RUNS, counted)]
    return bool(letters) and any(letters in run or letters in run[::-1] for run in longer)
