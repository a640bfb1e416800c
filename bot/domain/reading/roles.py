"""What people are at work: a pattern for titles such as "senior product manager" or "VP of Sales"."""

_SENIORITY = (
    r"(?:senior|junior|sr\.?|jr\.?|lead|chief|head|principal|staff|deputy|vice|associate|assistant|"
    r"executive|managing|general|regional|global|group|co-?)"
)
_AREA = (
    r"(?:marketing|sales|product|project|program|engineering|software|web|data|it|hr|"
    r"human\s+resources|people|finance|financial|operations|ops|customer(?:\s+(?:success|support|"
    r"service|experience))?|support|"
    r"business(?:\s+development)?|account|office|store|shop|technical|technology|security|"
    r"information|network|systems?|system|devops|cloud|digital|content|growth|community|brand|"
    r"communications?|design|ux|ui|research|legal|"
    r"procurement|purchasing|supply\s+chain|logistics|quality|facilities|frontend|backend|"
    r"full[\s-]?stack|machine\s+learning|ai|e-?commerce|learning|training|administrative|executive|"
    r"team|creative|art|event|revenue|partnerships?|"
    r"strategy|innovation|compliance|clinical|school|practice|campaign|social\s+media|seo|hotel|"
    r"restaurant|property|real\s+estate|solutions?)"
)
_TITLE = (
    r"(?:manager|director|head|lead(?:er)?|engineer|developer|programmer|founder|owner|president|"
    r"officer|consultant|designer|analyst|architect|administrator|admin|assistant|marketer|recruiter|"
    r"accountant|coordinator|specialist|"
    r"executive|supervisor|partner|buyer|strategist|scientist|researcher|technician|secretary|"
    r"principal|teacher|student|freelancer|lawyer|attorney|doctor|nurse|dentist|editor|writer|"
    r"producer|planner|representative|agent|advisor|adviser|controller|treasurer|chairman|chairwoman|"
    r"receptionist|bookkeeper|photographer|entrepreneur|contractor|intern|trainer|coach|professor|"
    r"librarian|pharmacist)"
)
_C_LEVEL = r"(?:c[etfoimpsrd]o|cmo|cro|cpo|cso|ciso|cdo|chro)"
_VP = (
    r"(?:(?:s|e|a)?vp|vice[\s-]president|head|director|chief|lead|manager)(?:\s*,?\s+(?:of|"
    r"for)\s+(?:the\s+)?(?:\w+(?:\s+(?:and|&)\s+\w+)?(?:\s+(?:success|support|development|resources|"
    r"service|operations|marketing|experience|chain|department|team|learning|media))?))?"
)
ROLE = (
    rf"(?<![\w-])(?:(?:co-?)?(?:founder|owner|ceo|cto)(?:\s*(?:and|&|/|,)\s*(?:{_C_LEVEL}|"
    rf"(?:co-?)?(?:founder|owner)|{_TITLE}))?|{_C_LEVEL}|"
    rf"chief\s+\w+(?:\s+\w+)?\s+officer|(?:s|e|a)?vp\s+(?:of\s+)?\w+(?:\s+(?:success|support|"
    rf"development|marketing))?|(?:(?:{_SENIORITY})\s+)?(?:{_AREA}\s+){{1,3}}{_TITLE}|"
    rf"(?:{_SENIORITY}\s+){{1,2}}{_TITLE}|{_VP}|{_TITLE})(?![\w-])"
)
