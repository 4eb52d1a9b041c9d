"""Symptoms of the trunk and the limbs in the words of patients: what is found, and as which concept."""

import pytest

from consult.nlp.annotate import Annotator

FOUND = [
    ('says her stomach is "in knots"', "abdominal pain"),  # a quotation that begins within the phrase
    ('heart "skips" at night', "palpitations"),
    ('c/o mouth "like cotton"', "dry mouth"),
    ('feels "off" since the new pill', "feeling unwell"),
    ("lives on the commode since colchicine", "diarrhea"),
    ("sits on the pot all morning", "diarrhea"),
    ("BMs 7x/day, watery", "diarrhea"),
    ("bathroom 10 times yesterday, all water", "diarrhea"),
    ("poop just won't budge", "constipation"),
    ("hasn't had a decent BM all week", "constipation"),
    ("bowels haven't worked since surgery", "constipation"),
    ("stools float and greasy", "oily stools"),
    ("orange leakage on Alli", "oily stools"),
    ("mucus in stool x2 wk", "mucus in stool"),
    ("stools burgundy x1", "rectal bleeding"),
    ("blood dripping into the toilet", "rectal bleeding"),
    ("dark sticky poop since Sunday", "black stools"),
    ("tummy doing somersaults w/ metformin", "nausea"),
    ("food goes down slow", "dysphagia"),
    ("meat gets stuck in her throat", "dysphagia"),
    ("two bites and she's done", "early satiety"),
    ("hasn't been hungry since Trulicity", "decreased appetite"),
    ("jeans won't zip on mirtazapine", "weight gain"),
    ("went up 2 dress sizes", "weight gain"),
    ("let his belt out a hole", "weight gain"),
    ("wedding band slides off her finger", "weight loss"),
    ("trousers falling down", "weight loss"),
    ("tightened his belt two notches", "weight loss"),
    ("pulse only 46 this am", "bradycardia"),
    ("heart rate dips to 41 overnight", "bradycardia"),
    ("pulse runs slow on diltiazem", "bradycardia"),
    ("heart like a jackhammer after albuterol", "palpitations"),
    ("pain under the left breast", "chest pain"),
    ("sharp pain when I take a deep breath", "chest pain"),
    ("band round her chest", "chest pain"),
    ("pressure nose-dives after HCTZ", "hypotension"),
    ("SBP in the 70s post dialysis", "hypotension"),
    ("came to on the bathroom floor", "syncope"),
    ("coughing up specks of blood", "hemoptysis"),
    ("pee looks like Kool-Aid", "hematuria"),
    ("wine-colored urine", "hematuria"),
    ("tea-colored urine", "dark urine"),
    ("kidneys ache", "flank pain"),
    ("L flank is sore", "flank pain"),
    ("never feels empty after peeing", "urinary retention"),
    ("pee comes in spurts", "weak urinary stream"),
    ("stream slow, hard to get going", "urinary hesitancy"),
    ("peeing less on ibuprofen", "decreased urine output"),
    ("urine output way down", "decreased urine output"),
    ("always hunting for a restroom", "urinary urgency"),
    ("underwear damp", "urinary incontinence"),
    ("fire when I pee", "dysuria"),
    ("foreskin itches since Farxiga", "genital itching"),
    ("red tip of penis since Jardiance", "genital yeast infection"),
    ("nothing comes out when he finishes", "ejaculation disorder"),
    ("skipped 2 periods", "irregular periods"),
    ("period 2 wks late", "irregular periods"),
    ("bleeding through tampons", "heavy menstrual bleeding"),
    ("bleeds btwn cycles", "vaginal bleeding"),
    ("monthly cramps", "menstrual cramps"),
    ("nipple is tender", "breast tenderness"),
    ("milk from nipples on haloperidol", "galactorrhea"),
    ("shin bones hurt", "bone pain"),
    ("L heel tendon sore since Cipro", "tendon pain"),
    ("Achilles tight & sore since Cipro", "tendon pain"),
    ("his Achilles tore on Levaquin", "tendon pain"),
    ("thigh muscles ache", "muscle pain"),
    ("liver area aches", "abdominal pain"),
    ("gout's back in L knee", "gout flare"),
    ("sick to the pit of her stomach", "nausea"),
    ("felt low, ate glucose tabs", "hypoglycemia"),
    ("insulin reaction Sunday", "hypoglycemia"),
    ("bg bottomed out", "hypoglycemia"),
    ("can't bring her sugars down", "hyperglycemia"),
    ("hard lump after her B12 shot", "injection site reaction"),
    ("welts where she jabs the Humira", "injection site reaction"),
    ("red bump at the Ozempic injection site", "injection site reaction"),
    ("arm sore after flu shot", "injection site reaction"),
    ("patch leaves red squares", "application site reaction"),
    ("worn to a nub", "fatigue"),
    ("no gas in the tank", "fatigue"),
    ("fluish after the booster", "flu-like symptoms"),
]
ONE = [  # what only tells more of it, or lies nearer to another word, is none of its own
    ("up 14 lb since Biktarvy, pants don't close", "up 14 lb"),
    ("always hungry, never full", "always hungry"),
    ("feet so swollen can't get slippers on", "feet so swollen"),
    ("thighs ache like I ran a marathon", "thighs ache"),
    ("pit of stomach burns", "stomach burns"),
    ("no cramps for weeks", "cramps"),
    ("topiramate made her fingers tingled", "fingers tingled"),
]
NONE = [
    "sits on the porch all morning",
    "printer wouldn't work, called IT",
    "glasses fall off his face",
    "ring keeps falling off the bottle cap",
    "belt buckle sets off metal detector",
    "drinks cranberry juice daily",
    "cherry flavored syrup ok",
    "bird feeder outside her window",
    "website hard to use",
    "felt low on cash this month",
    "runs hot water over the pen",
    "cramped for time, will call back",
    "sliding scale dropped last week",
    "Remicade, skipping one cycle per GI",
    "pit bull at home, delivery left at gate",
    "never full price, uses card",
    "lost 2 dress shirts at the cleaners",
    "liver panel wnl, kidney clinic next wk",
]


@pytest.mark.parametrize(("line", "concept"), FOUND)
def test_a_symptom_told_in_a_picture_is_found_as_its_concept(annotator: Annotator, line: str, concept: str) -> None:
    assert {one.concept for one in annotator.annotate(line).effects} >= {concept}


@pytest.mark.parametrize(("line", "text"), ONE)
def test_it_is_told_once(annotator: Annotator, line: str, text: str) -> None:
    assert [one.text for one in annotator.annotate(line).effects] == [text]


@pytest.mark.parametrize("line", NONE)
def test_ordinary_talk_tells_of_no_symptom(annotator: Annotator, line: str) -> None:
    assert annotator.annotate(line).effects == ()
