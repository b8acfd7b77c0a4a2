"""The headings under which schools' systems export what is recorded of pupils.

DfE: the pupil files of Get Information about Pupils, checked in its public source.
SIMS, Arbor, Bromcom, ScholarPack: people choose the columns of a report, and no public
page lists them; these are the usual ones, from memory, and `--map` names any other.
"""

from __future__ import annotations

from types import MappingProxyType

from sencli.core.handover.import_columns import Kind
from sencli.core.handover.import_columns import bare
from sencli.terms import FLAGS

_FIELDS = {
    "id": "our own id of the pupil",
    "name": "name",
    "first_name": "first name",
    "last_name": "family name",
    "legal_first_name": "legal first name",
    "legal_last_name": "legal family name",
    "known_as": "known as (preferred first name)",
    "daily_last_name": "preferred family name, where there is no other",
    "date_of_birth": "date of birth",
    "upn": "UPN",
    "former_upn": "former UPN",
    "uln": "ULN",
    "sex": "sex",
    "class": "class",
    "year_group": "year group",
    "provision": "SEN status (N, K, E)",
    "provision_from": "day from which the SEN status holds",
    "has_plan": "whether there is an EHC plan (yes, no)",
    "on_support": "whether there is SEN support (yes, no)",
    "needs": "kind of need",
    "need_rank": "rank of the need",
    "need_from": "day from which the need is known",
    "need_until": "day on which the need ended",
    "flags": "circumstances, parted by ;",
    "since": "day from which the row holds",
    "attendance": "attendance, per cent",
    "attendance_term": "term of the attendance",
    "ethnicity": "ethnicity",
    "home_language": "home language",
    "left": "day of leaving",
    **FLAGS,
}

_PUPILS = {
    # all systems
    "id": ("pupil id", "sencli id"),
    "name": ("pupil", "pupil name", "student", "student name", "full name", "child",
             "learner", "learner name", "child name"),
    "first_name": ("forename", "given name", "pupil forename", "student forename",
                   "pupil first name", "student first name", "chosen first name"),
    "last_name": ("surname", "family name", "pupil surname", "student surname",
                  "pupil last name", "student last name"),
    "legal_first_name": ("legal forename", "legal given name"),
    "legal_last_name": ("legal surname", "legal family name"),
    "known_as": ("preferred name", "preferred forename", "preferred first name",
                 "known name", "chosen name"),
    "daily_last_name": ("preferred surname", "preferred last name",
                        "preferred family name"),
    "date_of_birth": ("dob", "born", "birth date", "d o b", "date birth"),
    "upn": ("unique pupil number", "pupil upn", "student upn"),
    "former_upn": ("previous upn",),
    "uln": ("unique learner number",),
    "sex": ("gender", "legal sex", "sex gender"),
    "class": ("registration group", "registration form", "reg group", "tutor group",
              "reg", "form", "form group", "reg form", "class name", "registration",
              "current registration form", "current class"),
    "year_group": ("year", "nc year", "ncyear", "ncyearactual", "nc year actual",
                   "national curriculum year", "current year group", "yr", "year grp",
                   "actual nc year", "curriculum year", "nc year group"),
    "provision": ("sen", "status", "SEN status", "SEN provision", "SEN code", "send",
                  "send status", "send provision", "SEN stage", "SEN category",
                  "SEN provision code", "SEN provision description", "SEN level",
                  "current SEN status", "SEN register status", "send code",
                  "current SEN provision", "SEN status code", "SEN provision type"),
    "provision_from": ("SEN start date", "SEN provision start date", "SEN status from",
                       "SEN status start date", "SEN status date", "SEN date",
                       "status start date", "SEN provision start", "SEN from",
                       "date placed on SEN register", "SEN since"),
    "has_plan": ("ehcp", "ehc plan", "has ehcp", "has ehc plan", "ehc", "is ehcp",
                 "education health and care plan"),
    "on_support": ("SEN support", "on SEN support", "is SEN support"),
    "needs": ("need", "SEN need", "SEN needs", "need type", "SEN need type", "SEN type",
              "SEN needs type", "need code", "need type code", "need description",
              "need type description", "SEN need code", "SEN need description",
              "send need", "send needs", "send need type", "type of need",
              "area of need", "special need", "SEN need name", "need name",
              "se needs type", "SEN type code", "SEN type description",
              "special educational need", "SEN types", "need types"),
    "need_rank": ("rank", "ranking", "need rank", "SEN need rank", "need ranking",
                  "SEN rank", "SEN ranking", "priority", "SEN need priority",
                  "need priority", "SEN type rank", "SEN type ranking", "need order",
                  "SEN need ranking"),
    "need_from": ("need start date", "SEN need start date", "need from", "need start",
                  "SEN need from", "SEN need start", "need date",
                  "SEN type start date"),
    "need_until": ("need end date", "end date", "SEN need end date", "need until",
                   "need end", "SEN need to", "SEN need end", "need to",
                   "SEN type end date"),
    "flags": ("circumstances", "characteristics"),
    "since": ("from", "start date", "as of"),
    "attendance": ("attendance %", "% attendance", "attendance per cent",
                   "attendance percentage", "percentage attendance", "% attend",
                   "present %", "% present"),
    "attendance_term": ("term",),
    "ethnicity": ("ethnic background", "ethnicity code", "ethnic group",
                  "ethnicity description", "ethnic code"),
    "home_language": ("first language", "language", "home language code",
                      "language code", "first language code", "mother tongue"),
    "left": ("leaving date", "date of leaving", "dol", "date left", "leave date",
             "left date", "leaver date", "off roll date"),
    "pupil_premium": ("pp", "pupil premium indicator", "pupil premium eligible",
                      "pupil premium recipient", "deprivation pupil premium", "is pp",
                      "ppi", "disadvantaged"),
    "free_school_meals": ("fsm", "fsm eligible", "free meals", "eligible for fsm",
                          "free school meals eligible", "fsm eligibility", "is fsm",
                          "free school meal", "fsmeligible"),
    "looked_after": ("lac", "cla", "in care", "looked after premium", "child in care",
                     "is lac", "in lea care", "in la care", "cic"),
    "previously_looked_after": ("plac", "post lac", "ever in care",
                                "adopted from care premium", "pla"),
    "eal": ("eal status", "is eal", "english additional language"),
    "service_child": ("service child premium", "service children", "service family",
                      "service children in education"),
    "young_carer": ("young carers", "is young carer"),
    "sen_unit": ("SEN unit indicator", "SEN unit member", "in SEN unit"),
    "resourced": ("resourced provision indicator", "in resourced provision"),
    "top_up": ("top up funding indicator", "topup funding", "high needs top up",
               "top up"),
    "medical_plan": ("ihp", "ihcp", "health care plan", "healthcare plan"),
    "disability": ("disabled", "has disability"),
    "social_care": ("social worker", "cin", "child in need", "cp plan"),
}  # fmt: skip

