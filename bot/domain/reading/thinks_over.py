"""Putting off in short words: "I'll think about it", "let me ask my boss", in English, German, French and Spanish."""

_I_WILL = (
    r"(?:(?:i|we)(?:'ll|\s+will|'m\s+going\s+to|'re\s+going\s+to|\s+(?:am|are)\s+going\s+to|\s+must|\s+should|"
    r"(?:'d|\s+would)\s+(?:like|need)\s+to|\s+(?:need|have|want|just\s+need)\s+to)|let\s+(?:me|us)|will|need\s+to)"
)
_THINK = (
    r"(?:think(?:\s+(?:about|on|of)\s+(?:it|this|that|everything|your\s+offer|the\s+offer))?|think\s+(?:it|this|that)\s+(?:over|through)|"
    r"(?:consider|reconsider)\s+(?:it|this|that)|sleep\s+on\s+(?:it|this)|(?:get|come|be)\s+back(?:\s+to\s+you)?|"
    r"be\s+in\s+touch|let\s+you\s+know|"
    r"(?:discuss|check|clarify|clear|share|run)\s+(?:(?:it|this|that)\s+)?(?:internally|(?:with|by|past)\s+(?:my|our)\s+\w+(?:\s+\w+)?)|"
    r"(?:talk|speak)\s+(?:about\s+(?:it|this|that)\s+|(?:it|this|that)\s+over\s+)?(?:with|to)\s+(?:my|our)\s+\w+(?:\s+\w+)?|"
    r"ask\s+(?:him|her|them|(?:my|our)\s+\w+(?:\s+\w+)?)|(?:have|take)\s+a\s+(?:closer\s+|quick\s+)?look(?:\s+(?:at|around)(?:\s+(?:it|this|that|the\s+\w+|your\s+\w+))?)?|"
    r"look\s+(?:around|into\s+(?:it|this|that))|compare(?:\s+(?:it|this|prices|offers|options))?)"
)
_WHEN = (
    r"(?:\s+(?:first|later|again|then|soon|tomorrow|tonight|overnight|anyway|now|some\s+more|a\s+(?:bit|little|while)|"
    r"for\s+a\s+(?:bit|while|moment|day)|(?:next|this)\s+week|when\s+i\s+(?:know|decide)))*"
)
_MIR = r"(?:(?:es|das|mir|mich|uns|wir|noch|mal|erst|erstmal|einmal|lieber|alles|kurz|dann|in\s+ruhe|darüber)\s+)*"
THINKS_OVER = (
    rf"(?:{_I_WILL}\s+{_THINK}{_WHEN}|(?:(?:i'?m|i\s+am|we're|we\s+are)\s+)?(?:still|just)\s+(?:comparing|thinking|deciding|undecided)"
    r"(?:\s+(?:about\s+it|prices|offers|options|things))?|"
    r"(?:ich|wir)\s+(?:überlege|überleg|überlegen|bespreche|besprechen|kläre|vergleiche|vergleichen|melde|melden)"
    r"(?:\s+(?:es|das|mir|mich|uns|noch|mal|dann|wieder|später|in\s+ruhe|intern|angebote|preise))*(?:\s+mit\s+mein\w*\s+\w+)?|"
    rf"(?:(?:ich|wir|das|da)\s+)?(?:muss|möchte|will|werde|müssen|wollen|werden)\s+(?:ich\s+|wir\s+)?{_MIR}(?:mit\s+mein\w*\s+\w+\s+)?"
    r"(?:überlegen|besprechen|klären|abklären|nachdenken|vergleichen|drüber\s+schlafen|sprechen|melden)|"
    r"(?:ich\s+)?denke?\s+(?:noch\s+|mal\s+)*(?:drüber|darüber)\s+nach|"
    r"(?:je|on|nous)\s+(?:(?:vais|dois|va|doit|allons|devons)\s+)?(?:y\s+|en\s+)?(?:réfléchir|réfléchis|réfléchit|réfléchissons|parler|parle|comparer|compare)"
    r"(?:\s+(?:encore|d'abord|un\s+peu))*(?:\s+(?:avec|à)\s+(?:mon|ma|mes|notre)\s+\w+)?|"
    r"je\s+(?:reviens|reviendrai)\s+vers\s+vous|je\s+vous\s+(?:recontacte|recontacterai|tiens\s+au\s+courant)|"
    r"(?:me\s+)?lo\s+(?:pienso|pensaré|pensaremos|consultaré|consulto|hablaré|voy\s+a\s+(?:pensar|consultar|hablar)|vamos\s+a\s+pensar|tengo\s+que\s+(?:pensar|consultar|hablar))"
    r"(?:\s+con\s+(?:mi|mis|nuestro|nuestra)\s+\w+)?|(?:voy\s+a|tengo\s+que|debo)\s+(?:pensar|consultar|hablar)lo(?:\s+con\s+(?:mi|mis|nuestro|nuestra)\s+\w+)?|"
    r"(?:ya\s+)?les?\s+(?:aviso|avisaré|digo\s+algo|diré\s+algo))"
)
