"""The golden event streams: one case a command, each from an empty consult to the state after it.

`python -m tests.golden.scenario` writes events.json anew; the suites of both languages read it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from consult.domain import commands as co
from consult.domain.alert import Alert, Factor, Unchecked
from consult.domain.answer import Adherence, Answer, CareGap, Counts, Draft, Guidance, LabDraft, OpenBranch, Suggestion
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.fill import Fill, Stay
from consult.domain.medication import Directions, Medication, Sig
from consult.domain.mention import Candidate, Cue, EffectMention, Findings, Heard, MedicationMention
from consult.domain.patient import Allergy, Condition, Lab, MtmEnrollment, Patient
from consult.domain.people import SYSTEM, Actor
from consult.domain.plan import Copy, PaperLine, TodoItem
from consult.domain.problem import Problem

FILE = Path(__file__).parent / "events.json"
PHARMACIST = Actor("staff-1", "pharmacist", "Daniel Reyes")
SUPERVISOR = Actor("staff-9", "supervisor", "Ngozi Okafor")
PATIENT = Actor("patient:golden", "patient", "Maria Lopez")
STATE: TypeAdapter[Consult] = TypeAdapter(Consult)
EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...])


class Story:
    """Grows a consult command by command."""

    def __init__(self) -> None:
        self.consult = Consult("golden")
        self.events: tuple[Event, ...] = ()
        self.cases: list[dict[str, Any]] = []
        self.commands: list[type[co.Command]] = []

    def say(self, command: co.Command, actor: Actor = PHARMACIST, name: str = "") -> None:
        minute = len(self.commands)
        at = f"2026-11-23T{15 + minute // 60:02d}:{minute % 60:02d}:00.000Z"
        happened = decide(self.consult, command, actor, at)
        first = self.consult.seq + 1
        new = tuple(
            Event(first + i, self.consult.id, f"command-{minute}", at, actor, data) for i, data in enumerate(happened)
        )
        self.consult = fold(self.consult, new)
        self.events += new
        self.commands.append(type(command))
        self.cases.append(
            {
                "name": name or type(command).__name__,
                "events": EVENTS.dump_python(new, mode="json"),
                "state": STATE.dump_python(self.consult, mode="json"),
            }
        )


def metformin(**change: Any) -> MedicationMention:
    values: dict[str, Any] = {
        "start": 0,
        "end": 9,
        "text": "metformin",
        "ingredients": ("metformin",),
        "match": "exact",
        "strength": "1000 mg",
        "dose": "1 tablet",
        "route": "oral",
        "frequency": "2/day",
    }
    return MedicationMention(**{**values, **change})


def alert(indicator: Any = "critical") -> Alert:
    return Alert(
        id="interaction:apixaban+naproxen",
        kind="interaction",
        between=("apixaban", "naproxen"),
        severity="major",
        indicator=indicator,
        title="Eliquis + Aleve: bleeding risk",
        why="Both raise the risk of bleeding.",
        action="Consider another pain reliever.",
        source="FDA label of apixaban, section 7",
        factors=(Factor("age", "78", "raises"), Factor("egfr", "", "missing")),
        medications=("med:apixaban", "med:naproxen"),
        rule="ddi-001",
        todo_topic="Eliquis and Aleve together",
        todo_action="Ask your pharmacist about a safer pain reliever.",
        todo_why="Together they can cause bleeding.",
    )


def assessment(consult: Consult, *alerts: Alert) -> co.RecordAssessment:
    return co.RecordAssessment(
        based_on=consult.seq,
        alerts=alerts,
        checked=2,
        not_checked=(Unchecked("water pill", "to be confirmed"),),
        data_date="2026-11-23",
        guidance=Guidance(
            Suggestion("otc", "otc-pain", "", "not asked yet", "Ahora lo que compra sin receta.", "¿Qué toma?"),
            (OpenBranch("doac", "Eliquis"),),
            ("open",),
            ("severe-bleeding",),
            Counts(21, 80, 12, 3, 65, 7),
            (
                Draft(
                    "cost-extra-help",
                    "cost",
                    "adherence",
                    "Skips medicines because of cost",
                    "Cost",
                    "Call.",
                    "Why.",
                    "Yes",
                ),
            ),
            (LabDraft("inr", 2.4, "", "warfarin-inr"),),
            (CareGap("flu-cdc", "age 74"),),
            "es",
            (Adherence("pdc-ras", "Blood pressure medicines", 120, 181, 66.3, 80, "2026-01-01", "2026-06-30"),),
            ("caregiver",),
        ),
    )


def tell() -> Story:
    """Every command once or more, in an order in which each is accepted."""
    story = Story()
    say = story.say
    patient = Patient("p1", "Maria Lopez", "1952-03-14", "f", "555-0142")
    history = Medication("med:apixaban", "Eliquis", ("apixaban",), sig=Sig(strength="5 mg", frequency="2/day"))
    say(
        co.ScheduleConsult(
            patient,
            "staff-1",
            "2026-11-23T15:00:00Z",
            medications=(history,),
            conditions=(Condition("condition:af", "atrial fibrillation", "2019", "history"),),
            allergies=(Allergy("allergy:penicillin", "penicillin", ("penicillin",), "hives"),),
            labs=(Lab("egfr", 58, "mL/min/1.73 m2", "2026-09-01"),),
            fills=(Fill("ELIQUIS 5 MG TAB", "2026-10-20", 30, ("apixaban",), 60, "claims.csv"),),
        )
    )
    known = Medication("med:apixaban", "apixaban", ("apixaban",), prescriber="Dr. Patel", last_fill="2026-11-18")
    say(
        co.ImportHistory(
            medications=(known, Medication("med:atorvastatin", "atorvastatin", ("atorvastatin",))),
            conditions=(Condition("condition:ckd", "chronic kidney disease"),),
            allergies=(Allergy("allergy:penicillin", "penicillin"), Allergy("allergy:peanut", "peanut")),
            labs=(Lab("egfr", 61, "mL/min/1.73 m2", "2025-02-01"), Lab("a1c", 6.1, "%", "2026-10-01")),
            fills=(Fill("apixaban 5 mg", "2026-11-18", 30, ("apixaban",), 60, "MedicationDispense"),),
            stays=(Stay("2026-10-25", "2026-10-28"),),
            plan_name="Prairie Health Part D",
        )
    )
    say(co.JoinConsult())
    say(co.OpenConsult())
    say(co.JoinConsult(), PATIENT, "a patient joins and waits")
    say(co.ChoosePhone(True), PATIENT, "the patient would rather talk by phone")
    say(co.ChoosePhone(False), PATIENT, "and after all not")
    say(co.AdmitParticipant(PATIENT.id))
    say(co.ReturnParticipant(PATIENT.id))
    say(co.AdmitParticipant(PATIENT.id), name="admitted again")
    say(co.ConfirmIdentity("video", ("full name", "date of birth")))
    say(co.TakeWriter("tab-1"))
    say(co.RecordScript("5c" * 32), SYSTEM)
    say(co.EnterStep("brown-bag"))
    say(co.ChooseLanguage("es"))
    say(co.PutNoteLine("line-1", "", 0, "metformin 1000 mg 1 tab po bid", epoch=1))
    say(co.PutNoteLine("line-2", "line-1", 0, "elequis 5 bid", True))
    say(
        co.PutNoteLine("line-2", "line-1", 1, "elequis 5 bid, aleve for knees, dizzy since, achy"),
        name="the line goes on",
    )
    say(co.PutNoteLine("line-1", "", 0, "metformin 500 mg"), name="a stale revision keeps both lines")
    say(co.RecordFindings("line-1", 1, Findings((metformin(cues=(Cue("status", 0, 9, "metformin"),)),))), SYSTEM)
    fuzzy = MedicationMention(
        0, 7, "elequis", ("apixaban",), "fuzzy", confidence=0.8, candidates=(Candidate("eliquis", ("apixaban",), 0.91),)
    )
    aleve = MedicationMention(15, 20, "aleve", ("naproxen",), "exact", indication="knees")
    dizzy = EffectMention(32, 37, "dizzy", "dizziness", suspected=("naproxen",), onset="since", severity="mild")
    say(
        co.RecordFindings("line-2", 2, Findings((fuzzy, aleve), (dizzy, EffectMention(45, 49, "achy", "muscle pain")))),
        SYSTEM,
        "a fuzzy reading, a new drug, an effect",
    )
    say(co.RecordFailure("line-1.1", 1, "analysis-timeout"), SYSTEM)
    say(co.RecordCheckFailure("analysis-timeout"), SYSTEM)
    say(assessment(story.consult, alert("warning")), SYSTEM, "an alert is raised")
    say(assessment(story.consult, alert()), SYSTEM, "the alert changes")
    say(co.AcknowledgeAlert("interaction:apixaban+naproxen", "prescriber-contacted", "called Dr. Patel"))
    say(co.AcceptAlert("interaction:apixaban+naproxen"))
    say(co.PutNoteLine("line-3", "line-2", 0, "allergic to codeine (nausea), ?statin"))
    codeine = MedicationMention(12, 19, "codeine", ("codeine",), "exact", status="allergy")
    statin = MedicationMention(31, 37, "statin", (), "class", status="unknown")
    nausea = EffectMention(21, 27, "nausea", "nausea", historical=True, suspected=("codeine",))
    say(co.RecordFindings("line-3", 1, Findings((codeine,), (nausea,))), SYSTEM, "an allergy is proposed")
    say(co.PutNoteLine("line-4", "line-3", 0, "?statin"))
    say(co.RecordFindings("line-4", 1, Findings((statin,))), SYSTEM, "a class word is proposed")
    say(co.MoveNoteLine("line-4", ""))
    say(co.RemoveNoteLine("line-4"))
    say(co.PutNoteLine("line-5", "line-3", 0, "itchy, allergic to latex gloves and sulfa"))
    itchy = EffectMention(0, 5, "itchy", "itching")
    sulfa = MedicationMention(36, 41, "sulfa", (), "class", status="allergy")
    say(co.RecordFindings("line-5", 1, Findings((sulfa,), (itchy,))), SYSTEM, "an effect and an allergy by class")
    say(co.PutNoteLine("line-6", "line-5", 0, "metformin, never misses; no etoh"))
    again = metformin(strength=None, dose=None, route=None, frequency=None)
    never = Heard("loop-missed", ("none",), 11, 23, 0)
    say(
        co.RecordFindings("line-6", 1, Findings((again,), (), (never, Heard("life-alcohol", ("0",), 25, 32)))),
        SYSTEM,
        "a line answers two questions",
    )
    say(co.AnswerQuestion(Answer("life-alcohol", ("0",), source="note")), name="the pharmacist confirms an answer")
    say(co.RemoveNoteLine("line-6"), name="a proposed answer goes with its line, a confirmed one stays")
    say(co.RemoveNoteLine("line-5"), name="a removed line takes back what it suggested")
    say(co.ConfirmMedication("med:metformin"))
    say(co.RejectMedication("med:naproxen"))
    say(
        co.EditMedication(
            Medication("med:apixaban", "Eliquis", ("apixaban",), sig=Sig("5 mg", "1 tablet", "oral", "2/day"))
        )
    )
    say(co.AddMedication(Medication("med:vitamin d", "vitamin D", ("vitamin d",))))
    say(co.ConfirmEffect("effect:dizziness"))
    say(co.RejectEffect("effect:muscle pain"))
    say(co.RecordCondition(Condition("condition:oa", "osteoarthritis")))
    say(co.RemoveCondition("condition:oa"))
    say(co.RecordAllergy(Allergy("allergy:codeine", "codeine", ("codeine",), "nausea")))
    say(co.RemoveAllergy("allergy:penicillin"))
    say(co.RecordLab(Lab("potassium", 4.4, "mmol/L", "2026-11-20")))
    say(co.AddProblem(Problem("problem-1", "adherence", "Misses the evening dose")))
    say(co.RemoveProblem("problem-1"))
    say(co.AnswerQuestion(Answer("adherence-missed", ("2",), "med:metformin")))
    say(co.SkipStep("herbal", "no time today"))
    say(co.ResumeStep("herbal"))
    say(co.SkipStep("herbal", "no time today"), name="skipped again")
    say(co.ReopenMedication("med:metformin"))
    say(co.ReopenMedication("med:apixaban"), name="a row of the record is reopened")
    say(co.ReopenEffect("effect:dizziness"))
    say(co.ReopenAllergy("allergy:codeine"))
    say(co.ReopenAlert("interaction:apixaban+naproxen"))
    say(co.SendChat("chat-1", "I can hear you well."), PATIENT)
    say(co.SendChat("chat-2", "We look at your blood pressure.", caption=True), name="what is said aloud, in writing")
    say(co.ReportMedication("med:vitamin d", "wrong", "I take it with supper"), PATIENT)
    once = Sig(frequency="1/day")
    own = (Directions("es", "Tome 1 con la cena.", once), Directions("en", "Take it at noon.", Sig(timing="noon")))
    say(
        co.EditMedication(Medication("med:vitamin d", "vitamin D", ("vitamin d",), sig=once, directions=own)),
        name="a changed row asks the patient anew",
    )
    say(co.ReportMedication("med:vitamin d", "right"), PATIENT, "the patient says that a row is right")
    say(co.SendPicture("picture-1", "9" * 64, 1200, 900, "med:vitamin d"), PATIENT)
    say(co.AddTodo(TodoItem("todo-1", "Blood pressure", "Write down your blood pressure each morning.")))
    say(co.EditTodo(TodoItem("todo-1", "Blood pressure", "Write down your blood pressure two mornings a week.")))
    say(co.AnswerQuestion(Answer("teach-back-item", ("retaught",), todo_id="todo-1")), name="an item was said back")
    say(co.RemoveTodo("todo-1"))
    say(co.DraftTakeaway())
    say(co.RecordTakeawayFailure("render-timeout"), SYSTEM)
    say(co.DraftTakeaway(), name="drafted again")
    say(co.RecordTakeaway(story.consult.seq, "a" * 64, "b" * 64), SYSTEM)
    say(co.SignTakeaway(1, "a" * 64))
    say(co.AddTodo(TodoItem("todo-2", "Naproxen", "Put the naproxen away.")), name="an edit voids the signature")
    say(co.DraftTakeaway(), name="drafted a third time")
    say(co.RecordTakeaway(story.consult.seq, "c" * 64, "d" * 64), SYSTEM, "the second version")
    say(co.SignTakeaway(2, "c" * 64), name="signed again")
    say(co.IssueTakeaway(2, "c" * 64))
    say(co.RecordEmailConsent("maria@mail.example", True))
    say(co.DeliverTakeaway("send-1", 2, "email"))
    say(co.RecordDeliveryBegun("send-1"), SYSTEM)
    say(co.RecordDelivery("send-1", "250 queued"), SYSTEM)
    say(co.DeliverTakeaway("send-2", 2, "fax", "555-0199"), name="a fax is asked for")
    say(co.RecordDeliveryFailure("send-2", "no-carrier"), SYSTEM)
    say(co.DeliverTakeaway("send-3", 2, "print"), name="a paper is handed over")
    asked_about = Problem("problem-2", "safety", "Bleeding", rationale="interaction-harms", recommendation="Consider.")
    say(co.AddProblem(asked_about), name="a problem for the prescriber")
    say(co.WriteLetter("letter-1", "Dr. Patel", ("problem-2",), "1 Oak St", "2026-12-07"))
    say(co.RecordLetterFailure("letter-1", "render-timeout"), SYSTEM)
    say(co.WriteLetter("letter-1", "Dr. Patel", ("problem-2",)), name="written again")
    letter = replace(
        story.consult.letters["letter-1"], sha256="4" * 64, html_sha256="5" * 64, based_on=story.consult.seq
    )
    say(co.RecordLetter(letter), SYSTEM)
    say(co.SendLetter("send-4", "letter-1", "4" * 64, "file"), name="a letter is given to a carrier")
    say(co.RecordDelivery("send-4", "file kept"), SYSTEM, "a letter went out")
    say(co.SendLetter("send-6", "letter-1", "4" * 64, "email", "patel@clinic.example"), name="a letter goes by e-mail")
    say(co.SendLetter("send-5", "letter-1", "4" * 64, "print"), name="the letter is handed over once more")
    say(co.RecordResponse("problem-2", "accepted", "stops naproxen"), name="answered")
    enrolled = MtmEnrollment("2026-01-15", True, "2026-01-20", contract_id="H1234", targeted_by="chronic-diseases")
    say(co.RecordEnrollment(enrolled, member_id="1EG4-TE5-MK73"))
    say(co.PlanFollowUp("follow-1", "2026-12-01", "pharmacist", "Call about bleeding", "problem-2"))
    say(co.PostponeFollowUp("follow-1", "2026-12-08", "the patient travels"))
    say(co.FinishFollowUp("follow-1", "no bleeding"))
    say(co.PlanFollowUp("follow-2", "2026-12-02", "patient", "Read the blood pressure"), name="another follow-up")
    say(co.DropFollowUp("follow-2"))
    say(co.NameRepresentative("Ana Lopez", "daughter", "she holds the power of attorney"))
    refused = assessment(story.consult)
    say(
        replace(refused, guidance=replace(refused.guidance, refused=("transcript",))), SYSTEM, "no transcript is wanted"
    )
    say(co.OpenTranscript("quality review of this month"), SUPERVISOR)
    say(co.DraftTakeaway("es"), name="drafted in Spanish after it was issued")
    copies = (Copy("large.html", "1" * 64), Copy("large.pdf", "2" * 64), Copy("txt", "3" * 64))
    lines = (PaperLine("cover", "Ana Lopez"), PaperLine("todo:todo-2", "Naproxen"))
    late = co.RecordTakeaway(story.consult.seq, "e" * 64, "f" * 64, copies, ("8 To-do list",), 5.2, "es", lines)
    say(late, SYSTEM, "the third version fails a point")
    say(co.ReviewTakeaway(3, "e" * 64, ("cover",)))
    again = co.RecordTakeaway(story.consult.seq, "e" * 64, "f" * 64, copies, ("8 To-do list",), 5.2, "es", lines)
    say(co.DraftTakeaway("es"), name="asked for once more")
    say(again, SYSTEM, "the same bytes again")
    say(co.ReviewTakeaway(3, "e" * 64, ("todo:todo-2",)), name="every line is reviewed")
    say(co.SignTakeaway(3, "e" * 64), name="the amended version is signed")
    say(co.IssueTakeaway(3, "e" * 64, "to-dos are in English, read aloud"), name="issued with a reason; supersedes")
    say(co.RecallTakeaway(3, "wrong dose of metformin"))
    say(assessment(story.consult), SYSTEM, "the alert is withdrawn")
    old = replace(assessment(story.consult), failed="data-expired")
    say(old, SYSTEM, "the drug data is too old")
    say(co.LeaveConsult(), PATIENT)
    say(co.CloseConsult("completed"))
    say(co.RateVisit("yes", "partly", "The sound stopped once."), PATIENT)
    return story


def document() -> str:
    return (
        json.dumps({"cases": tell().cases}, ensure_ascii=False, separators=(",", ":")).replace('{"name"', '\n{"name"')
        + "\n"
    )


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
