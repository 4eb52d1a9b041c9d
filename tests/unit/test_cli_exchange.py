"""Exchange on the command line, with a real database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.app import HereAndNow, build_analysis, open_core
from consult.auth.passwords import hash_password
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.answer import Answer
from consult.domain.identity import Account
from consult.domain.medication import Medication
from consult.domain.patient import Patient
from consult.domain.people import Actor
from consult.fhir.profiles import faults
from consult.rehearse import Player, Stepping
from tests.unit.fhir.validating import unresolved, valid
from tests.unit.test_cli import consult

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> str:
    """A site with one consult that was signed and one that was only scheduled."""
    address = f"sqlite:///{tmp_path}/site.db"
    settings = Settings(database=address, site_name="Prairie", help_phone="555-0100")
    account = Account(ME.id, "reyes", ME.name, "pharmacist", hash_password("four quiet herons wade"), title="PharmD")
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
        await player.do(co.SignTakeaway(draft.version, draft.sha256))
    return address


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
