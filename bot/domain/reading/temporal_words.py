"""The English vocabulary of time: months, days, units, holidays, as regular expression parts."""

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}

LONG_MONTH = r"(?:january|february|march|april|june|july|august|september|october|november|december)"
SHORT_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
MONTH = rf"(?:{LONG_MONTH}|may|{SHORT_MONTH})"
WEEKDAY = (
    r"(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|(?:mon|tues?|weds?|"
    r"thurs?|thu|fri|sat|sun)\b\.?)"
)
LONG_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_UNIT_WORDS = "one|two|three|four|five|six|seven|eight|nine"
HOUR_WORD = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_TEEN_WORDS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS_WORDS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
WORD_BELOW_100 = rf"(?:(?:{_TENS_WORDS})(?:[\s-](?:{_UNIT_WORDS}))?|{_TEEN_WORDS}|{_UNIT_WORDS})"
_ORDINAL_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
ORDINAL_WORD = (
    rf"(?:(?:twenty|thirty)[\s-](?:{_ORDINAL_UNITS})|{_ORDINAL_UNITS}|tenth|eleventh|twelfth|"
    rf"thirteenth|fourteenth|fifteenth|"
    r"sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
ORDINAL = rf"(?:(?:[12]\d|3[01]|0?[1-9])\s?(?:st|nd|rd|th)|{ORDINAL_WORD})"
DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?![\d:%]|[.,]\d|\s?(?:am|pm)\b)"
DAY = rf"(?:{ORDINAL}|{DAY_NUMBER})"
WORD_YEAR = (
    rf"(?:(?:nineteen|twenty)[\s-](?:hundred\s+(?:and\s+)?)?(?:(?:oh|o)[\s-](?:{_UNIT_WORDS})|"
    rf"(?:{_TENS_WORDS})(?:[\s-](?:{_UNIT_WORDS}))?|{_TEEN_WORDS})(?!\s*(?:hundred|thousand|million|"
    rf"billion|dozen|lakh))|nineteen\s+hundred"
    rf"|two\s+thousand(?:\s+(?:and\s+)?{WORD_BELOW_100})?)"
)
DIGIT_YEAR = r"(?:(?:1[5-9]|20|21)\d\d(?![\d%]|[.,]\d|-\d\d\d))"
YEAR = rf"(?:{DIGIT_YEAR}(?:\s?(?:ad|ce)\b)?|{WORD_YEAR})"
SHORT_YEAR = r"(?:['’]\d\d(?!\d))"
COUNT = (
    rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?(?:\s?/\s?\d)?|an?(?=\s)|{WORD_BELOW_100}(?:\s+hundred)?|"
    rf"(?:a\s+)?(?:couple|few|dozen|hundred)"
    r"(?:\s+of(?:\s+the)?)?|several|half(?:\s+an?)?|some|many)"
)
FRACTION_TAIL = r"(?:\s+and\s+(?:an?\s+)?(?:half|quarter|(?:one|two|three)[\s-]quarters?))"
UNIT = (
    r"(?:milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|h|(?:business|working|calendar|"
    r"week)\s?days?|days?|weeks?|wks?|fortnights?|"
    r"weekends?|wkends?|months?|mos?|quarters?|qtrs?|semesters?|years?|yrs?|decades?|centur(?:y|ies)|"
    r"nights?|evenings?|mornings?|"
    r"afternoons?|sprints?)"
)
PERIOD_UNIT = (
    r"(?:weeks?|wks?|weekends?|wkends?|fortnights?|months?|quarters?|qtrs?|semesters?|years?|yrs?|"
    r"(?:business|working)\s?days?|days?|"
    r"decades?|centur(?:y|ies)|hours?|hrs?|minutes?|mins?|seconds?|secs?|nights?|evenings?|mornings?|"
    r"afternoons?|seasons?|"
    r"work\s?week|school\s?year|fiscal\s+(?:year|quarter|month)|calendar\s+(?:year|month|week))"
)
SEASON = r"(?:spring|summer|autumn|fall|winter)"
RELATIVE = r"(?:this|next|last|coming|upcoming|past|previous|prev|following|current|same|present)"
PART_OF_DAY = (
    r"(?:early\s+morning|late\s+(?:night|evening|afternoon|morning)|mid[\s-]?(?:morning|afternoon)|"
    r"mornings?|afternoons?|evenings?|"
    r"nights?|midnight|noon|midday|mid-?day|lunch\s?(?:time)?|dinner\s?(?:time)?|"
    r"breakfast(?:\s?time)?|brunch|day\s?time|night\s?time|"
    r"business\s+hours?|after\s?noon|dawn|dusk|sunrise|sunset|tonight|tonite)"
)
CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])(?:\s?[:h]\s?[0-5]\d){1,2}(?:\.\d{1,3})?\s?(?:[ap]\s?\.?\s?m?\b\.?|"
    r"o'?clock|hrs?\b)?"
    r"|(?:[01]?\d|2[0-4])\.[0-5]\d\s?(?:[ap]\s?\.?\s?m\b\.?|o'?clock|hrs?\b|h\b)"
    r"|(?:[01]?\d|2[0-4])\s?(?:[ap]\s?\.\s?m\b\.?|[ap]m\b|[ap]\b(?=[\s.,;!?]|$)|o'?\s?clock|hrs\b|h\b)"
    r"|(?:[01]?\d|2[0-3])[0-5]\d\s?(?:[ap]\.?m\b\.?|hrs?\b|hours\b)"
    rf"|{WORD_BELOW_100}(?:[\s-]{WORD_BELOW_100})?\s?(?:[ap]\.?\s?m\b\.?|o'?\s?clock)"
    rf"|(?:(?:a\s+)?(?:half|quarter|\d{{1,2}}(?:\s?min(?:ute)?s?)?|"
    rf"{WORD_BELOW_100}(?:\s+min(?:ute)?s?)?)\s+(?:past|to|till|after|before)\s+"
    rf"(?:noon|midnight|(?:1[0-2]|[1-9])(?!\d)|one|two|three|four|five|six|seven|eight|nine|ten|"
    rf"eleven|twelve)(?:\s?[ap]\.?m\b\.?)?)"
    r"|(?:12\s+)?noon\b|(?:12\s+)?midnight\b|mid-?day\b)"
)
ZONE = (
    r"(?:\s?\(?(?:gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|ist|bst|et|"
    r"pt)\b(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?\)?)"
)
HOLIDAY = (
    r"(?:(?:christmas|xmas|x-mas)(?:\s+(?:eve|day))?|new\s+year(?:'?s)?(?:\s+(?:eve|day))?|"
    r"easter(?:\s+(?:sunday|monday))?|good\s+friday|"
    r"thanks?giving(?:\s+day)?|halloween(?:\s+(?:day|eve))?|valentine(?:'?s)?\s+day|black\s+friday|"
    r"cyber\s+monday|independence\s+day|"
    r"labou?r\s+day|memorial\s+day|veterans?\s+day|columbus\s+day|mother(?:'?s)?'?\s+day|"
    r"father(?:'?s)?'?\s+day|martin\s+luther\s+king"
    r"(?:\s+jr\.?)?(?:'?s)?\s+day|mlk\s+day|(?:st|saint)\.?\s+patrick(?:'?s)?\s+day|"
    r"april\s+fools?(?:'?s?)?'?(?:\s+day)?|earth\s+day|"
    r"groundhog\s+day|boxing\s+day|presidents?'?\s+day|cinco\s+de\s+mayo|mardi\s+gras|"
    r"ash\s+wednesday|palm\s+sunday|pentecost|"
    r"(?:chinese|lunar)\s+new\s+year|whitsun|holy\s+week|ascension\s+day|the\s+(?:(?:christmas|xmas|winter)\s+)?holidays|"
    r"(?:christmas|xmas|winter)\s+(?:holidays|break)|diwali|deepavali|dussehra|holi|navaratri|ramadan|ramzan|eid(?:[\s-](?:al|"
    r"ul)[\s-]\w{4,5})?|hanukkah|"
    r"chanukah|passover|rosh\s+hashan(?:a|ah)|yom\s+kippur|purim|shavuot|sukkot|kwanzaa|juneteenth|"
    r"[a-z]+(?:'s)?\s+day(?=\s+(?:19|20)\d\d))"
)
