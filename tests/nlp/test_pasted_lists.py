"""Lines pasted from a health record, a label, a discharge list or a record of fills."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator


def _sig(annotator: Annotator, text: str) -> list[str]:
    """Of each drug: strength, dose, route and frequency, "-" where not said."""
    found = annotator.annotate(text).medications
    return [" | ".join(said or "-" for said in (one.strength, one.dose, one.route, one.frequency)) for one in found]


@pytest.mark.parametrize(
    ("text", "sig"),
    [
        ("Famotidine 20mg T1T PO BID #60 RF5", "20 mg | 1 tablet | oral | 2/day"),
        ("CEPHALEXIN 500MG T1C PO QID X7D #28 NR", "500 mg | 1 capsule | oral | 4/day"),
        ("methocarbamol 500 mg T1-2T PO Q6H PRN SPASM", "500 mg | 1-2 tablet | oral | every 6 hours"),
        ("meclizine 25 mg tk 1 t po tid", "25 mg | 1 tablet | oral | 3/day"),
        ("torsemide 20mg 2T QD #60/30", "20 mg | 2 tablet | oral | 1/day"),
        ("fluoxetine 20 mg 1C PO QAM", "20 mg | 1 capsule | oral | 1/day"),
        ("honey 1 T bid, Zocor 20 mg", "20 mg | - | - | -"),
        ("buspirone 10 MG tablet, Take 1 tablet by mouth 3 (three) times daily", "10 mg | 1 tablet | oral | 3/day"),
        ("Bisoprolol 5mg tablets - One To Be Taken Each Morning - 28 tablets", "5 mg | 1 tablet | oral | 1/day"),
        ("Gliclazide 80mg tablets Two To Be Taken Twice A Day", "80 mg | 2 tablet | oral | 2/day"),
        ("Bumetanide 1 mg Oral Tablet; 1 po bid; Rx #22119", "1 mg | 1 | oral | 2/day"),
        ("Colchicine 0.6 mg; Directions: 1 tab bid; Dispensed: 60", "0.6 mg | 1 tablet | oral | 2/day"),
        ("Labetalol 200 mg tab. Qty: 60. Take 1 tab bid. Refills: 3", "200 mg | 1 tablet | oral | 2/day"),
        ("Clobetasol 0.05% AAA BID X 2WKS 60GM R1", "0.05% | - | topical | 2/day"),
    ],
)
def test_codes_of_prescriptions_are_read(annotator: Annotator, text: str, sig: str) -> None:
    assert _sig(annotator, text) == [sig]


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Brimonidine 0.2% 1 GTT OS TID 5ML RF3", "1 drop"),
        ("Azelastine 137 mcg 2 SPR EN BID 30ML", "2 spray"),
        ("Ketoconazole 2% crm AAA QD 30GM", None),
        ("Estrace crm 1 GM PV 2X/WK 42.5G", "1 g"),
        ("Voltaren gel 4 g QID 100 g", "4 g"),
        ("Lantus Solostar inj 3ml pen inj 30u sc qhs #15ml 30DS", "30 unit"),
        ("Levemir 22 units subq qhs, 15 mL, 3 refills", "22 unit"),
        ("Lantus 15 mL/90 DS lf 7/1", None),
        ("Ozempic 3 mL/28 DS, RF 2, lf 8/30", None),
        ("finished the Keflex, 28 tabs", None),
        ("Lactulose 30 mL bid", "30 mL"),
        ("Enbrel 50 mg/mL 1 mL pen weekly", "1 mL"),
        ("Tylenol 500 two tabs tid", "2 tablet"),
        ("Tylenol #3 1-2 tabs q6h prn", "1-2 tablet"),
        ("Medrol 4 mg, 6 tabs day 1", "6 tablet"),
    ],
)
def test_what_was_dispensed_is_no_dose(annotator: Annotator, text: str, dose: str | None) -> None:
    assert [one.dose for one in annotator.annotate(text).medications] == [dose]


@pytest.mark.parametrize("text", ["atorvastatin 40 PDC 71%", "Zocor 20, adherence 85%"])
def test_how_well_it_is_taken_is_no_strength(annotator: Annotator, text: str) -> None:
    assert annotator.annotate(text).medications[0].strength is None


@pytest.mark.parametrize(
    "text",
    [
        "Zestril 20 mg tab (lisinopril) 1 tab po qd #90",
        "lisinopril (Zestril) 20 mg tab, 1 tab po qd",
        "lisinopril [Zestril] 20 mg tablet, take 1 tablet daily",
        "Lisinopril 20 MG Oral Tablet (Zestril) Take 1 tablet by mouth daily",
    ],
)
def test_both_names_of_a_drug_have_its_directions(annotator: Annotator, text: str) -> None:
    assert _sig(annotator, text) == ["20 mg | 1 tablet | oral | 1/day"] * 2


def _statuses(annotator: Annotator, text: str) -> list[str]:
    return [one.status for one in annotator.annotate(text).medications]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("STOP taking: chlorthalidone 25 mg", ["stopped"]),
        ("STOP taking these medications: naproxen 500 MG tablet, oxybutynin 5 MG tablet", ["stopped", "stopped"]),
        ("STOP taking these medications - naproxen 500 MG tablet; oxybutynin 5 MG tablet", ["stopped", "stopped"]),
        ("Home meds stopped at discharge - glipizide 5 mg, HCTZ 12.5 mg", ["stopped", "stopped"]),
        ("Past meds - Paxil", ["stopped"]),
        ("[STOP] citalopram 40 mg daily", ["stopped"]),
        ("(STOP) temazepam 15 mg; (CONT) trazodone 50 mg", ["stopped", "active"]),
        ("DC: Benadryl 25 mg hs", ["stopped"]),
        ("hydralazine 25 mg tid: STOP / isosorbide dinitrate 20 mg tid: CONTINUE", ["stopped", "active"]),
        ("No change: levothyroxine 50 mcg, vitamin D", ["active", "active"]),
        ("STOP: atenolol 50 mg. NO CHANGE: Zocor, ASA", ["stopped", "active", "active"]),
        ("oxybutynin 10 mg tablet, Take 10 mg by mouth daily. (Patient not taking: Reported on 6/2)", ["not-taken"]),
        ("Not-Taking/PRN Ibuprofen 600 MG Tablet 1 tablet every 8 hrs", ["not-taken"]),
        ("can she stop taking Eliquis?", ["unknown"]),
    ],
)
def test_the_marks_of_a_discharge_list_hold(annotator: Annotator, text: str, statuses: list[str]) -> None:
    assert _statuses(annotator, text) == statuses


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Fill hx: lisinopril 40 mg #90 DS 90 filled 1/3, 4/2, 7/9", "active"),
        ("PDMP: oxycodone 5 mg #120/30d 7/30, #120/30d 6/30 (Rodriguez)", "active"),
        ("Farxiga 10mg - 90 day supply mailed 8/1", "active"),
        ("Lyrica 75mg cap #60, 30 day supply, last pick up 7/28/24", "active"),
        ("EpiPen 2-Pak 0.3mg IM x1 prn anaphylaxis #2", "active"),
        ("doxycycline 100mg T1C PO BID X7D #14 NR", "active"),
        ("filled Zoloft 8/1 but never started it", "not-taken"),
        ("Medrol dosepak finished", "completed"),
    ],
)
def test_what_was_filled_is_taken_unless_something_else_is_said(annotator: Annotator, text: str, status: str) -> None:
    assert _statuses(annotator, text) == [status]


def test_a_dose_told_with_its_frequency_to_another_is_the_old_one(annotator: Annotator) -> None:
    drug = annotator.annotate("CHANGED: furosemide 20 mg daily to 40 mg daily").medications[0]
    assert (drug.strength, drug.previous, drug.frequency) == ("40 mg", "20 mg", "1/day")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Amoxicillin-pot clavulanate 875-125 mg tab", ["amoxicillin+clavulanate"]),
        ("fluticasone-umeclidin-vilanter 100-62.5-25 mcg", ["fluticasone+umeclidinium+vilanterol"]),
        ("Combivent Respimat 20-100 mcg/actuation inhaler, 1 puff QID, Qty 1 inhaler", ["albuterol+ipratropium"]),
        ("Xanax 1 mg #60 prescr Dr. Hale 7/5", ["alprazolam"]),
        ("NDC 68180-0981-03 LOT A22311 EXP 04/26, Teva, store #4432, Rx 8810022", []),
    ],
)
def test_names_are_read_as_records_print_them(annotator: Annotator, text: str, names: list[str]) -> None:
    assert ["+".join(one.ingredients) for one in annotator.annotate(text).medications] == names
