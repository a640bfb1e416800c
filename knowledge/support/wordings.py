"""The small words that a check of sentences turns on, in English, German, French and Spanish.

One list for all languages, where a word of one means nothing that matters in another.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DENIALS = _words("""
    not no never without none nobody nothing neither cannot cant dont doesnt isnt arent wont didnt wasnt werent
    havent hasnt hadnt shouldnt couldnt wouldnt hardly unable
    forbidden prohibited banned verboten untersagt interdit interdite interdits prohibido prohibida prohibidos
    nein nicht kein keine keinen keinem keiner keines ohne nie niemals weder nichts niemand
    nor pas sans jamais aucun aucune rien non ni
    sin nunca ningún ninguna ninguno tampoco nada jamás
""")
# Of these any number denies once, and none where another word of the clause denies: "no … ni", "sans aucun".
CONCORDANT = _words("nor ni aucun aucune ningún ninguna ninguno tampoco")
# What follows these is denied, and nothing else of the sentence.
EXCEPTIONS = _words("except außer sauf excepto salvo")
ONLY = _words("""
    only solely nur ausschließlich lediglich seulement uniquement réservé réservée sólo solamente únicamente
""")
ONLY_IN_SPANISH = "solo"  # elsewhere it is what many a plan is called
UNIVERSAL = _words("""
    every all always any each jede jeder jedes jeden alle immer
    tout tous toute toutes toujours todo todos toda todas siempre
""")
# "Excluded from returns" denies, as "can not be returned" does.
EXCLUDING = _words("""
    excluded exclude excludes ausgeschlossen exclu exclue exclus exclues exclut
    excluido excluida excluidos excluidas excluye
""")
PRONOUNS = _words("""
    it they he she this these that those its their his her both
    er sie es dieser diese dieses das sein ihr beide
    il elle ils elles ce cela ceci cette ces son sa ses leur leurs
    él ella ello ellos ellas este esta esto estos estas ese esa eso su sus
""")
# Written with a capital within a sentence, and no name.
ADDRESS = _words("""
    i i'm i'll i've i'd sie ihr ihre ihnen ihrem ihren ihrer dr mr mrs ms prof herr frau mme m ok usted ustedes
""")
# Names that mean the same, a line each: a document is as well called by its format as by the program.
SAME_NAMES = """
    docx word
    xlsx excel
    pptx powerpoint
    id identity identification identité identidad personalausweis
    tv television fernseher
    wlan wifi
    uk britain
    postgres postgresql
    kubernetes k8s
"""
# Countries whose people's name is no language as well, which "in French" would be.
NATIONALITIES = """
    belgium/belgian switzerland/swiss austria/austrian ireland/irish britain/british canada/canadian america/american
    australia/australian mexico/mexican brazil/brazilian india/indian scotland/scottish europe/european
