"""Politeness that says nothing: "Happy to help!" is no claim, so it needs no citation and is no sentence of an answer.

Promises: pure; English, German, French and Spanish. Only known formulas, and nothing else beside them, are politeness:
with a figure, a name, a promise or an offer a sentence is one to be judged.
"""

import re

LONGEST = 200
"""Characters; who says more than that says something."""

_FORMULAS = r"""
(?:great|good|excellent) question
sure(?: thing)?
certainly|absolutely|of course|no problem|my pleasure|hello|hi(?: there)?
thank(?:s| you)(?: (?:so|very) much)?(?: for (?:asking|your (?:question|interest|message)|reaching out))?
you(?:'re| are) (?:very |most )?welcome
(?:(?:i'm|i am|we're|we are) )?(?:always )?(?:happy|glad|pleased|here) to (?:help|assist)(?: you)?(?: with that)?
(?:i )?hope (?:this|that|it) (?:helps|answers your question|was helpful)
(?:please )?(?:let me know|feel free to (?:ask|reach out)|just ask|don't hesitate to ask)(?: me)?
if you (?:have|need)(?: any| some)?(?: other| further| more| additional)? questions?
if you need (?:anything else|(?:any )?(?:further|more) help)
if there(?:'s| is) anything else(?: i can (?:help|assist)(?: you)? with)?
is there anything else (?:i can (?:help|assist)(?: you)? with|you(?: would|'d) like to know)
how (?:else )?can i (?:help|assist)(?: you)?
here(?:'s| is| are) (?:what i found|the answer|the details|an? (?:short |brief |quick )?(?:overview|summary))
have a (?:great|nice|good|lovely) day
(?:eine )?(?:sehr )?(?:gute|tolle) frage
(?:sehr )?gerne?(?: doch| geschehen)?
natürlich|selbstverständlich|klar|hallo|guten tag
(?:vielen |herzlichen )?dank(?:e)? für (?:ihre|deine|die) (?:frage|anfrage|nachricht)
ich helfe (?:ihnen |dir )?gerne?(?: weiter)?
ich hoffe,? (?:das|dies) hilft(?: ihnen| dir)?(?: weiter)?
(?:wenn|falls|sollten) sie (?:noch )?(?:weitere |andere )?fragen haben
haben sie (?:noch )?(?:weitere |andere )?fragen
melden sie sich(?: einfach)?(?: gerne?)?|fragen sie(?: einfach)?(?: gerne?)?
bei (?:weiteren )?fragen(?: (?:helfe ich(?: ihnen)? gerne?(?: weiter)?|stehe ich(?: ihnen)? gerne? zur verfügung))?
(?:kann|darf) ich (?:ihnen |dir )?(?:sonst )?(?:noch )?(?:irgendwie )?(?:weiter)?helfen
(?:hier ist|das ist),? was ich gefunden habe
(?:einen )?schönen tag(?: noch)?
(?:excellente|bonne|très bonne) question
bien sûr|certainement|bonjour|avec (?:grand )?plaisir|je vous en prie|de rien|bonne journée
merci(?: beaucoup)?(?: (?:pour|de) votre (?:question|message|intérêt))?
(?:je suis |nous sommes )?(?:heureux|heureuse|ravie?s?) de vous aider
j'espère que (?:cela|ceci|ça) vous aide(?:ra)?
si vous avez (?:d'autres|des) questions
n'hésitez pas(?: à (?:me |nous )?(?:demander|poser vos questions|contacter))?
puis-je (?:encore )?vous aider(?: pour autre chose)?
je reste à votre disposition
voici (?:ce que j'ai trouvé|la réponse|un (?:bref |court )?résumé)
(?:buena|excelente|muy buena) pregunta
por supuesto|claro(?: que sí)?|hola|con (?:mucho )?gusto|de nada
(?:muchas )?gracias(?: por (?:su|tu|la) (?:pregunta|mensaje|interés))?
encantad[oa] de ayudar(?:le|te)?
espero que (?:esto|eso) (?:le |te )?(?:ayude|sirva|sea útil)
si tienes? (?:más|otras|alguna otra) (?:preguntas?|dudas?)
no dudes? en (?:preguntar|consultar|contactar)(?:me|nos)?
(?:hay )?algo más en (?:lo )?que pueda ayudar(?:le|te)?
estoy (?:aquí para ayudar(?:le|te)?|a su disposición)
(?:esto es|aquí está) lo que he encontrado
"""
_COURTESY = re.compile(rf"\W*(?:(?:{'|'.join(_FORMULAS.strip().splitlines())})\b\W*)+", re.IGNORECASE)


def is_courtesy(said: str) -> bool:
    """Say whether a sentence, without marks, is nothing but polite formulas."""
    plain = said.replace("’", "'")
    return len(plain) <= LONGEST and _COURTESY.fullmatch(plain) is not None
