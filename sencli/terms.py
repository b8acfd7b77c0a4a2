"""Closed vocabularies: the words that the schemas allow, and how to say them.

Sources: DfE code sets (SENprovision, SENtype, NCyearActual), Code of Practice 6.28 on.
"""

from __future__ import annotations

PROVISION = {
    "N": "no special educational need",
    "K": "SEN support",
    "E": "education, health and care plan",
}

COMMUNICATION = "communication and interaction"
COGNITION = "cognition and learning"
SEMH = "social, emotional and mental health"
SENSORY = "sensory and/or physical needs"
UNCATEGORISED = "uncategorised"
AREAS = (COMMUNICATION, COGNITION, SEMH, SENSORY, UNCATEGORISED)

# DfE SENtype: (what it stands for, broad area of the Code). DS is new in 2025/26 and
# has no official area.
NEED_TYPES = {
    "SLCN": ("Speech, language and communication needs", COMMUNICATION),
    "ASD": ("Autistic spectrum disorder", COMMUNICATION),
    "SPLD": ("Specific learning difficulty", COGNITION),
    "MLD": ("Moderate learning difficulty", COGNITION),
    "SLD": ("Severe learning difficulty", COGNITION),
    "PMLD": ("Profound and multiple learning difficulty", COGNITION),
    "SEMH": ("Social, emotional and mental health", SEMH),
    "HI": ("Hearing impairment", SENSORY),
    "VI": ("Vision impairment", SENSORY),
    "MSI": ("Multi-sensory impairment", SENSORY),
    "PD": ("Physical disability", SENSORY),
    "DS": ("Down syndrome", UNCATEGORISED),
    "OTH": ("Other difficulty or disability", UNCATEGORISED),
    "NSA": ("SEN support, no specialist assessment of type of need", UNCATEGORISED),
}

TIERS = {
    "universal": "universal",
    "targeted": "targeted",
    "targeted_plus": "targeted plus",
    "specialist": "specialist",
}

YEAR_GROUPS = (
    *("E1", "E2", "N1", "N2", "R"),
    *(str(year) for year in range(1, 15)),
    "X",
)

KEY_STAGES = {
    "Early years": ("E1", "E2", "N1", "N2", "R"),
    "Key stage 1": ("1", "2"),
    "Key stage 2": ("3", "4", "5", "6"),
    "Key stage 3": ("7", "8", "9"),
    "Key stage 4": ("10", "11"),
    "Post-16": ("12", "13", "14"),
    "Mixed years": ("X",),
}

RESULTS = {
    "exceeded": "exceeded",
    "achieved": "achieved",
    "partly_achieved": "partly achieved",
    "on_track": "on track",
    "not_achieved": "not yet achieved",
    "no_longer_relevant": "no longer relevant",
    "not_measured": "not measured",
}

# The scale that SENCOs know from provision mapping, against what was expected.
IMPACTS = {
    -2: "much less than expected",
    -1: "less than expected",
    0: "as expected",
    1: "more than expected",
    2: "much more than expected",
}

DECISIONS = {
    "continue": "carry on as we are",
    "adapt": "change the support",
    "replace": "try a different support",
    "increase": "give more support",
    "step_down": "give less support",
    "end_support": "end SEN support",
    "involve_specialist": "ask a specialist",
    "request_ehc_assessment": "ask for an EHC needs assessment",
}

ANSWERS = {
    "agreed": "agreed",
    "partly": "agreed in part",
    "disagreed": "did not agree",
    "not_reached": "could not be reached",
}

MISSED = {
    "pupil_absent": "pupil absent",
    "pupil_refused": "pupil did not want to",
    "staff_absent": "staff absent",
    "staff_redeployed": "staff needed elsewhere",
    "school_event": "school event",
    "trip": "trip",
    "exam": "exam",
    "closed": "school closed",
    "other": "other reason",
}

HELPED = {
    "a_lot": "helped a lot",
    "a_little": "helped a little",
    "no_difference": "made no difference",
    "worse": "made it worse",
    "not_used": "was not used",
}