"""
YES = _words("yes ja oui sí si ✓ ✔ ✅ ☑ included inklusive inclus incluido")
NO = _words("no nein non ✗ ✘ ✕ ✖ ❌ ☒ – - — none")

# Pairs of which one denies the other.
OPPOSITES = {
    "en": """
        included/excluded include/exclude includes/excludes including/excluding
        included/extra open/closed before/after more/less more/fewer
        least/most minimum/maximum above/below over/under possible/impossible
        available/unavailable limited/unlimited free/chargeable free/charged
        free/payable cheaper/dearer earlier/later inside/outside indoor/outdoor
        higher/lower accept/refuse accepts/refuses accepted/refused enabled/disabled public/private
        required/optional needed/optional wet/dry clean/dirty full/empty early/late
        returned/kept returned/retained kept/refunded
    """,
    "de": """
        inbegriffen/ausgeschlossen inbegriffen/extra enthalten/extra geöffnet/geschlossen
        offen/geschlossen vorher/nachher mehr/weniger mindestens/höchstens möglich/unmöglich
        kostenlos/kostenpflichtig früher/später begrenzt/unbegrenzt sauber/schmutzig voll/leer
        erstattet/einbehalten einbehalten/zurückgezahlt einbehalten/zurückgegeben
    """,
    "fr": """
        compris/exclu comprise/exclue compris/supplément inclus/exclu ouvert/fermé ouverte/fermée
        incluse/exclue avant/après possible/impossible gratuit/payant limité/illimité minimum/maximum
        fermé/ouverts ouvert/fermés fermé/ouvertes ouvert/fermées
        propre/sale propres/sales plein/vide pleine/vide rendu/gardé rendue/gardée rendue/conservée rendu/conservé
        rendue/retenue rendu/retenu retenu/remboursé retenue/remboursée
    """,
    "es": """
        incluido/excluido incluida/excluida abierto/cerrado abierta/cerrada antes/después más/menos
        posible/imposible cerrado/abiertos abierto/cerrados cerrada/abiertas abierta/cerradas
        gratuito/pagando limitado/ilimitado mínimo/máximo limpio/sucio limpia/sucia lleno/vacío llena/vacía
        devuelve/retiene devuelven/retienen devuelta/retenida devuelto/retenido retiene/reembolsa
    """,
}

# What says nothing about the matter, so need not be found: beside these, small words and those of politeness.
FUNCTION_WORDS = """
    the a an and or but if then than so as at by for from in into is it its of on onto to up with without about again
    all also am any are be been being both can could did do does doing don down each few had has have having he her
    here hers him his how i me more most my no nor not now off once only other our out over own same she should some
    such that their them there these they this those through too under until very was we were what when where which
    while who whom why will would you your yours us may might must shall let per via either whether every between
    itself much many yet well within cannot neither weder ni
    isn aren doesn didn wasn weren hasn haven hadn shouldn couldn wouldn won ll ve re
    although though unless whereas whenever wherever despite instead toward towards upon onwards upwards else anyway
    otherwise thus hence moreover besides nevertheless nonetheless whichever whatever whoever among across against
    myself yourself yourselves ourselves themselves himself herself
    unfortunately fortunately luckily regrettably sadly afraid sorry glad thanks thank
    dr mr mrs ms prof herr frau mme
    der die das den dem des ein eine einen einem einer eines und oder aber wenn dann als so wie bei von für aus in im
    ins ist es sind war waren zu zum zur mit ohne über auch alle alles an am auf kann können könnte sein haben
    hat habe
    wird werden wir ihr sie ihre ihren ihrem ihrer uns unser unsere ich mich mir man nicht kein keine nur noch sehr
    dass diese dieser dieses was wann wo welche wer warum da hier jede jeder jedes bis nach unter
    wurde wurden würde würden wäre wären hatte hatten diesem diesen dir dich euch ihnen ihm ihn mein meine dein
    deine seine seiner seinen deren dessen selbst dort dann
    erst außer sofern obwohl obgleich wobei sodass soweit statt anstatt stattdessen trotz trotzdem dennoch allerdings
    hingegen dagegen leider danke gern verfügung
    le la les l un une des du de d et ou mais si alors que qui dont à au aux en dans par pour sur avec sans est sont
    était être avoir a ont ce cet cette ces il elle ils elles on nous vous je me se son sa ses leur leurs notre nos
    votre vos jusqu ne pas plus tout tous toute toutes y aussi très où quand
    sommes êtes étaient sera seront serait soit soient avons avez ayant aura auront lorsque lorsqu puisque
    puisqu quoique tandis afin celui celle ceux celles lequel laquelle lesquels lesquelles eux lui
    cela ceci chez vers malgré notamment toutefois néanmoins pourtant sauf hormis sinon bien
    malheureusement hélas désolé désolés merci veuillez
    el los las lo una unos unas y o pero entonces como por para con sin sobre es son era ser estar está están haber ha
    han este esta estos estas ese esa eso él ella ellos ellas nosotros usted ustedes yo su sus nuestro nuestra
    se no más todo todos toda todas también muy donde cuando del al que le les
    somos será serán fue fueron hemos sea sean aunque sino mediante tras cual cuales cuyo cuya quien quienes
    hacia ante bajo contra ello aquel aquella
    excepto salvo sin embargo lamentablemente desgraciadamente afortunadamente sentimos gracias favor
