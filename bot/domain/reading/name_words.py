"""Words that tell names apart: a company's suffix, and words that are never part of a name."""

import re

COMPANY_SUFFIX = re.compile(
    r"(?:\b(?:inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|ug|se|"
    r"sa|s\.a|sarl|sas|bv|b\.v|nv|oy|ab|as|a/s|aps|pty|pte|pvt|kft|srl|spa|s\.p\.a|lp|l\.p|pc|p\.c|"
    r"pllc|group|holdings?|partners|associates|assoc|"
    r"industries|enterprises?|solutions?|infotech|softwares|systems|services?|technologies|software|"
    r"labs?|studios?|consulting|consultants|agency|ventures|capital|bank|university|college|school|"
    r"institute|foundation|association|society|church|hospital|clinic|"
    r"restaurant|hotel|store|shop|trust|union|council|committee|department|federation|international|"
    r"worldwide|global|media|networks?|communications|logistics|insurance|properties|realty|"
    r"construction|electric|motors|auto|foods?|bakery|cafe|"
    r"salon|dental|medical|pharmacy|healthcare|health|energy|academy|party|pac|fund|committees|local|"
    r"league|ministries|authority|district|chapter|clinics|dentistry|dentists|dental|orthodontics|"
    r"pediatrics|brokers?|brokerage|mfg|manufacturing|farms|township|county|museum|library|club|team|"
    r"friends|citizens|committee)\b\.?)",
    re.IGNORECASE,
)

_NOT_NAMES = """
a able about above abroad absolutely access account account's actually address afraid african after
afternoon again against agent ago all almost alone already also always am american an and angry annoyed
anonymous another any anyone anything api applying april arab are argentinian as asian ask asking at
august australian austrian available average aware away b2b b2c back bad bangladeshi banned based be
because been before beginner being belgian best better big bit blocked bored bot both brazilian british
broke budget bug building bulgarian busy but buy buying by bye call calling can can't canadian cancel cannot card
card's catholic ceo certain cfo change chat check checked checking chinese choosing claim cold comparing
concerned confidential confused considering contact coo cool correct could crm croatian cto curious
currently customer customers czech danish dead december deciding decision-maker demo developer did
different disappointed do does doing don't done down dude due during dutch each egyptian either email
employee engineer english estonian european evaluating even evening ever every everyone everything
example excited expert exploring facing fan faq february fed few filipino fine finnish first fluent
following for founder freelancer french friday from frustrated full fully fun genuinely german getting
glad gmt go going good got great greek guessing guest guy had half happy hard has hate have having he
hello help her here hey hi his home hoping how however human hungarian hungry i i'd i'm i've icelandic ich if
important impressed in indian inside integrating interested into iranian irish is israeli issue issue's
it it's italian its january japanese jewish job joking july june just keen kenyan kidding kind know
korean last late later latvian leaving less let like likely listening lithuanian little local located
locked long looking lost lot love mad madam made make making man manager managing many married maybe me
mean mexican mine missing mobile monday more morning moroccan most mostly moving mr mrs ms much muslim my
myself name near need needing never new newbie next nice nigerian no nobody none nope norwegian not
nothing november novice now number october of off offline ok okay old on once one online only open or
order other our out over own owner pakistani part partly pass password paying person phone planning
please pm policy polish portuguese possible possibly pretty previous price pricing prior private probably
problem product purchasing put question quite ready really recently regarding remote responsible right
robot romanian running russian saas sad sales same satisfied saturday say saying scottish searching see
seeing seeking sent september serbian serious seriously service set several she shopping short should
sick since single sir skip slovak slovenian small so solo some someone something somewhat soon sorry
spanish speaking sso starting still stop struggling stuck student such sunday super support supposed sure
surprised swedish swiss talking team terrible test testing thai than thank thankful thanks that the their
them then there these they thing thinking this those three through thursday tired to today together
tomorrow tonight too totally toward trouble true trying tuesday turkish two type ukrainian unable unclear
under unhappy unknown unsure until up upset urgent us use user using utc vegan vegetarian very vietnamese
visiting visitor wait waiting want wanting was way we we're website wednesday well welsh were what
whatever when where whether which while who why will willing with without woman wondering work working
worried would writing wrong yeah yep yes yesterday yet you your yours zero
"""
_NOT_COMPANIES = """
a about after again all already also an and another any anyone anything api april ask asking at august
available b2b b2c back based because before being best better both busy but by can come confidential
considering could crm currently december depends did different do does doesn't doing don't done dont email
english evaluating even every everything facebook february fine first five for four free french friday
from german getting going good google great group hacker had happy has have having he hello help here hi
his home how i i'm if in instagram interested into is isn't it it's its january july june just keen kind
know last late less like linkedin little located looking lot lots making many march may maybe me mine
monday more most much my myself nah need new next nice no nobody none nope not nothing november now
october of off ok okay on one only open our out over own pass people planning please private probably q1
q2 q3 q4 ready really reddit remote right saas same saturday school scratch self september several she
skip small so some someone something soon sorry spanish sso still stuck such sunday sure talking ten thank
thanks that that's the their them then there these they this those three thursday to today together
tomorrow too trying tuesday twitter two under university unknown unsure up us using very waiting want we
we're wednesday what when where which who why will with within without wondering work working yeah yes yet
you your youtube
"""
_TALK = """
add also am are be because been but buy can can't cancel come could did do does don't get give given go
got had has have he hello here hey hi how i i'm if is it just keep know let like made make me need needs
not ok okay ordered paid please pls plz put reset send sent she should show so sorry take tell thank
thanks that them there these they this those too try update use using very want wants was we were what
when where which why would you your
"""
_CHAT = """
account add address after afternoon ago also am amount anything app apps april are asap ask august autumn
awesome bad balance be because been before between broken bucks but buy bye call can can't cancel car card
cars cents check checks christmas claim code come coming cool correct cost costs could couple crashed
crore day days debit december delivery demo details did dinner do docs documentation does dollar dollars
don't done dozen each easter eight eighteen eighty eleven email euro euros evening every expense expenses
fall fast feature features february fee fees few fifteen fifty find fine first five flight flights food
forty four fourteen friday get give given go good got great had half halloween happy has have he hello
help here hey hi hotel hotels hour hours how hundred i i'm if install installation integrate integration
is issue it item items january july june just keep know lakh laptop last later let like login look lost
lunch madam made mail make march may maybe me midnight million minus minute minutes model moment monday
month months morning name need needs new next nice night nine nineteen ninety no noon nope not nothing
november now number october oh ok okay old one or order ordered orders paid password past pay per percent
perfect phone piece pieces pin please pls plus plz point policy pound pounds previous price prices pricing
problem problems put quantity quarter question ready really refund reset right rupees said saturday say
screen season second see send sent september set setup seven seventeen seventy she should show since sir
six sixteen sixty slow so software something soon sorry spring status subscription summer sunday sure take
tell ten thank thanks thanksgiving that them there these they think third thirteen thirty this those
thousand three thursday ticket tickets time today tomorrow too total try tuesday turn twelve twenty two
until upcoming update use using very wait waiting want wants was we wednesday week weekend weeks welcome
well were what when where which who why winter working would wow wrong yeah year years yep yes yesterday
you your zero
"""

NOT_NAMES = frozenset(_NOT_NAMES.split())
NOT_COMPANIES = frozenset(_NOT_COMPANIES.split())
TALK_WORDS = frozenset(_TALK.split())
"""Verbs and pronouns: whoever uses them says more than a name."""
CHAT_WORDS = frozenset(_CHAT.split())
"""Everyday nouns of website chats: in small letters they are no name."""