FLAGS = {
    "pupil_premium": "pupil premium",
    "free_school_meals": "free school meals",
    "looked_after": "looked after",
    "previously_looked_after": "previously looked after",
    "social_care": "known to social care",
    "eal": "English as an additional language",
    "sen_unit": "SEN unit",
    "resourced": "resourced provision",
    "top_up": "top-up funding",
    "medical_plan": "individual healthcare plan",
    "disability": "disability",
    "young_carer": "young carer",
    "service_child": "service child",
}

# How the care of a child who was looked after ended (census, post looked after
# arrangements A, G, C and N).
CARE_ENDED = {
    "adoption": "adoption",
    "special_guardianship": "special guardianship order",
    "child_arrangements": "child arrangements order",
    "not_declared": "not declared",
}

# DfE ethnicity, the main codes.
ETHNICITY = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "any other Black background",
    "CHNE": "Chinese",
    "OOTH": "any other ethnic group",
    "REFU": "the family would rather not say",
    "NOBT": "not yet obtained",
}

# Who said what a child's background is (DfE ethnicity source).
ASCRIBED = {
    "child": "the child",
    "parent": "a parent",
    "school": "the school",
    "previous_school": "the school before",
    "other": "somebody else",
}

# What attainment is measured in, beside the scales of provisions.yaml.
MEASURES = {
    "reading_age": "reading age",
    "spelling_age": "spelling age",
    "mathematics_age": "mathematics age",
    "standardised_score": "standardised score",
    "scaled_score": "scaled score",
    "phonics": "phonics screening check, of 40",
    "key_stage": "Key Stage result",
    "teacher_assessment": "teacher assessment",
    "number": "number",
}

# The number on roll, and figures for England to set beside the school's.
NATIONAL_FIGURES = {
    "sen_support": "SEN support",
    "ehc_plan": "EHC plan",
    "all_sen": "SEN support or EHC plan",
}
KINDS_OF_SCHOOLS = {
    "all": "all schools",
    "primary": "primary schools",
    "secondary": "secondary schools",
    "special": "special schools",
}

QUALIFICATIONS = {
    "npq_senco": "NPQ for SENCOs",
    "nasenco": "National Award for SEN Co-ordination",
}

SHARING = {
    "full": "everything",
    "limited": "only what is agreed",
    "none": "nothing",
}

# Whom a strategy, an adjustment or the name of a provision may be shown to.
SHARE = {
    "class": "staff of the class",
}

# People who may be named where no contact or initials are recorded.
ROLES = {
    "parent": "parent/carer",
    "pupil": "pupil",
    "teacher": "class teacher",
    "senco": "SENCO",
}

MEETINGS = {
    "early_discussion": "early discussion",
    "termly": "termly meeting",
    "review": "review",
    "annual_review": "annual review",
    "transition": "about moving on",
    "specialist": "with a specialist",
    "other": "other meeting",
}

INFORMATION = {
    "sendiass": "the local advice service (SENDIASS)",
    "local_offer": "the Local Offer",
    "complaints": "how to complain or disagree",
    "sen_information_report": "the SEN information report",
    "other": "something else",
}

QUESTIONS = {
    "disability": "whether the pupil may be disabled (Equality Act)",
    "eal": "English as an additional language",
    "causes_of_behaviour": "what causes the behaviour",
    "high_quality_teaching": "what teaching in class has done",
    "specialist": "asking a specialist",
    "ehc_needs_assessment": "an EHC needs assessment",
}

CONCLUSIONS = {"yes": "yes", "no": "no", "not_yet": "not yet"}

PLANS_ELSEWHERE = {
    "pep": "personal education plan (PEP)",
    "healthcare_plan": "individual healthcare plan",
    "early_help": "early help plan",
    "other": "other plan",
}

MOVES = {
    "entry": "coming to this school",
    "phase": "to the next phase",
    "year": "to the next class",
    "school": "to another school",
    "adult_life": "to adult life",
}

FUNDING = {
    "core": "core budget (element 1)",
    "notional": "notional SEN budget (element 2)",
    "top_up": "top-up (element 3)",
    "pupil_premium": "pupil premium",
    "imf": "inclusion fund",
    "other": "other",
}

