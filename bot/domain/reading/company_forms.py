"""What tells a company's name in other countries: legal forms, and everyday words for shops, firms and associations."""

import re

_FLAGS = re.IGNORECASE
# Only at the end of a name: most of them are short enough to be words elsewhere.
_LEGAL_FORMS = (
    r"g?gmbh(?:\s*&\s*co\.?(?:\s*(?:kg|ohg))?)?|mbh|kgaa|ohg|gbr|e\.\s?k\.?|e\.\s?v\.?|e\.\s?g\.?|"  # de, at, ch
    r"partg(?:\s?mbb)?|"
    r"eurl|sasu|scop|s\.?\s?n\.?\s?c|s\.a\.s|s\.a\.r\.l|gie|et\s+cie|&\s*cie|"  # fr, be, lu
    r"s\.\s?l\.?(?:\s?[ulp]\.?)?|(?-i:SL[UP]?)|s\.\s?coop\.?|s\.?\s?a\.?\s+de\s+c\.?\s?v\.?|s\.?\s+de\s+r\.?\s?l\.?"
    r"(?:\s+de\s+c\.?\s?v\.?)?|s\.a\.p\.i|s\.a\.c|e\.i\.r\.l|ltda|"  # es, mx, co, pe
    r"lda|eireli|s\.\s?a\.?|s\.p\.a|s\.r\.l|s\.a\.s|s\.?\s?c\.?\s?a\.?\s?r\.?\s?l|"  # pt, br, it
    r"v\.?\s?o\.?\s?f|c\.\s?v|b\.v\.b\.a|bvba|sprl|n\.v|"  # nl, be
    r"aktiebolag|a\.b|(?-i:ASA)|a\.s\.a|k/s|i/s|oyj|abp|ehf|(?-i:HF|hf\.)|"  # se, no, dk, fi, is
    r"sp\.?\s*z\s*o\.?\s*o|sp\.?\s?[jk]|s\.\s?r\.\s?o|spol\.\s+s\s+r\.\s?o|a\.\s?s|"  # pl, cz, sk
    r"d\.\s?o\.\s?o|doo|d\.\s?d|"  # hr, si, rs
    r"nyrt|zrt|(?-i:BT|Bt)|s\.c\.s|eood|ood|uab|(?-i:SIA|TOV)|oü|"  # hu, ro, bg, lt, lv, ee, ua
    r"a\.\s?ş|aş|(?:ltd|san|tic)\.?\s+şti|"  # tr
    r"sdn\.?\s+bhd|bhd|tbk|p\.?\s?t\.?\s?e\.?|pvt|pte|k\.k|"  # my, id, sg, in, jp
    r"l\.l\.c|l\.l\.p|p\.l\.c|p\.l\.l\.c|c\.i\.c|cic|"  # us, uk
    r"ооо|оао|зао|пао|ао|тов|α\.?ε\.?|ε\.?π\.?ε\.?|ο\.?ε\.?|בע\"?מ"
)
_IN_FRONT = r"(?:ооо|оао|зао|пао|ао|ип|тов|(?-i:PT|CV|UAB|SIA|SC))\.?\s+[^\W\d_]{3}"
_UNSPACED = (
    r"株式会社|有限会社|合同会社|公司|集团|集團|商店|"  # ja, zh
    r"주식회사|유한회사|\(주\)|㈜|شركة|مؤسسة|مجموعة|लिमिटेड|प्राइवेट|कंपनी"  # ko, ar, hi
)
_LEGAL = re.compile(rf"(?:\s|,)(?:{_LEGAL_FORMS})\.?\W*$|^\W*(?:{_IN_FRONT})|(?:{_UNSPACED})", _FLAGS)
_ENDINGS_TEXT = """
gesellschaft genossenschaft werk werke verlag handel bau technik bäckerei baeckerei brauerei metzgerei tischlerei
schreinerei druckerei gärtnerei gaertnerei apotheke praxis kanzlei stiftung verein versicherung versicherungen beratung
agentur sparkasse schule
"""
_ENDINGS = tuple(_ENDINGS_TEXT.split())
_SHORTEST_COMPOUND = 8
"""Letters; "Handel" alone is a composer."""
_WORDS_TEXT = """
bäckerei verlag apotheke kanzlei stiftung verein gebrüder gebrueder söhne soehne töchter
société societe compagnie entreprise etablissements établissements ets groupe frères freres fils boulangerie pâtisserie
brasserie pharmacie cabinet atelier librairie éditions editions mairie maison banque assurances
sociedad compañía compania empresa empresas grupo hermanos hijos asociación asociacion fundación fundacion cooperativa
panadería panaderia farmacia taller talleres tienda bodega bodegas banco seguros servicios constructora inmobiliaria
sociedade companhia irmãos irmaos filhos associação associacao padaria construções construcoes
società societa gruppo fratelli figli banca panificio officina pasticceria
stichting vereniging groep gebroeders zonen bakkerij bouwbedrijf bedrijf brouwerij
spółka spolka przedsiębiorstwo piekarnia společnost spolecnost
sønner söner byrå bageri förening föreningen osuuskunta
şirketi holdingi компания группа завод банк εταιρεία όμιλος
"""
_WORDS = frozenset(_WORDS_TEXT.split())
_WORD = re.compile(r"[^\W\d_]+")


