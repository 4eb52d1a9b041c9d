"""Note lines, what is read out of them, and what that proposes."""

import pytest

from consult.domain import commands as co
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event, NoteLinePut
from consult.domain.medication import Medication, Sig
from consult.domain.mention import Candidate, Findings, MedicationMention
from consult.domain.patient import Patient
from consult.domain.people import SYSTEM, Actor
from consult.errors import Refused

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:00:00.000Z"


def after(consult: Consult, *commands: co.Command, actor: Actor = ME) -> Consult:
    for command in commands:
        happened = decide(consult, command, actor, AT)
        first = consult.seq + 1
        consult = fold(
            consult, [Event(first + i, consult.id, f"c{first}", AT, actor, one) for i, one in enumerate(happened)]
        )
    return consult


def opened(*history: Medication) -> Consult:
    patient = Patient("p1", "Maria Lopez", "1952-03-14")
    return after(Consult("c1"), co.ScheduleConsult(patient, "staff-1", AT, medications=history), co.OpenConsult())


def read(consult: Consult, line_id: str, *mentions: MedicationMention) -> Consult:
    rev = consult.lines[line_id].rev
    return after(consult, co.RecordFindings(line_id, rev, Findings(mentions)), actor=SYSTEM)


def drug(text: str, *ingredients: str, **more: object) -> MedicationMention:
    return MedicationMention(0, len(text), text, ingredients or (text.lower(),), "exact", **more)  # type: ignore[arg-type]


def put(line_id: str, text: str, base_rev: int = 0, after_line: str = "") -> co.PutNoteLine:
    return co.PutNoteLine(line_id, after_line, base_rev, text)


def test_a_stale_revision_keeps_both_lines_marked() -> None:
    consult = after(opened(), put("a", "warfarin 5 mg"), put("a", "warfarin 5 mg daily", 1))

    merged = after(consult, put("a", "warfarin 2.5 mg", 1))

    assert merged.lines["a"].text == "warfarin 5 mg daily"
    twin = merged.lines[merged.order[1]]
    assert (twin.text, twin.conflicts_with) == ("warfarin 2.5 mg", "a")


def test_a_line_removed_meanwhile_is_kept_as_a_new_line() -> None:
    consult = after(opened(), put("a", "one"), co.RemoveNoteLine("a"))

    again = after(consult, put("a", "one and more", 1))

    assert [again.lines[one].text for one in again.order] == ["one and more"]


def test_the_same_text_again_changes_nothing() -> None:
    consult = after(opened(), put("a", "one"))

    assert decide(consult, put("a", "one", 1), ME, AT) == ()


def test_a_tab_without_the_lease_may_not_write() -> None:
    consult = after(opened(), co.TakeWriter("tab-1"), co.TakeWriter("tab-2"))

    with pytest.raises(Refused, match="Another tab"):
        decide(consult, co.PutNoteLine("a", "", 0, "one", epoch=1), ME, AT)


def test_the_lease_of_a_pharmacist_who_is_gone_is_free_and_what_was_not_sent_still_counts() -> None:
    working = after(opened(), co.JoinConsult(), co.TakeWriter("tab-1"))

    gone = after(working, co.LeaveConsult())
    back = after(gone, co.PutNoteLine("a", "", 0, "typed while away", epoch=1))
    elsewhere = after(gone, co.TakeWriter("tab-2"))

    assert (gone.writer_tab, gone.writer_epoch) == ("", 1)
    assert back.lines["a"].text == "typed while away"
    assert (elsewhere.writer_tab, elsewhere.writer_epoch) == ("tab-2", 2)
    with pytest.raises(Refused, match="Another tab"):
        decide(elsewhere, co.PutNoteLine("a", "", 0, "late", epoch=1), ME, AT)


def test_a_patient_who_leaves_takes_no_lease_along() -> None:
    patient = Actor("patient:c1", "patient", "Maria Lopez")
    working = after(after(opened(), co.JoinConsult(), co.TakeWriter("tab-1")), co.JoinConsult(), actor=patient)

    assert after(working, co.LeaveConsult(), actor=patient).writer_tab == "tab-1"


def test_a_line_break_in_a_line_is_refused() -> None:
    with pytest.raises(Refused) as error:
        decide(opened(), put("a", "one\ntwo"), ME, AT)

    assert error.value.code == "line-break"


def test_lines_stand_below_the_line_they_name() -> None:
    consult = after(
        opened(), put("a", "1"), put("c", "3", after_line="a"), put("b", "2", after_line="a"), put("z", "0")
    )

    assert consult.order == ("z", "a", "b", "c")


def test_findings_of_an_older_revision_are_dropped() -> None:
    consult = after(opened(), put("a", "metf"), put("a", "metformin", 1))

    assert decide(consult, co.RecordFindings("a", 1, Findings((drug("metf", "metformin"),))), SYSTEM, AT) == ()


def test_an_edited_line_takes_back_what_it_had_suggested() -> None:
    consult = read(after(opened(), put("a", "lisinopril 10 mg")), "a", drug("lisinopril"))

    edited = read(after(consult, put("a", "losartan 50 mg", 1)), "a", drug("losartan"))

    assert set(edited.medications) == {"med:losartan"}


