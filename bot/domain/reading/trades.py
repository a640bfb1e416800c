"""Words for what companies do, sell or are: whoever is named with one of them is hardly a person."""

import re

_TEXT = """
access accountancy accounting ace adventures advertising aerospace affordable agricultural agriculture air
airlines airways all alliance amalgamated american analytics and antiques apartment apartments apparel
appliance appliances aquatics architect architects art arts asphalt assembly assurance at athletic athletics
attorney attorneys auction audio automation automotive aviation baking ballet baptist bar barbecue barber
barbers basilica bbq beads beauty bedding beer best beverage beverages bicycle bicycles big bike bikes
bistro blinds board boat boats book books boutique bowling bread breads brewery brewing bridal broadcasting
brokerage bros brothers builder builders building bureau burger burgers business butcher butchers by cab
cabinets cable camera campaign candle candles card cards care carpet carpets cars casino catering cathedral
caucus cellar cellars center centers central centre ceramics chamber chapel charities cheese chemical
chemicals childcare chiropractic chocolate chocolates choice cider cigar cigars cinema cinemas circus
citizen citizens city classic cleaners cleaning climbing clothing co-op coalition coatings coffee
collectibles collection collision comics commercial commission communities community computer computers
concrete congregation connection conservancy consortium contractor contractors convention cookies coop
cooperative corner cottages council counseling country county courier couriers cpa cpas craft crafts
creation creations creative credit cruises ctr cuisine cupcakes curtains custom cycles dairy dance data day
daycare dba decor decorating deli delivery democrat democratic democrats dentistry design designer designers
designs detailing development diagnostics diamonds digital diner dining direct discount display displays
distributing distributor distributors district dive diving donuts door doors drilling drones dry dynamics
eatery education elect electrical electronic electronics elementary elevators embroidery employee employees
engineering engines engravers entertainment environmental equipment estate estates event events exchange
executive express exterminator exterminators eyewear fabrication fabrics family farm farms fashion fashions
fencing film films finance financial firefighters fireworks fisheries fishing fitness flooring floral
florist flowers footwear for forestry foundation foundry framers framing franchise freight frozen fruit
fruits fuel fund fundraising funeral furniture gallery games gaming garage garden gardens gas general
genetics genomics gift gifts glass global golf goods gourmet government governments granite graphic graphics
great green greenhouse grill grocery groups growers guild guitars gym gymnastics hair hall hardware hatchery
hats heating herbs high hiking hobbies home homes hostel hosting house housing hvac image images import
imports in independent industrial information ink inn innovation innovations ins inspection inspections
installations instrument instruments insulation interactive interior interiors investment investments
irrigation janitorial jeans jets jeweler jewelers jewelry journal juice kennel kennels kids kitchen kitchens
knitting laboratories land landscape landscaping laundromat laundry lawn league leasing leather legal legion
lenders lending lighting limousine linen lingerie liquor liquors livestock loans local locksmith lodge
lounge lumber machine machinery machining magazine mail maintenance management manor manufacturing maps
marine maritime market marketing markets masonry massage materials mattress meat meats mechanical mechanics
memorial memorials merchants metal metals methodist mfg milk mill minerals mining ministries models molding
montessori mortgage motel motorcycle motorcycles movers moving music mutual my nails nation national natural
new news night no noodles north northern nurseries nursery nursing nutrition observatory of office oil on
online opera optical optics optometry orchard orchestra organic organics organisation organization our
outdoor outdoors outfitters outlet pac packaging packers packing paint painting pantry paper parish park
parking parts party pasta pastry paving pension performance pet petroleum pets pharmaceutical
pharmaceuticals photo photography physician physicians piano pianos pipeline pizza planners planning plant
plants plastering plastics playground plumbing police pool pools post pottery poultry power precision
preschool press primary print printer printers printing pro processing produce product production
productions products professional project promotions propane providers provisions pub public publication
publications publishing pumps quarry quilts radio railroad railway ranch readymix real record records
recovery recreation recycling refinery refrigeration regional rehab removal renovation renovations rental
rentals renting repair repairs republican rescue research residential resort resources restoration retail
river robotics roofing royal rubber rugs safety sailing sales salvage sandwiches sanitary sauna savings
sawmill scaffolding science scooters screens seafood security seeds semiconductor semiconductors seminary
senior septic service sewing sheet shelter shipping shipyard shoes siding sign signs skate skating ski
smokehouse snacks soap soccer social soft solar south southern spa specialties specialty spices spirits
sport sports stable stables stadium staffing state station stationers steak steakhouse steel stone storage
strategies street supplies supply support surf surgery surplus surveying sushi svc swim tailor tanning
tattoo tavern tax taxi tea tech technical technology telecom telecommunications telephone temple tennis
textile textiles the theater theatre therapies therapy thrift tile timber tire tires to tobacco tool tools
tours towing town township toys tractor tractors trade trades trading trailer trailers training trans
transfer transit translation translations transport transportation travel treasures tree tribe tribes trophy
truck trucking trucks tutoring tuxedo ultimate uniforms unit united universal upholstery usa utilities
vacations vacuum valley vans vending veterinary video village vineyard vineyards vision visual vitamins
volleyball ward warehouse waste water web welding wellness west western wholesale wildlife window windows
wine wineries winery wireless wiring women wood woods woodworking worker workers works world wraps yacht
yachts yarn yoga youth zone zoo
"""
_WORDS = frozenset(_TEXT.split())
_WORD = re.compile(r"[\w-]+")
_COMPOUNDS = ("works", "workers", "worker")
"""What is a trade at the end of a longer word too: "steelworkers"."""


def names_trade(name: str) -> bool:
    """Tell whether one of a name's words is a trade."""
    words = _WORD.findall(name.lower())
    parts = (part for word in words for part in (word, *word.split("-")))
    return any(part in _WORDS or part.endswith(_COMPOUNDS) for part in parts)
