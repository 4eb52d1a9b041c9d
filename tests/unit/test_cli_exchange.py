"""Exchange on the command line, with a real database."""

from __future__ import annotations

import asyncio
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.app import HereAndNow, build_analysis, open_core
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.answer import Answer
from consult.domain.consult import Consult
from consult.domain.identity import Account
from consult.domain.medication import Medication
from consult.domain.patient import MtmEnrollment, Patient
from consult.domain.people import Actor
from consult.fhir.profiles import faults
from consult.rehearse import Player, Stepping
from tests.command import consult
from tests.quickly import quick_hash
from tests.unit.fhir.validating import unresolved, valid

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a site with one consult that was signed and one that was only scheduled."""
    path = tmp_path_factory.mktemp("site") / "site.db"
    asyncio.run(_hold(f"sqlite:///{path}"))
    return path


@pytest.fixture
def database(site: Path, tmp_path: Path) -> str:
    """A copy of that database for one test."""
    return f"sqlite:///{shutil.copy(site, tmp_path / 'site.db')}"


async def _hold(address: str) -> None:
    settings = Settings(database=address, site_name="Prairie", help_phone="555-0100")
    account = Account(ME.id, "reyes", ME.name, "pharmacist", quick_hash("four quiet herons wade"), title="PharmD")
    here = HereAndNow(build_analysis())
    async with open_core(settings, clock=Stepping(NOW), workforce=here, create=True) as core:
        await core.accounts.add(account)
        for consult_id in ("held", "planned"):
            player = Player(core, consult_id, ME)
            patient = Patient(f"p-{consult_id}", "Maria Lopez", "1952-03-14", "f")
            row = Medication("med:warfarin", "Coumadin", ("warfarin",))
            await player.do(co.ScheduleConsult(patient, ME.id, "2026-11-23T15:00:00Z", medications=(row,)))
        player = Player(core, "held", ME)
        for command in (
            co.OpenConsult(),
            co.ConfirmIdentity("phone", ("full name", "date of birth")),
            co.ConfirmMedication("med:warfarin"),
            co.AnswerQuestion(Answer("goals-words", ("To garden again",))),
            co.DraftTakeaway(),
        ):
            await player.do(command)
        draft = (await player.state()).takeaway()
        assert draft is not None
        await player.do(co.ReviewTakeaway(draft.version, draft.sha256, tuple(one.id for one in draft.lines)))
        await player.do(co.SignTakeaway(draft.version, draft.sha256))


async def test_export_writes_a_signed_consult_with_its_pdf(database: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    result = consult("fhir", "export", "held", "--database", database, "--out", out)

    assert result.returncode == 0, result.stderr
    bundle = valid(json.loads(out.read_text(encoding="utf-8")))
    assert (unresolved(bundle), faults(bundle)) == ([], [])
    plan = bundle["entry"][-1]["resource"]
    pdf = next(one["resource"] for one in plan["entry"] if one["resource"]["resourceType"] == "DocumentReference")
    assert pdf["content"][0]["attachment"]["data"].startswith("JVBER")  # %PDF
    assert "To garden again" in out.read_text(encoding="utf-8")


async def test_export_refuses_what_nobody_signed_and_writes_nothing(database: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    refused = consult("fhir", "export", "planned", "--database", database, "--out", out)
    draft = consult("fhir", "export", "planned", "--as", "ecare", "--draft", "--database", database)
    unknown = consult("fhir", "export", "nobody", "--database", database)

    assert (refused.returncode, "[not-signed]" in refused.stderr, out.exists()) == (1, True, False)
    assert valid(json.loads(draft.stdout))["entry"][0]["resource"]["status"] == "preliminary"
    assert (unknown.returncode, "[not-found]" in unknown.stderr) == (1, True)


RECORD = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {"resource": {"resourceType": "Patient", "name": [{"text": "Maria Lopez"}], "birthDate": "1952-03-14"}},
        {
            "resource": {
                "resourceType": "MedicationRequest",
                "status": "active",
                "intent": "order",
                "subject": {"display": "Maria Lopez"},
                "medicationCodeableConcept": {"text": "metformin 500 MG Oral Tablet"},
            }
        },
    ],
}
FILLS = "name,date,days_supply,quantity\nwarfarin 5 mg,2026-11-01,30,30\n"


async def state(database: str, consult_id: str) -> Consult:
    async with open_core(Settings(database=database), workforce=HereAndNow(build_analysis())) as core:
        found = await core.consult(consult_id)
        assert found is not None
        return found


async def test_import_only_reports_where_no_consult_is_named(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(json.dumps(RECORD))

    result = consult("fhir", "import", file)

    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == ["medication: 1 taken", "  taken: metformin"]
    assert "nothing was stored" in result.stderr


async def test_import_adds_a_record_and_fills_to_a_consult(database: str, tmp_path: Path) -> None:
    file, claims = tmp_path / "record.json", tmp_path / "claims.csv"
    file.write_text(json.dumps(RECORD))
    claims.write_text(FILLS)

    first = consult("fhir", "import", file, "--consult", "planned", "--database", database)
    second = consult("fhir", "import", claims, "--consult", "planned", "--database", database)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    after = await state(database, "planned")
    assert set(after.medications) == {"med:warfarin", "med:metformin"}
    assert after.medications["med:warfarin"].last_fill == "2026-11-01"
    assert [(one.date, one.source) for one in after.fills] == [("2026-11-01", "claims.csv")]
    assert "medication: 1 merged" in second.stdout


async def test_import_makes_a_new_consult_of_a_pharmacist(database: str, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(json.dumps(RECORD))

    result = consult(
        "fhir", "import", file, "--pharmacist", "reyes", "--at", "2026-12-01T10:00-06:00", "--database", database
    )

    assert result.returncode == 0, result.stderr
    made = await state(database, result.stderr.split()[-1])
    assert made.patient is not None
    assert (made.patient.name, made.planned_at, made.pharmacist_id) == ("Maria Lopez", "2026-12-01T16:00:00Z", ME.id)
    assert set(made.medications) == {"med:metformin"}


async def test_import_of_somebody_elses_record_changes_nothing(database: str, tmp_path: Path) -> None:
    other = {"resourceType": "Patient", "name": [{"text": "Maria Lopez"}], "birthDate": "1960-01-01"}
    file = tmp_path / "record.json"
    file.write_text(json.dumps({**RECORD, "entry": [{"resource": other}, RECORD["entry"][1]]}))  # type: ignore[index]

    result = consult("fhir", "import", file, "--consult", "planned", "--database", database)

    assert (result.returncode, "[other-patient]" in result.stderr) == (1, True)
    assert set((await state(database, "planned")).medications) == {"med:warfarin"}


@pytest.mark.parametrize("content", ["", "{", '{"resourceType": "Patient"}', "a,b\n1,2\n"])
def test_import_of_a_broken_file_ends_with_status_2_and_the_reason(tmp_path: Path, content: str) -> None:
    file = tmp_path / "record"
    file.write_text(content)

    result = consult("fhir", "import", file)

    assert (result.returncode, result.stderr.startswith(f"consult: {file}")) == (2, True)


async def test_a_plans_file_of_enrollments_reaches_the_consults_of_its_members_and_the_report(
    database: str, tmp_path: Path
) -> None:
    header = "member id,dob,contract number,enrolled on,met criteria\n"
    file = tmp_path / "plan.csv"
    settings = Settings(database=database)
    async with open_core(settings, clock=Stepping(NOW), workforce=HereAndNow(build_analysis())) as core:
        await Player(core, "held", ME).do(co.RecordEnrollment(MtmEnrollment(), member_id="1EG4-TE5-MK73"))
    file.write_text(header + "1EG4TE5MK73,1952-03-14,H1234,2026-01-15,Y\n9ZZ9,1950-01-01,H1234,2026-02-01,N\n")

    tried = consult("plan", "enroll", file, "--try", "--database", database)
    before = consult("plan", "report", "--from", "2026-01-01", "--to", "2026-12-31", "--database", database)
    stored = consult("plan", "enroll", file, "--database", database)
    after = consult("plan", "report", "--from", "2026-01-01", "--to", "2026-12-31", "--database", database)

    assert tried.stdout == stored.stdout
    assert "taken: member …MK73 (line 2: enrolled 2026-01-15)" in stored.stdout
    assert "left: member …9ZZ9 (line 3: no consult of this member)" in stored.stdout
    assert ("H1234" in before.stdout, "H1234,2026-01-15,Y" in after.stdout) == (False, True)


async def test_an_enrollment_of_another_person_or_a_broken_file_changes_nothing(database: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    settings = Settings(database=database)
    async with open_core(settings, clock=Stepping(NOW), workforce=HereAndNow(build_analysis())) as core:
        await Player(core, "held", ME).do(co.RecordEnrollment(MtmEnrollment(), member_id="1EG4-TE5-MK73"))
    file.write_text("member id,dob,enrolled on\n1EG4-TE5-MK73,1951-03-14,2026-01-15\n")
    other = consult("fhir", "import", file, "--consult", "held", "--database", database)
    file.write_text("member id,dob,enrolled on\n1EG4-TE5-MK73,1952-03-14,2026-13-15\n")
    broken = consult("plan", "enroll", file, "--database", database)

    assert "another date of birth" in other.stdout
    assert (broken.returncode, "plan.csv:2: the date" in broken.stderr) == (2, True)
    async with open_core(settings, clock=Stepping(NOW), workforce=HereAndNow(build_analysis())) as core:
        held = await core.consult("held")
    assert held is not None
    assert held.patient is not None
    assert held.patient.mtm is None
