"""The school's files from the command line."""

from __future__ import annotations

import json

from tests.conftest import Typed

PROVISION = (
    'provision add precision-teaching --name "Precision teaching" --tier targeted '
    '--area "cognition and learning" --minutes 30 --sessions-per-week 3 '
    "--group-size 4 --led-by-role TA"
)


def test_staff(oak: Typed) -> None:
    oak('staff add KM --name "K. Morris" --role teacher')
    oak('staff add TA2 --name "B. Ali" --role ta')
    oak("staff set morris --class 4B --from 01/09/2025")
    listed = json.loads(oak("staff list --format json").out)
    assert [s["initials"] for s in listed] == ["JP", "KM", "TA2"]
    assert listed[1]["class"] == "4B"
    assert listed[2]["role"] == "TA"
    before = json.loads(oak("staff list --as-at 01/07/2025 --format json").out)
    assert before[1]["class"] is None
    assert "--name" in oak("staff add XY", code=2).err
    assert "K. Morris" in oak('staff add km --name "Kay Moss"', code=3).err
    oak("staff set ZZ --role TA", code=4)
    oak("staff set TA2 --training 'Phonics, day course'")
    assert json.loads(oak("staff list --format json").out)[2]["role"] == "TA"
    assert "Phonics, day course" in (oak.folder / "school.yaml").read_text("utf-8")


def test_rates(oak: Typed) -> None:
    assert "£16.50" in oak("rate set TA £16.50").out
    oak("rate set TA 17.25 --from 01/04/2026 --source 'Pay scale'")
    listed = json.loads(oak("rate list --as-at 01/05/2026 --format json").out)
    assert [r["pence_per_hour"] for r in listed] == [1650, 1725]
    assert "17.25" not in oak("rate list").out
    oak("rate set TA sixteen", code=3)
    assert "Nothing changed" in oak("rate set TA 16.50").out


def test_the_catalogue(oak: Typed) -> None:
    assert "30 minutes 3 times a week" in oak(PROVISION).out
    told = oak("provision set precision --weeks 12 --minutes 25").out
    assert "minutes 30 -> 25" in told
    (entry,) = json.loads(oak("provision list --format json").out)
    assert entry["usual"] == {
        "minutes": 25,
        "sessions_per_week": 3,
        "weeks": 12,
        "group_size": 4,
        "role": "TA",
    }
    assert entry["areas"] == ["cognition and learning"]
    oak("provision set precision --retired 01/10/2025")
    assert json.loads(oak("provision list --format json").out) == []
    oak("provision add 'Big Group'", code=3)
    oak("provision add x --tier gold", code=3)
    oak("provision set nothing --weeks 2", code=4)


def test_scales(oak: Typed) -> None:
    oak('scale add smile --values "sad, ok, happy" --better higher')
    listed = json.loads(oak("scale list --format json").out)
    assert listed[-1]["values"] == ["sad", "ok", "happy"]
    assert [s["key"] for s in listed[:3]] == [
        "independence",
        "reading-age",
        "standard-score",
    ]
    oak("scale add one --kind ordinal", code=3)


def test_terms(oak: Typed) -> None:
    oak(
        'term add "Autumn 2025" 02/09/2025 19/12/2025 '
        "--half-term 27/10/2025 31/10/2025 --closed 03/11/2025 --closed 04/11/2025"
    )
    (term,) = json.loads(oak("term list --format json").out)
    assert term["half_term"] == {"start": "2025-10-27", "end": "2025-10-31"}
    assert term["closed"] == ["2025-11-03", "2025-11-04"]
    oak('pupil add "Amelia Khan"')
    told = oak("status set amelia K --since 'end of term'")
    assert "19 December 2025" in told.out
    oak('term add "Spring 2026" 27/03/2026 05/01/2026', code=3)
    oak('term add "Autumn again" 01/12/2025 05/01/2026', code=3)


def test_groups(oak: Typed) -> None:
    oak(PROVISION)
    oak('group add "HFW 1" --provision precision --from 01/09/2025')
    oak("group set hfw --note hall --until 01/12/2025")
    (group,) = json.loads(oak("group list --format json").out)
    assert group["provision"] == "precision-teaching"
    assert group["members"] == []
    assert group["until"] == "2025-12-01"
    later = oak("group list --as-at 02/12/2025 --format json").out
    assert json.loads(later) == []
    oak("group set nobody --note x", code=4)
    oak("group add Two --provision nothing", code=4)


def test_members_are_derived(oak: Typed) -> None:
    oak(PROVISION)
    oak('pupil add "Amelia Khan"')
    oak("cycle open amelia --date 15/09/2025 --assessment x")
    oak("cycle plan amelia --date 18/09/2025 --review-by 12/12/2025")
    oak('outcome add amelia "Reads"')
    oak(
        "intervention add amelia precision --outcome 1 --group 'HFW 1' "
        "--start 22/09/2025 --end 12/12/2025"
    )
    (group,) = json.loads(oak("group list --format json").out)
    assert group["members"] == ["Amelia Khan"]
    oak("pupil leave amelia --date 17/10/2025")
    (group,) = json.loads(oak("group list --format json").out)
    assert group["members"] == []


def test_the_school_itself(oak: Typed) -> None:
    oak("school set urn=123456 letterhead.colour=#1f4e79 settings.small_number=5")
    shown = json.loads(oak("school show --format json").out)
    assert shown["letterhead"]["colour"] == "#1f4e79"
    assert shown["settings"]["small_number"] == 5
    assert "123456" in oak("school show").out
    oak("school set urn=12", code=3)
    oak("school set nothing=12", code=2)


def test_one_commit_each_and_no_free_text_in_its_message(oak: Typed) -> None:
    told = json.loads(
        oak('group add "Amelia and Ben" --format json').out,
    )
    from tests.cli.test_init import git

    message = git(oak.folder, "log", "-1", "--format=%B")
    assert message.startswith("Make a teaching group\n")
    assert "Amelia" not in message
    assert git(oak.folder, "rev-parse", "HEAD").strip() == told["commit"]
