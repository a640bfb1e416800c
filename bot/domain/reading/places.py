"""Countries, regions and large cities: where somebody is from, when it is not a company."""

_TEXT = """
abu dhabi, africa, alabama, alaska, america, amsterdam, antwerp, argentina, arizona, arkansas, asia,
athens, atlanta, auckland, austin, australia, austria, bangalore, bangkok, bangladesh, barcelona, basel,
bavaria, bay area, beijing, belgium, belgrade, bengaluru, berlin, bern, birmingham, bogota, boston,
brazil, brisbane, bristol, brno, brussels, bucharest, budapest, buenos aires, bulgaria, cairo, calgary,
california, cambridge, canada, cape town, chennai, chicago, chile, china, cologne, colombia, colorado,
connecticut, copenhagen, cork, croatia, czech republic, czechia, dallas, delaware, delhi, denmark, denver,
detroit, dhaka, doha, dubai, dublin, düsseldorf, edinburgh, egypt, england, estonia, eu, europe, finland,
florida, france, frankfurt, geneva, georgia, germany, ghana, glasgow, gothenburg, great britain, greece,
hamburg, hawaii, helsinki, holland, hong kong, houston, hungary, hyderabad, iceland, idaho, illinois,
india, indiana, indonesia, iowa, ireland, israel, istanbul, italy, jakarta, japan, johannesburg, kansas,
karachi, kentucky, kenya, kiev, kolkata, korea, krakow, kyiv, la, lagos, lahore, las vegas, latvia, leeds,
leipzig, lima, lisbon, lithuania, liverpool, london, los angeles, louisiana, luxembourg, lyon, madrid,
maine, malaysia, manchester, manila, marseille, maryland, massachusetts, melbourne, mexico, mexico city,
miami, michigan, milan, minneapolis, minnesota, mississippi, missouri, montana, montreal, morocco, moscow,
mumbai, munich, nairobi, naples, nebraska, nepal, netherlands, nevada, new delhi, new hampshire, new
jersey, new mexico, new york, new york city, new zealand, nigeria, north carolina, north dakota, norway,
nyc, ohio, oklahoma, ontario, oregon, osaka, oslo, ottawa, oxford, pakistan, paris, pennsylvania, perth,
peru, philadelphia, philippines, phoenix, poland, portland, porto, portugal, prague, pune, qatar, quebec,
rhode island, riga, rio, riyadh, romania, rome, rotterdam, russia, san diego, san francisco, san jose,
santiago, sao paulo, saudi arabia, scotland, seattle, seoul, serbia, sf, shanghai, shenzhen, silicon
valley, singapore, slovakia, slovenia, sofia, south africa, south carolina, south dakota, south korea,
spain, sri lanka, stockholm, stuttgart, sweden, switzerland, sydney, são paulo, taipei, taiwan, tallinn,
tel aviv, tennessee, texas, thailand, the bay area, the eu, the netherlands, the philippines, the uk, the
united kingdom, the united states, the us, the usa, tokyo, toronto, turin, turkey, uae, uk, ukraine,
united kingdom, united states, us, usa, utah, utrecht, valencia, vancouver, vermont, vienna, vietnam,
vilnius, virginia, wales, warsaw, washington, washington dc, wellington, west virginia, wisconsin,
wyoming, zagreb, zurich, zürich
"""

PLACES = frozenset(" ".join(place.split()) for place in _TEXT.split(","))

_COUNTRIES = """
argentina, australia, austria, bangladesh, belgium, brazil, bulgaria, canada, chile, china, colombia, croatia,
czech republic, czechia, denmark, egypt, england, estonia, finland, france, germany, ghana, great britain, greece,
holland, hungary, iceland, india, indonesia, ireland, israel, italy, japan, kenya, korea, latvia, lithuania, luxembourg,
malaysia, mexico, morocco, nepal, netherlands, new zealand, nigeria, norway, pakistan, peru, philippines, poland,
portugal, qatar, romania, russia, saudi arabia, scotland, serbia, singapore, slovakia, slovenia, south africa,
south korea, spain, sri lanka, sweden, switzerland, taiwan, thailand, the netherlands, the philippines, the uk,
the united kingdom, the united states, the us, the usa, turkey, uae, uk, ukraine, united kingdom, united states, usa,
vietnam, wales, deutschland, österreich, die schweiz, der schweiz, schweiz, frankreich, italien, spanien, belgien,
dänemark, schweden, polen, den niederlanden, luxemburg, allemagne, autriche, suisse, belgique, espagne, italie,
royaume-uni, pays-bas, pologne, alemania, españa, francia, suiza, bélgica, italia, méxico, países bajos, estados unidos
"""

COUNTRIES = frozenset(" ".join(place.split()) for place in _COUNTRIES.split(","))
"""Countries by their names in English, German, French and Spanish."""

_TOWNS = """
deutschland, österreich, schweiz, münchen, köln, nürnberg, hannover, bremen, dresden, essen, dortmund, bochum, bonn,
kiel, mainz, freiburg, augsburg, karlsruhe, mannheim, kassel, lübeck, erfurt, rostock, würzburg, wien, graz, linz,
salzburg, innsbruck, genf, luzern, bayern, hessen, sachsen, niedersachsen, brandenburg, thüringen, tirol, nrw,
bruxelles, genève, lausanne, strasbourg, bordeaux, toulouse, nantes, lille, nice, rennes, grenoble, montpellier,
reims, dijon, angers, brest, rouen, nancy, metz, bretagne, normandie, alsace, provence, québec, sevilla, zaragoza,
málaga, malaga, bilbao, murcia, alicante, córdoba, granada, vigo, gijón, oviedo, valladolid, salamanca, pamplona,
santander, mallorca, tenerife, andalucía, cataluña, galicia, asturias, bogotá, medellín, cali, quito, guayaquil,
caracas, monterrey, guadalajara, puebla, montevideo, asunción, la paz, rosario, cdmx, ciudad de méxico
"""

TOWNS = frozenset(" ".join(place.split()) for place in _TOWNS.split(","))
"""Towns and regions by their own names; some are surnames too: they count where somebody works or comes from."""
