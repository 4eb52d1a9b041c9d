"""Brands, combinations, over-the-counter products, shorthand and class words stand for the right ingredients."""

import pytest

from consult.knowledge.vocabulary import Vocabulary

ONE = {
    "acetaminophen": "Tylenol, APAP, paracetamol, Tylenol Arthritis, Panadol",
    "adalimumab": "Humira, Hadlima, Cyltezo",
    "albuterol": "Ventolin, ProAir, Proventil, salbutamol",
    "alendronate": "Fosamax, alendronic acid",
    "amlodipine": "Norvasc, Istin, amlodipine besylate",
    "apixaban": "Eliquis",
    "aripiprazole": "Abilify, Aristada, Abilify Maintena",
    "aspirin": "ASA, baby aspirin, Ecotrin, Bufferin",
    "atogepant": "Qulipta",
    "atorvastatin": "Lipitor, atorva",
    "azithromycin": "Z-Pak, Zithromax, zpak, azithro",
    "baricitinib": "Olumiant",
    "bempedoic acid": "Nexletol",
    "bisacodyl": "Dulcolax",
    "bupropion": "Wellbutrin, Zyban, Aplenzin",
    "calcium": "Tums, calcium carbonate, Citracal, Os-Cal",
    "cannabidiol": "CBD, CBD oil, Epidiolex",
    "carbamazepine": "Tegretol, CBZ",
    "cariprazine": "Vraylar",
    "cetirizine": "Zyrtec",
    "coenzyme q10": "CoQ10, ubiquinol, co-q10",
    "cyanocobalamin -> vitamin b12": "B12, vit B12, methylcobalamin",
    "cyclosporine": "Restasis, Neoral, ciclosporin",
    "dabigatran": "Pradaxa",
    "dapagliflozin": "Farxiga, Forxiga",
    "daridorexant": "Quviviq",
    "denosumab": "Prolia, Xgeva",
    "diclofenac": "Voltaren, Voltaren gel, Flector, Cataflam",
    "diphenhydramine": "Benadryl, ZzzQuil, Unisom SleepGels",
    "doxylamine": "Unisom SleepTabs",
    "docusate": "Colace, stool softener",
    "dulaglutide": "Trulicity",
    "dupilumab": "Dupixent",
    "empagliflozin": "Jardiance",
    "epinephrine": "EpiPen, Auvi-Q, Neffy, adrenaline",
    "erenumab": "Aimovig",
    "evolocumab": "Repatha",
    "famotidine": "Pepcid, Zantac 360",
    "fezolinetant": "Veozah",
    "finerenone": "Kerendia",
    "fluticasone": "Flonase, Flovent, Arnuity",
    "fremanezumab": "Ajovy",
    "furosemide": "Lasix, Furoscix, frusemide",
    "galcanezumab": "Emgality",
    "ginkgo": "ginkgo biloba",
    "guaifenesin": "Mucinex",
    "hydrochlorothiazide": "HCTZ, Microzide",
    "hydroxychloroquine": "Plaquenil, HCQ",
    "icosapent ethyl": "Vascepa",
    "inclisiran": "Leqvio",
    "insulin degludec": "Tresiba",
    "insulin glargine": "Lantus, Basaglar, Toujeo, Semglee",
    "insulin lispro": "Humalog, Admelog, Lyumjev",
    "insulin nph": "Humulin N, Novolin N, NPH",
    "insulin regular": "Humulin R, Novolin R, regular insulin, Afrezza",
    "iron": "ferrous sulfate, FeSO4, Slow Fe, Feosol",
    "isosorbide mononitrate": "Imdur, ISMN",
    "ixekizumab": "Taltz",
    "lamotrigine": "Lamictal, LTG",
    "levothyroxine": "Synthroid, Euthyrox, LT4, thyroxine, levothyroxine sodium",
    "liraglutide": "Victoza, Saxenda",
    "lithium": "Lithobid, lithium carbonate",
    "loperamide": "Imodium, Imodium A-D",
    "magnesium": "Mag-Ox, milk of magnesia, magnesium oxide, mag citrate",
    "methotrexate": "MTX, Otrexup, Trexall",
    "metoprolol": "Lopressor, Toprol, metoprolol tartrate, metoprolol succinate, metop",
    "multivitamin": "MVI, Centrum, prenatal vitamin, One A Day",
    "mycophenolate": "CellCept, Myfortic, MMF, mycophenolic acid",
    "naloxone": "Narcan",
    "naproxen": "Aleve, Naprosyn, naproxen sodium",
    "nitroglycerin": "NTG, Nitrostat, nitro",
    "omega-3": "fish oil, Lovaza, krill oil, omega 3",
    "omeprazole": "Prilosec, Prilosec OTC, Losec",
    "oxycodone": "OxyContin, Roxicodone, oxy",
    "paliperidone": "Invega, Invega Sustenna",
    "penicillin": "PCN",
    "polyethylene glycol 3350": "MiraLAX, PEG 3350, GlycoLax",
    "potassium": "KCl, K-Dur, Klor-Con, potassium chloride",
    "prednisone": "Deltasone, pred",
    "propylthiouracil": "PTU",
    "pseudoephedrine": "Sudafed",
    "rimegepant": "Nurtec, Nurtec ODT",
    "risankizumab": "Skyrizi",
    "ritlecitinib": "Litfulo",
    "rivaroxaban": "Xarelto",
    "secukinumab": "Cosentyx",
    "semaglutide": "Ozempic, Rybelsus, Wegovy",
    "senna": "Senokot, Ex-Lax, sennosides",
    "suzetrigine": "Journavx",
    "tacrolimus": "Prograf, tacro, Protopic",
    "testosterone": "AndroGel, Depo-Testosterone, testosterone cypionate",
    "tirzepatide": "Mounjaro, Zepbound",
    "tofacitinib": "Xeljanz",
    "turmeric": "curcumin",
    "ubrogepant": "Ubrelvy",
    "upadacitinib": "Rinvoq",
    "valproate": "Depakote, divalproex, valproic acid, VPA, Epilim",
    "vericiguat": "Verquvo",
    "vitamin d": "vit D, D3, cholecalciferol, ergocalciferol, Drisdol",
    "zuranolone": "Zurzuvae",
    "kratom": "kratom, mitragynine",
    "st. john's wort": "St. John's wort, St Johns wort, hypericum",
    "emollient": "E45, Cetraben, Diprobase",
    "beclomethasone": "Clenil, Qvar",
}
SEVERAL = {
    "acetaminophen+aspirin+caffeine": "Excedrin, Excedrin Migraine, Goody's",
    "acetaminophen+butalbital+caffeine": "Fioricet, Esgic",
    "acetaminophen+codeine": "Tylenol #3, Tylenol with codeine, co-codamol",
    "acetaminophen+dextromethorphan+doxylamine": "NyQuil, Vicks NyQuil",
    "acetaminophen+dextromethorphan+phenylephrine": "DayQuil, Theraflu Daytime",
    "acetaminophen+diphenhydramine": "Tylenol PM, Percogesic",
    "acetaminophen+hydrocodone": "Norco, Vicodin, Lortab, hydrocodone/apap, hydrocodone-acetaminophen",
    "acetaminophen+oxycodone": "Percocet, Endocet, oxycodone-apap",
    "albuterol+ipratropium": "DuoNeb, Combivent",
    "aluminum hydroxide+magnesium+simethicone": "Maalox, Mylanta",
    "amlodipine+benazepril": "Lotrel",
    "amlodipine+valsartan": "Exforge",
    "amoxicillin+clavulanate": "Augmentin, amox/clav, co-amoxiclav",
    "amphetamine+dextroamphetamine": "Adderall, Mydayis",
    "aspirin+citric acid+sodium bicarbonate": "Alka-Seltzer",
    "atenolol+chlorthalidone": "Tenoretic",
    "bictegravir+emtricitabine+tenofovir alafenamide": "Biktarvy",
    "bisoprolol+hydrochlorothiazide": "Ziac",
    "budesonide+formoterol": "Symbicort, Breyna",
    "buprenorphine+naloxone": "Suboxone, Zubsolv",
    "bupropion+dextromethorphan": "Auvelity",
    "bupropion+naltrexone": "Contrave",
    "calcium+vitamin d": "Caltrate + D, calcium with vitamin D",
    "carbidopa+levodopa": "Sinemet, Rytary",
    "cetirizine+pseudoephedrine": "Zyrtec-D, Zyrtec D",
    "ciprofloxacin+dexamethasone": "Ciprodex",
    "dexamethasone+tobramycin": "TobraDex",
    "dextromethorphan+guaifenesin": "Mucinex DM, Robitussin DM",
    "dextromethorphan+quinidine": "Nuedexta",
    "diphenhydramine+ibuprofen": "Advil PM",
    "diphenhydramine+naproxen": "Aleve PM",
    "docusate+senna": "Senokot-S, Senna S, Peri-Colace",
    "dorzolamide+timolol": "Cosopt",
    "drospirenone+ethinyl estradiol": "Yaz, Yasmin, Nikki",
    "elexacaftor+ivacaftor+tezacaftor": "Trikafta",
    "empagliflozin+linagliptin": "Glyxambi",
    "esomeprazole+naproxen": "Vimovo",
    "ethinyl estradiol+etonogestrel": "NuvaRing",
    "ethinyl estradiol+levonorgestrel": "Alesse, Aviane, Microgynon, Seasonique",
    "ethinyl estradiol+norethindrone": "Loestrin, Junel, Lo Loestrin, Ovcon",
    "ethinyl estradiol+norgestimate": "Sprintec, Tri-Sprintec",
    "ezetimibe+simvastatin": "Vytorin",
    "fluticasone+salmeterol": "Advair, Wixela, AirDuo",
    "fluticasone+umeclidinium+vilanterol": "Trelegy, Trelegy Ellipta",
    "fluticasone+vilanterol": "Breo",
    "hydrochlorothiazide+irbesartan": "Avalide",
    "hydrochlorothiazide+lisinopril": "Zestoretic, lisinopril-hctz, lisinopril/HCTZ",
    "hydrochlorothiazide+losartan": "Hyzaar, losartan hctz",
    "hydrochlorothiazide+triamterene": "Maxzide, Dyazide, triamterene/hctz",
    "hydrochlorothiazide+valsartan": "Diovan HCT",
    "ibuprofen+pseudoephedrine": "Advil Cold & Sinus",
    "insulin degludec+liraglutide": "Xultophy",
    "insulin nph+insulin regular": "Humulin 70/30, Novolin 70/30",
    "ledipasvir+sofosbuvir": "Harvoni",
    "loratadine+pseudoephedrine": "Claritin-D, Claritin D, loratadine-D",
    "menthol+methyl salicylate": "Icy Hot, Bengay",
    "metformin+sitagliptin": "Janumet",
    "dapagliflozin+metformin": "Xigduo",
    "nirmatrelvir+ritonavir": "Paxlovid",
    "sacubitril+valsartan": "Entresto",
    "sulfamethoxazole+trimethoprim": "Bactrim, Septra, TMP-SMX, SMX/TMP, co-trimoxazole",
    "trospium+xanomeline": "Cobenfy",
    "fluorouracil+leucovorin+oxaliplatin": "FOLFOX",
}
CLASS_WORDS = [
    "water pill", "blood thinner", "statin", "cholesterol pill", "blood pressure pill", "antibiotic", "ssri",
    "ppi", "nsaid", "ace inhibitor", "acei", "arb", "beta blocker", "ccb", "doac", "benzo", "steroid shot",
    "inhaler", "muscle relaxer", "sleeping pill", "nerve pill", "birth control", "sulfa", "antidepressant",
    "thyroid pill", "heart pill", "sugar pill", "pain pill", "eye drops", "glp-1", "sglt2",
]  # fmt: skip


