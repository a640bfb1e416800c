"""What a sentence speaks of: its words without those that carry no matter, words of one meaning taken as one.

What carries no matter is known in English, German, French and Spanish; words of one meaning in English only.
"""

import re

from knowledge import Tokenizer

# Words that a statement of a figure may have or lack without speaking of something else.
_EMPTY = """
    a about all already also always am an and any approximately are around as at be been being but by can
    could did do does exactly for from get gets give given gives got had has have how however i if in into is
    it its just long many may me might most much must my need needs now of off on once one only or our ours out
    please roughly shall should simply so some such than that the their them then there these they this those
    to up us usually want was we were what when where which who whole will with within would you your yours
    be allow allows allowed become becomes come comes company companies cost costs costing expect fee fees
    size sizes made last lasts lasting make makes normally
    offer offers price priced prices provide provides receive receives require requires run runs stand stands
    take takes taking total typically use used amount currently today overall per each every set sets least
    limit limited limits maximum max minimum min yes ok okay here more information note over under until till
    day days hour hours minute minutes week weeks month months year years monthly plan plans
    tarif tarife tarifs
    der die das den dem des ein eine einen einem einer und oder ist sind wird werden kann können darf dürfen man wir sie
    ihr ihre ihren unser unsere im in am an auf bei für von vom zu zum zur mit nach aus je alle jeder jede auch nur
    innerhalb höchstens maximal mindestens bis ab über unter etwa rund beträgt betragen dauert dauern kostet kosten
    preis möglich gilt gelten haben hat habt gibt es uhr tage tagen woche wochen monat monate
    monaten jahr jahre jahren wie viel wann lange
    le la les un une des du de d l et ou est sont peut peuvent vous nous votre vos notre nos au aux en dans pour par sur
    avec chaque tous toutes jusqu maximum moins dure durent coûte coûtent prix possible jour jours semaine semaines
    mois an ans combien quand
    el los las una unos y o es son puede pueden su sus nuestro nuestra nuestros nuestras del al para por con cada todos
    todas hasta máximo mínimo menos más dura duran cuesta cuestan precio posible día días semana semanas mes meses año
    años cuánto cuándo se
"""

# One line, one meaning. Kept short: two words stand together only where one can always stand for the other.
_SAME = """
    deliver delivery delivered delivering ship shipping shipped \
      shipment shipments parcel parcels package packages arrive arrives arrival
    refund refunds refunded reimburse reimbursed reimbursement
    return returns returned returning
    upload uploads uploaded uploading
    file files attachment attachments document documents
    cancel cancels cancelled canceled cancellation terminate terminated termination
    user users seat seats
    warranty warranties guarantee guarantees guaranteed
    trial trials
    support helpdesk
    reply replies respond responds response responses answer answers answered
    store stores stored storage space
    keep keeps kept retain retains retained retention
    charge charges charging recharge
    weigh weighs weight weighing
    staff employee employees colleague colleagues
    found founded established
    invoice invoices invoiced bill bills
    discount discounts reduction
    project projects
    expire expires expired expiry
    pay pays paid payment payments payable
    session sessions
    password passwords
    subscription subscriptions
    customer customers client clients buyer buyers
    shop shops
    end ends ended ending
    start starts started starting begin begins
    open opens opened opening
    close closes closed closing
    monday mon
    tuesday tue tues
    wednesday wed
    thursday thu thur thurs
    friday fri
    saturday sat saturdays
    sunday sun sundays
    weekday weekdays
"""

_CONTAINERS = """
    tarif tarife preise produkte leistungen angebote übersicht startseite willkommen uns neues aktuelles informationen
    prix tarifs produits accueil actualités precios tarifas productos inicio novedades
    agb häufige fragen hilfe kontakt impressum bedingungen conditions générales aide
    condiciones generales ayuda contacto
    faq faqs help terms condition conditions guide guides overview about
    info information policy policies general
    question questions contact welcome home page pages introduction basics details docs documentation website
    center centre service services product products plans plan pricing prices price
"""

_CONTRASTS = """
    standard express priority economy premium basic starter pro plus business enterprise team teams personal
    individual student students free paid domestic international national worldwide abroad monthly yearly annual
    annually weekday weekdays weekend weekends monday tuesday wednesday thursday
    friday saturday sunday summer winter
    holiday holidays old new legacy beta small medium large mini max lite
    adult adults child children online store beginner
    advanced wholesale retail europe uk us usa eu
    basis privat geschäftlich jährlich monatlich montag dienstag mittwoch donnerstag freitag samstag sonntag feiertag
    sommer winter klein groß neu alt kinder erwachsene studenten inland ausland deutschland österreich schweiz
    frankreich spanien europa weltweit annuel mensuel lundi mardi mercredi jeudi vendredi samedi dimanche été hiver
    petit grand enfants adultes france espagne allemagne anual mensual lunes martes miércoles jueves viernes sábado
    domingo verano invierno pequeño grande niños adultos españa francia alemania
"""


_WORKING_WEEK = re.compile(
    r"\bmon(?:days?)?\.?\s*(?:-|–|—|to|through|until|till)\s*fri(?:days?)?\b\.?", re.IGNORECASE
)


class Subjects:
    """Reads subjects with one language's stemmer; words of one meaning become one word."""

    def __init__(self, tokenize: Tokenizer) -> None:
        """Take what makes stems of a text."""
        self._tokenize = tokenize
        self._empty = frozenset(tokenize(_EMPTY))
        self._containers = frozenset(tokenize(_CONTAINERS))
        self.contrasts = frozenset(tokenize(_CONTRASTS))
        self._same = {
            stem: stems[0]
            for line in _SAME.strip().splitlines()
            if (stems := tokenize(line))
            for stem in stems
        }

    def of_sentence(self, text: str) -> frozenset[str]:
        """Return the words that say what a sentence is about."""
        text = _WORKING_WEEK.sub("weekdays", text)
        stems = (self._same.get(stem, stem) for stem in self._tokenize(text) if stem not in self._empty)
        return frozenset(stems)

    def of_heading(self, text: str) -> frozenset[str]:
        """Return the words that say what stands below a heading; "FAQ" and "Terms" say nothing."""
        return self.of_sentence(text) - self._containers