def has_company_form(name: str) -> bool:
    """Tell whether a name holds a legal form or a word for a firm of another country."""
    words = _WORD.findall(name.lower())
    return _LEGAL.search(name) is not None or any(
        word in _WORDS or (len(word) >= _SHORTEST_COMPOUND and word.endswith(_ENDINGS)) for word in words
    )


_KINDS_TEXT = """
firma laden praxis hotel hotels restaurant restaurants geschäft geschäfts unternehmen unternehmens betrieb betriebs
büro büros werkstatt gaststätte familie gruppe filiale stadt gemeinde uni universität polizei feuerwehr start-up
startup behörde zentrale commerce magasin boutique hôtel école ville mairie université startup famille negocio local
hotel restaurante escuela ayuntamiento universidad familia sucursal
"""
_KINDS = frozenset(_KINDS_TEXT.split())


def names_kind_of_firm(name: str) -> bool:
    """Tell whether one word is what a firm is and not what it is called: "Bäckerei", "Hotel"."""
    word = name.lower()
    return word in _KINDS or word in _WORDS or word.endswith(_ENDINGS)


_COMMON_FORMS = (
    r"gmbh|ag|kg|ug(?:\s*\(haftungsbeschränkt\))?|eg|se|inc(?:orporated)?|ltd|limited|llc|llp|plc|lp|corp(?:oration)?|"
    r"co|sarl|sas|sasu|sa|sl|slu|spa|srl|bv|nv|oy|ab|as|a/s|aps|pty|pte|pvt|kft|l\.\s?t\.\s?d|i\.n\.c"
)
_ENDS_IN_FORM = re.compile(
    rf"(?:\s+|\s*,\s*)(?:(?:&|und|and|et)\s*)?(?:{_COMMON_FORMS}|{_LEGAL_FORMS})\.?\s*[,.;]*\s*$", _FLAGS
)
_BEGINS_WITH_FORM = re.compile(
    r"^(?:(?:die|der|das|the|la|le|el|los|les|une?|una|eine?)\s+|(?:firma|soci[ée]t[ée]|entreprise|empresa|compañ[íi]a|"
    r"company|sarl|sasu?|eurl|ооо|оао|зао|пао|ао|тов)\s+|pt\.?\s+(?=[A-Z]))(?=\w)",
    _FLAGS,
)


def without_legal_form(name: str) -> str:
    """Return what a company is called for short: "Tern & Sons" of "Firma Tern & Sons GmbH & Co. KG"."""
    for form in (_BEGINS_WITH_FORM, _ENDS_IN_FORM):
        while (bare := form.sub("", name, count=1).strip(" ,.")) not in ("", name):
            name = bare
    return name