def cases(table: dict[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (name.strip(), tuple(key.split(" -> ")[-1].split("+")))
        for key, names in table.items()
        for name in names.split(", ")
    ]


@pytest.mark.parametrize(("name", "ingredients"), cases(ONE))
def test_a_name_stands_for_its_ingredient(vocabulary: Vocabulary, name: str, ingredients: tuple[str, ...]) -> None:
    found = vocabulary.resolve(name)

    assert found is not None
    assert found.ingredients == ingredients


@pytest.mark.parametrize(("name", "ingredients"), cases(SEVERAL))
def test_a_combination_stands_for_all_its_ingredients(
    vocabulary: Vocabulary, name: str, ingredients: tuple[str, ...]
) -> None:
    found = vocabulary.resolve(name)

    assert found is not None
    assert found.ingredients == tuple(sorted(ingredients))


@pytest.mark.parametrize("word", CLASS_WORDS)
def test_a_class_word_has_a_meaning_and_no_ingredient(vocabulary: Vocabulary, word: str) -> None:
    found = vocabulary.names[word]

    assert found.kind == "class"
    assert found.ingredients == ()
    assert found.note


@pytest.mark.parametrize(
    ("name", "route"),
    [
        ("Xalatan", "ophthalmic"), ("Flonase", "nasal"), ("Trelegy", "inhaled"), ("Duragesic", "transdermal"),
        ("Voltaren gel", "topical"), ("Nitrostat", "sublingual"), ("Ciprodex", "otic"), ("Vagifem", "vaginal"),
        ("Lipitor", None), ("Voltaren", None),
    ],
)  # fmt: skip
def test_a_product_for_one_route_says_so(vocabulary: Vocabulary, name: str, route: str | None) -> None:
    found = vocabulary.resolve(name)

    assert found is not None
    assert found.route == route


@pytest.mark.parametrize("name", ["metropolol", "lisinapril", "ozempick", "tylonol", "zanax", "tumeric", "senokott"])
def test_a_known_misspelling_is_marked_as_one(vocabulary: Vocabulary, name: str) -> None:
    assert vocabulary.names[name].kind == "misspelling"