SEASONS = {"autumn": "autumn", "spring": "spring", "summer": "summer"}
"""The terms of an academic year, in their order."""

SUSPENSIONS = {
    "suspension": "suspension",
    "lunchtime": "lunchtime suspension",
    "internal": "internal suspension",
    "permanent": "permanent exclusion",
}

COMMISSIONERS = {
    "school": "the school",
    "trust": "the trust",
    "authority": "the local authority",
    "other": "somebody else",
}
"""Who arranges and pays for alternative provision."""

# What this school's registration of a pupil with two schools is; the census calls the
# enrolment status M or S, and that of everybody else C.
REGISTRATIONS = {"main": "main", "subsidiary": "subsidiary"}
ENROLMENT = {"main": "M", "subsidiary": "S"}

# DfE guidance of June 2026 in place of SEN unit and resourced provision.
BASES = {"support": "support base", "specialist": "specialist base"}

SERVICE_LETTERS = {
    "ep": "Educational psychologist",
    "edpsych": "Educational psychologist",
    "salt": "Speech and language therapist",
    "slt": "Speech and language therapist",
    "ot": "Occupational therapist",
    "camhs": "Child and adolescent mental health service",
}
"""Services by the letters that schools use for them."""
SPECIALISTS_FROM = {
    "school": "bought in by the school",
    "authority": "local authority",
    "health": "health service",
    "social_care": "social care",
    "experts_at_hand": "Experts at Hand",
    "private": "private, by the family",
}

ADVICE_ANSWERS = {
    "accepted": "taken up",
    "adapted": "taken up in part or changed",
    "declined": "not taken up",
}

ADULTHOOD = {
    "employment": "employment",
    "independent_living": "independent living",
    "participation": "taking part in society",
    "health": "health",
}

ANNUAL_REVIEWS = {
    "annual": "annual review",
    "early": "early review",
    "phase_transfer": "review before the move to the next phase",
}

PLAN_DECISIONS = {
    "keep": "keep the plan as it is",
    "amend": "amend the plan",
    "cease": "cease the plan",
}

EHC_STEPS = {
    "decision": "decision whether to assess (week 6)",
    "advice": "the school's advice (six weeks)",
    "plan_decision": "decision whether to issue a plan (week 16)",
    "plan": "final plan (week 20)",
    "amended": "amended plan after a review (twelve weeks)",
}

EHC_EXCEPTIONS = {
    "away": "the family was away from the area for four weeks or more",
    "school_closed": "the school was closed for four weeks or more",
    "circumstances": "exceptional personal circumstances",
    "appointment": "an appointment was not kept",
}

APPEALS = {
    "not_assess": "not to assess",
    "not_issue": "not to issue a plan",
    "plan": "on what the plan says",
    "not_amend": "not to amend the plan",
    "cease": "to cease the plan",
}

APPEAL_RESULTS = {
    "agreed": "agreed at mediation",
    "withdrawn": "withdrawn",
    "conceded": "conceded by the authority",
    "allowed": "allowed by the Tribunal",
    "dismissed": "dismissed by the Tribunal",
}

FORMATS = (
    "text",
    "table",
    "md",
    "csv",
    "json",
    "html",
    "pdf",
    "xlsx",
    "sqlite",
    "docx",
)
"""What is printed comes in these, by the same names everywhere."""

TABLE_FORMATS = ("csv", "sqlite")
"""Tables alone, for another program."""

PAPER_FORMATS = tuple(n for n in FORMATS if n not in {*TABLE_FORMATS, "xlsx"})
"""Those of what is read as sentences, of which no spreadsheet can be made."""

INVITED = {
    "parent": "parent",
    "young_person": "young person",
    "school": "school",
    "authority": "local authority",
    "health": "health",
    "social_care": "social care",
    "other": "other",
}


def year_group_name(code: str) -> str:
    """``Year 4``, ``Reception``, ``Nursery``."""
    words = {"R": "Reception", "N1": "Nursery 1", "N2": "Nursery 2", "X": "Mixed years"}
    if code in words:
        return words[code]
    return f"Year {code}" if code.isdigit() else code