def test_a_removed_line_leaves_a_confirmed_row_alone() -> None:
    consult = read(after(opened(), put("a", "lisinopril")), "a", drug("lisinopril"))

    kept = after(consult, co.ConfirmMedication("med:lisinopril"), co.RemoveNoteLine("a"))

    assert kept.medications["med:lisinopril"].review == "confirmed"


def test_a_new_dose_keeps_the_old_one_beside_it() -> None:
    history = Medication("med:amlodipine", "amlodipine", ("amlodipine",), sig=Sig(strength="5 mg", frequency="1/day"))

    consult = read(after(opened(history), put("a", "amlodipine 10 mg")), "a", drug("amlodipine", strength="10 mg"))

    row = consult.medications["med:amlodipine"]
    assert (row.sig.strength, row.sig.frequency, row.previous, row.review) == ("10 mg", "1/day", "5 mg", "proposed")


def test_a_bare_mention_does_not_restart_a_stopped_drug() -> None:
    consult = read(after(opened(), put("a", "quit Spiriva")), "a", drug("Spiriva", "tiotropium", status="stopped"))

    later = read(after(consult, put("b", "dry since the Spiriva", after_line="a")), "b", drug("Spiriva", "tiotropium"))

    assert later.medications["med:tiotropium"].status == "stopped"


def test_two_products_of_one_ingredient_stand_side_by_side() -> None:
    first = drug("ibuprofen", strength="600 mg", frequency="3/day")
    consult = read(after(opened(), put("a", "ibuprofen 600 tid")), "a", first)

    advil = drug("Advil", "ibuprofen", strength="200 mg", as_needed=True)
    both = read(after(consult, put("b", "Advil 200 prn", after_line="a")), "b", advil)

    assert [row.name for row in both.medications.values()] == ["ibuprofen", "Advil"]


def test_somebody_elses_drug_is_no_row() -> None:
    consult = read(
        after(opened(), put("a", "wife takes Ozempic")), "a", drug("Ozempic", "semaglutide", subject="other")
    )

    assert consult.medications == {}


def test_a_drug_named_as_an_allergy_is_an_allergy_not_a_medication() -> None:
    consult = read(after(opened(), put("a", "allergic to Keflex")), "a", drug("Keflex", "cephalexin", status="allergy"))

    assert (set(consult.medications), set(consult.allergies)) == (set(), {"allergy:cephalexin"})


def test_a_misspelling_with_several_readings_is_not_confirmed_without_a_choice() -> None:
    readings = (Candidate("hydralazine", ("hydralazine",), 0.9), Candidate("hydroxyzine", ("hydroxyzine",), 0.88))
    fuzzy = MedicationMention(0, 10, "hydrolazin", ("hydralazine",), "fuzzy", candidates=readings)
    consult = read(after(opened(), put("a", "hydrolazin 25 mg")), "a", fuzzy)

    with pytest.raises(Refused) as error:
        decide(consult, co.ConfirmMedication("med:hydralazine"), ME, AT)

    assert error.value.code == "choose-a-candidate"
    chosen = after(consult, co.ConfirmMedication("med:hydralazine", ("hydroxyzine",)))
    assert chosen.medications["med:hydralazine"].ingredients == ("hydroxyzine",)


def test_nothing_is_written_before_opening_or_after_closing() -> None:
    scheduled = after(Consult("c1"), co.ScheduleConsult(Patient("p", "A", "1950-01-01"), "staff-1", AT))
    closed = after(opened(), co.CloseConsult())

    for consult, code in ((scheduled, "consult-not-open"), (closed, "consult-closed"), (Consult("x"), "no-consult")):
        with pytest.raises(Refused) as error:
            decide(consult, put("a", "one"), ME, AT)
        assert error.value.code == code


def test_events_carry_the_revision_they_make() -> None:
    happened = decide(after(opened(), put("a", "one")), put("a", "two", 1), ME, AT)

    assert isinstance(happened[0], NoteLinePut)
    assert happened[0].rev == 2


def test_a_misspelling_that_changes_a_row_leaves_its_readings_on_it() -> None:
    history = Medication("med:lisinopril", "lisinopril", ("lisinopril",), sig=Sig(strength="10 mg"))
    reading = (Candidate("lisinopril", ("lisinopril",), 0.92),)
    typo = MedicationMention(0, 10, "lisinipril", ("lisinopril",), "fuzzy", strength="20 mg", candidates=reading)

    row = read(after(opened(history), put("a", "lisinipril 20 mg")), "a", typo).medications["med:lisinopril"]

    assert (row.match, row.sig.strength, row.previous, row.candidates) == ("exact", "20 mg", "10 mg", reading)


def test_changing_only_the_speaker_of_a_line_is_a_change() -> None:
    consult = after(opened(), put("a", "I feel dizzy"))

    said = after(consult, co.PutNoteLine("a", "", 1, "I feel dizzy", speaker="patient"))

    assert said.lines["a"].speaker == "patient"


def test_a_number_without_its_unit_gives_the_row_the_strength_it_stands_for() -> None:
    known = Medication("med:sertraline", "Zoloft", ("sertraline",), sig=Sig("100 mg"), source="history")
    said = drug("Zoloft", "sertraline", frequency="1/day", likely_strength="50 mg")

    row = read(after(opened(known), put("a", "Zoloft 50 qam")), "a", said).medications["med:sertraline"]

    assert (row.sig.strength, row.sig.frequency, row.previous) == ("50 mg", "1/day", "100 mg")
    assert row.review == "proposed"