_QUIET = (
    *("stage", "review by", "layer", "teacher", "age", "restricted"),
    *("admission number", "adno", "admission no", "adm no", "mis id", "person id"),
    *("student id", "pupil number", "house", "middle names", "middle name"),
    *("former surname", "admission date"),
    *("date of admission", "doa", "enrolment status", "enrol status", "entry date"),
    *("urn", "la", "estab", "laestab", "phase", "academic year", "acad year"),
    *("census term", "pupil matching ref", "legal middle names", "title", "photo"),
    *("pupil premium fte", "pupil premium cash amount", "pupil premium fy start date"),
    *("pupil premium fy end date", "last fsm", "fsm protected", "ever fsm 6"),
    *("ever fsm 6 p", "hours at setting", "funded hours"),
    *("SEN notes", "notes", "SEN need notes", "need notes", "SEN end date"),
)

_MATTERS = frozenset((
    *("sen", "send", "need", "needs", "provision", "ehc", "ehcp", "dob"),
    *("upn", "class", "form", "year", "sex", "gender", "premium", "fsm", "meals"),
    *("care", "ethnicity", "language", "attendance", "eal", "forename", "surname"),
    *("rank", "diagnosis", "status", "group"),
))  # fmt: skip


def _table(fields: dict[str, str], words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    found = {bare(name): name for name in fields}
    found |= {bare(label): name for name, label in fields.items() if name in FLAGS}
    found |= {bare(word): name for name, some in words.items() for word in some}
    return found


PUPILS = Kind(
    "pupils",
    "who the pupil is",
    MappingProxyType(_FIELDS),
    MappingProxyType(_table(_FIELDS, _PUPILS)),
    frozenset(("needs", "need_rank", "need_from", "need_until")),
    tuple(
        frozenset((name,))
        for name in ("id", "upn", "name", "first_name", "legal_first_name", "known_as")
    ),
    _MATTERS,
    frozenset(map(bare, _QUIET)),
    asked=("name", "date_of_birth", "upn", "sex", "class", "year_group", "provision",
           "needs", "need_rank", "flags", "known_as"),
)  # fmt: skip
