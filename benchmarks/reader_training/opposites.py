"""Pairs of opposite words, and words too common to be what a question turns on."""

_PAIRS = """
above/below accepted/rejected accept/reject after/before allowed/forbidden allow/forbid always/never
ancient/modern appear/disappear arrive/depart attacked/defended attack/defend began/ended begins/ends
begin/end best/worst better/worse biggest/smallest birth/death born/died bought/sold brother/sister
buy/sell cheap/expensive closed/opened close/open common/rare cool/warm current/former day/night
decreased/increased decrease/increase different/same dry/wet earliest/latest early/late easier/harder
eastern/western easy/hard east/west ended/started end/start enemy/friend enter/leave entered/left
excluded/included exclude/include export/import exported/imported external/internal fall/rise
faster/slower fast/slow father/mother fell/rose female/male first/last free/paid
higher/lower highest/lowest high/low hot/cold husband/wife illegal/legal inside/outside join/leave
joined/left king/queen larger/smaller largest/smallest large/small least/most left/right less/more lived/died
live/die local/national longer/shorter long/short losing/winning lost/won lose/win major/minor man/woman
maximum/minimum men/women negative/positive newest/oldest new/old northern/southern north/south
oppose/support opposed/supported poor/rich predecessor/successor private/public strong/weak
stronger/weaker successful/unsuccessful summer/winter true/false upper/lower with/without
added/removed add/remove daughter/son fail/succeed oldest/youngest
"""


def _both_ways(pairs: str) -> dict[str, str]:
    opposites: dict[str, str] = {}
    for pair in pairs.split():
        one, other = pair.split("/")
        opposites.setdefault(one, other)
        opposites.setdefault(other, one)
    return opposites


OPPOSITES = _both_ways(_PAIRS)

_COMMON = """
about after also because been before being between both could does done during each from happen happened have
into just kind less long made make many mean means more most much name need often once only other over same
should some such take than that their them then there these they this those through time type under used very
were what when where which while whom whose will with would your
"""
COMMON_WORDS = frozenset(_COMMON.split())
