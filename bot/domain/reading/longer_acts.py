"""Short acts in more words, in English, German, French and Spanish: leaving, keeping back and putting off."""

GOODBYES = (
    r"(?:that(?:'s|\s+is|\s+was)\s+all\s+(?:that\s+)?i\s+(?:wanted|needed)(?:\s+to\s+(?:know|ask|hear))?|"
    r"das\s+(?:war(?:'s|\s+es|\s+alles)?|wars|ist\s+alles|reicht(?:\s+mir)?)(?:\s+(?:schon|f[üu]r\s+heute|erst\s?mal))*|"
    r"(?:einen?\s+)?sch[öo]nen?\s+(?:tag|abend|woche(?:nende)?)(?:\s+noch)?|"
    r"(?:c'est|ce\s+sera|c'[ée]tait)\s+tout(?:\s+pour\s+(?:aujourd'hui|le\s+moment))?|bonne\s+(?:journ[ée]e|soir[ée]e)|"
    r"(?:eso|esto)\s+(?:es|era|ser[íi]a)\s+todo(?:\s+por\s+(?:hoy|ahora))?|(?:que\s+tenga\s+)?(?:un\s+)?buen\s+d[íi]a|chao)"
)
REFUSALS = (
    r"(?:(?:it'?s\s+|that'?s\s+)?not\s+(?:your|ur)\s+business(?:\s+either)?|no\s+(?:e-?mails?|phone\s+calls?|calls)(?:\s+from\s+you)?|"
    r"(?:no\W+)?i\s+(?:don'?t|do\s+not|won'?t)\s+(?:want\s+to\s+|wish\s+to\s+)?(?:leave|give|enter|type)(?:\s+you)?\s+(?:my|an?|any)\s+"
    r"(?:e-?mail(?:\s+address)?|address|(?:phone\s+)?number|name|contact\s+details)|"
    r"(?:nein\W+)?ich\s+(?:will|m[öo]chte)\s+(?:(?:hier|ihnen|euch|dir|lieber)\s+)*(?:keine|meine)\s+(?:e-?mail(?:[\s-]?adresse)?|adresse|mail|"
    r"(?:telefon)?nummer)\s+(?:nicht\s+)?(?:angeben|nennen|hinterlassen|geben|verraten)|"
    r"(?:non\W+)?je\s+ne\s+(?:veux|souhaite)\s+pas\s+(?:donner|laisser|communiquer)\s+(?:mon|ma|mes|d')\s*(?:adresse|e-?mail|mail|num[ée]ro|"
    r"coordonn[ée]es)(?:\s+(?:e-?)?mail)?|"
    r"(?:no\W+)?no\s+quiero\s+(?:dar|dejar)(?:le|les)?\s+mi\s+(?:correo|e-?mail|direcci[óo]n|n[úu]mero|tel[ée]fono)|"
    r"(?:das\s+)?geht\s+(?:sie|dich)\s+nichts\s+an|keine\s+(?:e-?mails?|anrufe|nummer)|das\s+m[öo]chte\s+ich\s+(?:lieber\s+)?nicht"
    r"(?:\s+(?:angeben|verraten|beantworten))?|[çc]a\s+ne\s+vous\s+regarde\s+pas|"
    r"je\s+ne\s+(?:veux|souhaite)\s+pas\s+(?:le\s+)?(?:dire|donner|r[ée]pondre)|pas\s+d['e]\s?e-?mail|"
    r"no\s+es\s+asunto\s+suyo|no\s+(?:se\s+lo\s+)?quiero\s+(?:decir(?:lo)?|dar(?:lo)?|contestar)|(?:nada\s+de\s+|sin\s+)correos?)(?:\s*,?\s*(?:bitte|merci|svp|s'il\s+vous\s+pla[îi]t|por\s+favor|gracias))?"
)
PUT_OFF = (
    r"(?:(?:i'll|i\s+will|let\s+me)\s+(?:tell|let|say|give|answer)\s+(?:you\s+)?(?:(?:it|that|know|this)\s+)*(?:later|another\s+time)|"
    r"(?:maybe|perhaps)\s+later|ask\s+me\s+later|"
    r"das\s+(?:sage|sag|verrate|erz[äa]hle)\s+ich\s+(?:(?:ihnen|dir)\s+)?(?:sp[äa]ter|noch|ein\s+andermal)|(?:vielleicht\s+)?sp[äa]ter(?:\s+vielleicht)?|"
    r"noch\s+(?:unklar|offen|nicht\s+klar)|je\s+(?:vous|te)\s+(?:le\s+)?dirai\s+(?:[çc]a\s+)?plus\s+tard|(?:peut-[êe]tre\s+)?plus\s+tard|"
    r"je\s+ne\s+sais\s+pas\s+encore|(?:se|te)\s+lo\s+(?:digo|dir[ée])\s+(?:luego|despu[ée]s|m[áa]s\s+tarde)|"
    r"(?:quiz[áa]s?\s+|tal\s+vez\s+)?m[áa]s\s+tarde|(?:todav[íi]a|a[úu]n)\s+no\s+lo\s+s[ée]|no\s+lo\s+s[ée]\s+(?:todav[íi]a|a[úu]n))"
)
