"""German as the glossary wants it: no word of its forbidden column, nothing left in English."""

import re
import xml.etree.ElementTree as ET

from mlops_desktop.services.wording import read_words
from tests.support.surroundings import ROOT

FORBIDDEN = {
    r"Modellbestandsliste": "Modellinventar",
    r"Model-Risk|Model Risk": "Modellrisikomanagement",
    r"Besitzer|Eigentümer": "Modellverantwortung",
    r"Prüfer(?:in)?": "Validierung",
    r"Auditor": "Revision / Abschlussprüfung",
    r"Use-Case": "Anwendungsfall",
    r"Mandanten?": "Gesellschaft",
    r"Lieferantenmodell\w*": "Fremdmodell",
    r"Outsourcing": "Auslagerung",
    r"Bewerber": "Kandidat",
    r"Nicht-Modell": "kein Modell",
    r"Bruttorisiko": "inhärentes Risiko",
    r"Release": "Version",
    r"Bereitstellung\w*": "Einsatz",
    r"Beförderung": "Produktivsetzung",
    r"in Produktion": "produktiv",
    r"suspendiert\w*": "ausgesetzt",
    r"pensioniert\w*": "außer Betrieb",
    r"Interim\w*": "befristet freigegeben",
    r"Aufgabentrennung": "Funktionstrennung",
    r"Delegation\w*": "Vertretung",
    r"Quorum": "nötige Zustimmungen",
    r"Komitee-Minuten": "Protokoll",
    r"Rundlauf\w*": "Umlaufbeschluss",
    r"Approval": "Erlaubnis",
    r"materielle Änderung": "wesentliche Änderung",
    r"Review": "Validierung",
    r"Diskriminierung": "Trennschärfe",
    r"Rücktest\w*": "Backtesting",
    r"Interpretierbarkeit": "Erklärbarkeit",
    r"Übersteuerung": "Überschreibung",
    r"Befund\w*|Findings?": "Feststellung",
    r"Widerlegung": "Stellungnahme",
    r"Aktionsplan": "Maßnahmenplan",
    r"verspätet\w*": "überfällig",
    r"Überlagerung\w*": "Anpassung",
    r"Attestierung\w*": "Bestätigungsrunde",
    r"Schwellenbruch|Schwellenverstoß": "Schwellenwertverletzung",
    r"Abstammung": "Datenherkunft",
    r"Beweise?|Evidenz\w*": "Nachweis",
    r"Hauptbuch|Blockchain": "Journal",
    r"As-of": "Stichtag",
    r"[Ff]älschungssicher\w*": "fälschungserkennend",
    r"Passw[oö]rt\w*": "Kennwort (what opens a key is a Passphrase)",
    r"[Uu]nterschr\w+": "Signatur, signieren (ink alone is Unterschrift)",
    r"Lesung(?:en)?": "Lesevorgang",
    r"Antragsteller": "Antragstellende",
    r"Geschäftsfeld": "Geschäftsbereich",
    r"Geschäftszeichen": "Aktenzeichen",
    r"Aufsichtssicht": "Sicht der Aufsicht",
    r"Schriftführung": "Protokollführung",
    r"Risikomanagement": "Modellrisikomanagement",
    r"Modell-ID": "Modellnummer",
    r"Gilt (?:ab|bis)": "Gültig ab, Gültig bis",
}
"""What the glossary forbids, and what it wants in its place; last, what else has one name."""


MEANT = {
    r"imports\.(?:synonyms|values)\..*|attestations\.heading\..*":
        "what banks write in their registers and forms, to be understood",
    r"errors\.prometheus\.tenant_unreadable\..*": "Mandant: the tenant of a Prometheus server",
    r"pipelines\..*|overview\.data\..*|list_columns.*\.late_.*": "verspätet: a late run",
    r"dossier\.(?:verify|check|outcome)\..*|errors\.dossier\.proof_wrong\..*|oversight\..*":
        "Beweis: the ledger's mathematical proof, not evidence",
    r".*scan.*|dossiers\.field\.signed_by": "unterschrieben: a page signed in ink",
    r"dossier\.codes\.eu-ai-act/.*": "unterschrieben: test reports signed by hand",
}  # fmt: skip
"""Where a forbidden word means something else, and what."""

THE_SAME = {
    "names of products, standards and units": {
        "Alertmanager", "Amazon SageMaker", "Azure Machine Learning", "CPU",
        "Databricks (Unity Catalog)", "GPU", "Hugging Face Hub", "ID",
        "Kubeflow Model Registry", "LEI",
        "MLflow", "Marquez", "NIST AI Risk Management Framework 1.0", "OpenCost", "Prometheus",
        "Python {python} · Qt {qt} · {system}", "Python: {python}", "Qt: {qt}, {platform}",
        "SHA-256", "SHA-256 {digest}", "Vertex AI", "Weights & Biases", "eIDAS: {said}",
    },
    "addresses": {
        "eu-central-1/risk", "https://adb-1234567890123456.7.azuredatabricks.net",
        "https://api.wandb.ai", "https://huggingface.co", "https://mlflow.example.com",
        "https://model-registry.example.com", "postgresql://scores.example.com/risk",
    },
    "the glossary keeps the word": {
        "Challenger", "Challenger v{version}", "Champion", "Champion v{version}", "Version",
        "Version {n}", "Version {version}", "Version: {version}", "{what}, Version {version}",
        "Dossiers", "Dossier {id}.",
    },
    "German has the same word": {
        "Administration", "Bytes", "Code", "Commit", "Compliance", "Definition", "DevOps",
        "Experiment", "Filter", "Filter: {filter}", "Form", "Frameworks", "Graph",
        "Import", "Logo", "Name", "Parameter {name}", "Passphrase", "Person", "Pipeline",
        "Pipelines", "Plan", "Position", "Proxy", "Region", "Scan", "Segment", "Server", "Status",
        "System: {system}", "Tags", "Test", "Test {name}: {best}", "Tests", "Text",
        "Text (*.txt)", "Token", "Trend", "normal", "segment",
    },
}  # fmt: skip
"""What both languages write in the same way, by the reason."""


def test_no_word_that_the_glossary_forbids() -> None:
    german = read_words("de").sentences
    found = {
        f"{key}: {hit[0]} (write {wanted}) in {text[:70]!r}"
        for pattern, wanted in FORBIDDEN.items()
        for key, text in german.items()
        for hit in re.finditer(rf"\b(?:{pattern})\b", text)
        if not any(re.fullmatch(meant, key) for meant in MEANT)
    }
    assert sorted(found) == []


def has_words(sentence: str) -> bool:
    return bool(re.search(r"[A-Za-zÄÖÜäöüß]{2}", re.sub(r"\{[^}]*\}", "", sentence)))


def test_no_sentence_was_left_in_english() -> None:
    english, german = read_words("en").sentences, read_words("de").sentences
    same = {text for key, text in english.items() if german.get(key) == text and has_words(text)}
    allowed = {text for texts in THE_SAME.values() for text in texts}
    assert same - allowed == set(), "say it in German, or why both languages write it so"
    assert allowed - same == set(), "allowed, but no longer needed"


def test_an_ellipsis_stands_apart_from_the_word_it_follows() -> None:
    """In German three dots after a whole word are set off by a space (DIN 5008)."""
    german = set(read_words("de").sentences.values())
    window = ET.parse(ROOT / "resources" / "translations" / "de.ts").getroot()  # noqa: S314
    german |= {one.findtext("translation") or "" for one in window.iter("message")}
    assert sorted(text for text in german if re.search(r"[A-Za-zäöüß?!]…", text)) == []
