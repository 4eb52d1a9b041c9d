"""The golden FHIR bundles: one signed consult, as profile, action plan and eCare plan.

`python -m tests.golden.exchange` writes the files anew.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from consult.domain import commands as co
from consult.domain.alert import Alert, Factor
from consult.domain.answer import Answer, Guidance
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.fill import Fill
from consult.domain.medication import Medication, Sig
from consult.domain.mention import EffectMention, Findings
from consult.domain.patient import Allergy, Condition, Lab, Patient
from consult.domain.people import SYSTEM, Actor
from consult.domain.plan import TodoItem
from consult.domain.problem import Problem
from consult.fhir.documents import KINDS, Kind, export
from consult.fhir.source import Author, ExportInput
from consult.scripts.library import load_script

FOLDER = Path(__file__).parent
ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:{:02d}:00.000Z"
RXCUI = {"apixaban": "1364430", "naproxen": "7258", "penicillin": "70618"}
BLEEDING = Alert(
    id="interaction:apixaban+naproxen",
    kind="interaction",
    between=("apixaban", "naproxen"),
    severity="major",
    indicator="critical",
    title="Eliquis + Aleve: bleeding risk",
    why="Both raise the risk of bleeding.",
    action="Consider another pain reliever.",
    source="FDA label of apixaban, section 7 (2026-11-23)",
    mechanism="Two ways of slowing clotting add up.",
    factors=(Factor("age", "74", "raises"), Factor("egfr", "", "missing")),
    medications=("med:apixaban", "med:naproxen"),
    rule="anticoagulant-nsaid",
    todo_topic="Eliquis and Aleve together",
    todo_action="Ask your pharmacist about a safer pain reliever.",
    todo_why="Together they can cause bleeding.",
)
KIDNEYS = Alert(
    id="renal:apixaban+renal",
    kind="renal",
    between=("apixaban", "renal"),
    severity="moderate",
    indicator="warning",
    title="Eliquis + kidneys: dose",
    why="The kidneys clear part of it.",
    action="Consider checking the dose.",
    source="FDA label of apixaban, section 2 (2026-11-23)",
    medications=("med:apixaban",),
    rule="apixaban-renal",
)


def grow(consult: Consult, *commands: co.Command, actor: Actor = ME) -> Consult:
    """The consult after these commands, a minute apart."""
    for command in commands:
        at = AT.format(min(consult.seq, 59))
        first = consult.seq + 1
        happened = decide(consult, command, actor, at)
        consult = fold(
            consult, [Event(first + i, consult.id, f"c{first}", at, actor, one) for i, one in enumerate(happened)]
        )
    return consult


def reviewed() -> Consult:
    """A review that was held: regimen confirmed, problems accepted, nothing drafted yet."""
    patient = Patient(
        "p1", "Maria Lopez", "1952-03-14", "f", "555-0142", "18 Cedar Lane, Springfield, IL 62701",
        plan_name="Prairie Health Part D", member_id="PH-0041172",
    )  # fmt: skip
    eliquis = Medication(
        "med:apixaban", "Eliquis", ("apixaban",), sig=Sig("5 mg", "1 tablet", "oral", "2/day"), why="heart rhythm",
        prescriber="Dr. Patel",
    )  # fmt: skip
    scheduled = co.ScheduleConsult(
        patient,
        ME.id,
        "2026-11-23T15:00:00Z",
        medications=(eliquis, Medication("med:unread", "mystery capsule", ())),
        conditions=(Condition("condition:af", "atrial fibrillation", "2019", "history"),),
        allergies=(Allergy("allergy:penicillin", "penicillin", ("penicillin",), "hives"),),
        labs=(Lab("egfr", 58, "mL/min/1.73 m2", "2026-09-01"), Lab("mood", 3, "points", "2026-09-01")),
        fills=(Fill("ELIQUIS 5 MG TAB", "2026-10-20", 30, ("apixaban",), 60, "claims.csv"),),
    )
    aleve = Medication(
        "med:naproxen", "Aleve", ("naproxen",), sig=Sig(frequency="every 8-12 hours", as_needed=True), source="hand"
    )
    percocet = Medication(
        "med:acetaminophen+oxycodone", "Percocet", ("acetaminophen", "oxycodone"), sig=Sig("5/325 mg"),
        status="stopped",
    )  # fmt: skip
    consult = grow(
        Consult("golden"),
        scheduled,
        co.JoinConsult(),
        co.OpenConsult(),
        co.ConfirmIdentity("video", ("full name", "date of birth")),
        co.ConfirmMedication("med:apixaban"),
        co.AddMedication(aleve),
        co.AddMedication(percocet),
        co.PutNoteLine("line-1", "", 0, "dizzy since the aleve"),
    )
    dizzy = EffectMention(0, 5, "dizzy", "dizziness", suspected=("naproxen",))
    consult = grow(consult, co.RecordFindings("line-1", 1, Findings((), (dizzy,))), actor=SYSTEM)
    checked = co.RecordAssessment(consult.seq, (BLEEDING, KIDNEYS), 3, (), "2026-11-23", Guidance())
    consult = grow(consult, checked, actor=SYSTEM)
    asked = Problem(
        "problem-ppi", "indication", "No stomach protection", recommendation="Consider a proton pump inhibitor.",
        medications=("med:naproxen",), rationale="preventive-therapy", prescriber="Dr. Patel",
    )  # fmt: skip
    return grow(
        consult,
        co.ConfirmEffect("effect:dizziness"),
        co.AcceptAlert(BLEEDING.id),
        co.AcknowledgeAlert(KIDNEYS.id, "monitoring-arranged", "creatinine next week"),
        co.AddProblem(asked),
        co.AddTodo(TodoItem("todo-bp", "Blood pressure", "Write down your blood pressure.", "It shows if it works.")),
        co.AnswerQuestion(Answer("goals-words", ("To garden again",))),
        co.AnswerQuestion(Answer("rx-others", ("no",))),
        co.AnswerQuestion(Answer("missed-week", ("2",))),
        co.AnswerQuestion(Answer("loop-missed", ("few",), "med:apixaban")),
        co.AnswerQuestion(Answer("loop-missed-why", ("forgets", "travels a lot"), "med:apixaban")),
        co.AnswerQuestion(Answer("teach-back-item", ("retaught",), todo_id="todo-bp")),
    )


def signed() -> Consult:
    """The same, drafted, signed and issued, with a letter to the prescriber that was answered."""
    consult = grow(reviewed(), co.WriteLetter("letter-1", "Dr. Patel", ("problem-ppi",), reply_by="2026-12-01"))
    letter = replace(consult.letters["letter-1"], sha256="c" * 64, html_sha256="d" * 64, based_on=consult.seq)
    consult = grow(consult, co.RecordLetter(letter), actor=SYSTEM)
    consult = grow(
        consult,
        co.SendLetter("send-1", "letter-1", "c" * 64, "mail"),
        co.RecordResponse("problem-ppi", "accepted", "omeprazole 20 mg from today"),
        co.PlanFollowUp("follow-bp", "2026-12-07", "patient", "Read out the blood pressures", "todo-bp"),
        co.PlanFollowUp("follow-ppi", "2026-12-01", "pharmacist", "Ask about the stomach", "problem-ppi"),
        co.FinishFollowUp("follow-ppi", "no pain since omeprazole"),
        co.DraftTakeaway(),
    )
    consult = grow(consult, co.RecordTakeaway(consult.seq, "a" * 64, "b" * 64, language="en"), actor=SYSTEM)
    return grow(consult, co.SignTakeaway(1, "a" * 64), co.IssueTakeaway(1, "a" * 64), co.CloseConsult("completed"))


def source(consult: Consult, pdf: bytes | None = b"%PDF-1.7 golden") -> ExportInput:
    return ExportInput(
        consult=consult,
        author=Author("staff-1", "Daniel Reyes", "PharmD"),
        at="2026-11-24T09:00:00Z",
        organization="Prairie Medication Review",
        phone="555-0100",
        script=load_script(FOLDER / "exchange_script.yaml"),
        letters={"letter-1": b"%PDF-1.7 letter"},
        pdf=pdf,
        software="golden",
        rxcui_of=lambda ingredient: RXCUI.get(ingredient, ""),
    )


def path_of(kind: Kind) -> Path:
    return FOLDER / f"fhir_{kind}.json"


def document(kind: Kind) -> str:
    return json.dumps(export(source(signed()), kind), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for kind in KINDS:
        path_of(kind).write_text(document(kind), encoding="utf-8")
