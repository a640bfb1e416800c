"""Words by which an item of a list is told from a clause of its own: who does something, and verbs."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RELATIVE = _words("that which who whose where qui que dont où quien quienes cuyo cuya")
SUBJECTS = _words("""
    we you they it he she i there wir sie er es ich man nous vous on il elle ils elles je ce usted ustedes ellos ellas
    nosotros se
""")
SUBJECTS_BEHIND = _words("wir sie er es ich man")  # "Uhren reparieren wir"
FINITE = {
    "en": _words("is are was were has does did can could may might must will would shall should cannot"),
    "de": _words("""
        ist sind war waren hat haben hatte hatten wird werden wurde wurden kann können darf dürfen muss müssen soll
        sollen sollte
    """),
    "fr": _words("est sont était ont peut peuvent doit doivent sera seront faut avons avez sommes êtes"),
    "es": _words("es son está están era tiene tienen puede pueden debe deben hay será serán"),
}
# Some of these are nouns as well, so none where it begins or ends an item.
OTHER_VERBS = {
    "en": _words("""
        have do cost costs include includes cover covers open opens close closes start starts begin begins end ends
        take takes run runs get gets go goes come comes need needs pay pays receive receives arrive arrives leave leaves
        stay stays work works offer offers sell sells make makes accept accepts deliver delivers ship ships send sends
        repair repairs rent rents apply applies follow follows belong belongs remain remains contain contains depend
        depends help helps require requires allow allows last lasts hold holds keep keeps give gives bring brings
        carry carries charge charges teach teaches build builds fit fits meet meets use uses clean cleans
    """),
    "de": _words("""
        kostet kosten gibt gilt gelten öffnet öffnen schließt schließen beginnt beginnen endet dauert dauern bleibt
        bleiben liegt liegen enthält enthalten umfasst umfassen erhält erhalten bekommt bekommen zahlt zahlen geht gehen
        kommt kommen steht stehen läuft braucht brauchen macht machen nimmt nehmen repariert reparieren liefert liefern
        verkauft verkaufen vermietet vermieten bietet bieten hält heißt fährt fahren findet finden kümmert gehört
        gehören
    """),
    "fr": _words("""
        a coûte coûtent comprend comprennent inclut incluent ouvre ouvrent ferme ferment commence commencent dure
        durent reste restent va vont fait font vend vendent répare réparent livre livrent prend prennent vient viennent
        paie paient reçoit reçoivent
    """),
    "es": _words("""
        cuesta cuestan incluye incluyen abre abren cierra cierran empieza empiezan comienza dura duran queda quedan va
        van hace hacen vende venden repara reparan entrega entregan recibe reciben paga pagan necesita necesitan sale
    """),
}
ENDS_A_CLAUSE = _words("free gratis kostenlos inklusive inbegriffen gratuit gratuits included extra")
# Denials behind which the first item begins at once: "no pets", "keine Schecks".
DETERMINING = {
    "en": _words("no without neither"),
    "de": _words("kein keine keinen keinem keiner keines ohne weder"),
    "fr": _words("sans aucun aucune ni"),
    "es": _words("sin ningún ninguna ninguno ni"),
}
DETERMINERS = _words("""
    the any a an our your der die das den dem ein eine einen einem einer unsere unseren la le les l un une des du de d
    nos el los las una unos unas nuestros nuestras
""")
PREPOSITIONS = _words("""
    to in on for from at with by of into nach im an am auf für von bei mit zu zum zur ins à au aux en dans sur pour avec
    a al con para
""")