"""
# Words of an answer that its passage need not have.
TELLING_WORDS = """
    yes sure certainly please note according page passage document source website stated says information details
    following overview summary means offer offers offered provide provides get gets cost costs price priced pay
    find ask need available possible want like choose would there come comes
    ja bitte gerne laut seite bietet bieten gibt kostet kosten preis möglich verfügbar erhalten bekommen
    brauchen finden
    oui bien sûr selon page propose proposent coûte coûtent prix pouvez peut possible disponible trouver faut
    sí claro según página ofrece ofrecen cuesta cuestan precio puede pueden posible disponible encontrar hay
"""
# Words that carry on what others say: that a source lacks them tells nothing.
GENERIC_WORDS = """
    yes sure certainly please note according page passage document source website stated says say said information
    details following overview summary mean means offer offers offered provide provides provided get gets got cost
    costs price prices priced pay pays paid find found ask asks asking available possible want like choose come comes
    go goes take takes taken taking make makes made making give gives given use used using keep kept let lets put
    know known think see seen look call called try bring brings begin start starts still already even just really
    open opens opened opening closed closes close least most minimum maximum later earlier version menos mínimo máximo
    write writes charge charges charged cover covers covered largest smallest biggest longest shortest highest lowest
    buy bought morning afternoon evening end ends ending one two nothing become becomes check checks
    gültig öffnet schließt endet beginnt dure durent ouvre ouvrent ferme ferment commence commencent finit
    dura duran abre abren cierra cierran empieza termina
    actually currently own aged older younger new good way ways thing things kind type bit lot several various
    different
    someone somebody anyone anybody everyone everybody people person us able allow amount total number time times
    happen help work works run runs apply applies contain contains consist part parts place places located based
    exactly directly simply usually normally generally about around roughly approximately together separately
    additionally furthermore however therefore because since before after during per each without within next beside
    request requests requested mention mentions mentioned tell tells told telling inform informed notify pick
    picks picked
    select selected decide decides decided brought fee fees another remain remains remaining remainder
    suitable suited basis
    near close extra further left rest whole full right away long short soon later early today reach visit receive
    include includes included including involve involves stay stays need needs needed require requires required
    ja bitte gerne laut seite bietet bieten geben gibt kostet kosten preis möglich verfügbar erhalten bekommen
    brauchen
    finden befinden befindet liegt liegen steht stehen läuft laufen geht gehen kommt kommen macht machen nimmt nehmen
    dauert beträgt betragen erfolgt gilt gelten hält bleibt bleiben sagen nennen heißt lassen lässt nutzen benutzen
    verwenden müssen muss sollen soll dürfen darf wollen möchten derzeit bereits schon sogar zudem außerdem jedoch
    daher denn damit dabei dafür davon etwa rund ungefähr circa direkt gleich eigene eigener eigenes neu andere
    anderen
    mehrere viele einige ganze gesamt insgesamt zusammen einzeln weitere sowie sich enthält enthalten umfasst zwischen
    informieren informiert mitteilen teilen bescheid spätestens geeignet restliche übrig ab gebühr gebühren
    jeweils immer während wegen sobald danach davor innerhalb pro jahr angeboten bieten erreichen erreichbar höchstens
    oui bien sûr selon page propose proposent proposé coûte coûtent prix pouvez peut peuvent pouvoir possible
    disponible
    trouver trouve trouvent faut falloir devoir devez doit doivent faire fait font aller va vont venir prend prendre
    donner donne mettre avoir reste rester voir savoir sait dire dit permet permettre lieu partie sorte type environ
    aussi encore déjà même donc ainsi car cependant également toujours pendant depuis lors chaque plusieurs quelques
    après avant éventuel éventuelle éventuels éventuelles éventuellement bénéficier bénéficient bénéficie
    adapté convient
    restant restante restants frais
    autre autres propre nouveau entre près compter
    comptent zahlung zahlen demander obtenir utiliser contient comprend comprennent inclut
    appelle appeler besoin joindre joignez joignable contacter contactez
    sí claro según página ofrece ofrecen ofrecer cuesta cuestan costar precio puede pueden poder posible disponible
    encontrar encuentra encontrará hay haber debe deben deber hacer hace hacen ir va van venir tomar dar da poner
    tener tiene tienen quedar ver saber decir dice permite permitir parte tipo aproximadamente aún todavía ya incluso
    porque pues además también siempre durante desde hasta cada varios varias algunos otro otra otros propio nuevo
    entre cerca aparte pedir pide obtener usar utilizar contiene incluye incluyen incluir necesita necesitar hay falta
    pagar paga pagando
    después antes recibir recibe reciben recibirá díganos díganoslo avisar avise avísenos informar beneficiarse
    restante restantes sufrir sufren sufre contactar contacte localizar
"""
# Words that say the same; each counts as the first of its line.
SYNONYMS = {
    "en": """
        allowed permitted welcome accepted
        cancel cancellation
        repair mend mends fix fixes
        hire rent rental
        book booking reserve reservation
        deliver delivery ship shipping
        phone telephone
        certified certification
        cheap cheaper inexpensive
        guarantee guaranteed warranty promise promised
        teach teaches taught teacher
        document documentation
        arrive arrival
        cover covers
        handle handles
        buy purchase
        storage store stores stored
        visitor guest
        include includes included excluded exclude excludes
        create generate produce
        child children kid
        tooth teeth
        send sent
        sell sold sale
        lose lost loss
        build built
        catch caught
        spend spent
        lend lent
        sleep slept
        break broke broken
        speak spoke spoken
        write wrote written
        drive drove driven
        wear wore worn
        eat ate eaten
        drink drank drunk
        choose chose chosen
        throw threw thrown
        hang hung
        grow grew grown
        deduct deducted subtract reduce reduced shorten
    """,
    "de": """
        erlaubt gestattet zulässig willkommen
        liefern lieferung versand verschicken versenden versandkostenfrei
        reparatur reparieren
        mieten miete vermieten
        buchen buchung buchbar reservieren reservierung
        stornieren stornierung absagen
        kostenlos gratis kostenfrei umsonst
        öffnen geöffnet öffnungszeiten
        leiten leitung führen leiter leiterin führt
        erreichen erreichbar
        telefon telefonisch anrufen
        gültig gültigkeit
        enthalten enthält inbegriffen inklusive beinhaltet beinhalten
        zahlung bezahlung zahlen zahlt bezahlen bezahlt
        voraus vorab
        vor vorher zuvor
        rabatt ermäßigung nachlass
        abreisen abreise
        anreisen anreise
    """,
    "fr": """
        permis autorisé admis accepté acceptés admises
        livrer livraison livrons
        réparer réparation réparations réparons
        louer location loue
        réserver réservation
        annuler annulation résilier résiliation
        gratuit gratuitement gratuite
        compris comprises inclus incluse incluses comprise exclu exclue exclus exclues
        ouvrir ouvert ouverte ouverture ouvre
        fermer fermé fermée fermons ferme
        assistance aide
        prévenir avertir avertissez prévenez informer
        réduction remise rabais
        erreur faute défaut
    """,
    "es": """
        permitido admitido permite admite aceptado
        entregar entrega envío enviar
        reparar reparación
        alquilar alquiler alquila
        reservar reserva
        anular anulación cancelar cancelación
        gratis gratuito gratuita
        abrir abierto abierta abre abrimos
        cerrar cerrado cerrada cierra
        dirigir directora director dirige
        devolver devolución devuelve
        incluido incluida incluye excluido excluida excluye
        daño daños dañar dañarse estropear estropearse estropea estropean
        descuento rebaja
    """,
}
