"""Nine roles before the sample bank: what waits is heard first, its answer is three steps away."""

from tests.stories.conftest import Visit


def test_a_risk_manager_hears_the_red_psi_and_counts_what_a_cell_counts(visit: Visit) -> None:
    desk = visit.comes_as("Risk manager")
    desk.sees("PSI 0.27 has crossed the intervention threshold of 0.25, tier 1.")
    desk.sees("Reviews overdue: 1", "Ungoverned, found by sources: 1")
    desk.takes("tier 2, in production: 10 models")
    desk.sees("tier:2 state:production", "10 rows")
    visit.comes_as("Risk manager").clicks("M-00002 PD Ratenkredit Privatkunden (IRB)")
    desk.sees("PD Ratenkredit Privatkunden (IRB)", "0.27")


def test_an_auditor_hears_what_differs_and_has_the_history_proved(visit: Visit) -> None:
    desk = visit.comes_as("Auditor")
    desk.sees("models differ from what it shows as of 30/09/2026.")
    desk.sees("A rule refused an attempt of Corinna Wolters to decide")
    desk.clicks("Verify the whole ledger")
    desk.sees("Every event and every row was found sound", "12 of 12 checks passed")
    visit.comes_as("Auditor").clicks("Export a dossier")
    desk.sees("With history and proofs, sealed with your key.", "Go on to the preview")
    desk.clicks("Cancel")


def test_a_compliance_officer_signs_what_waits_for_her(visit: Visit) -> None:
    visit.acts_as("Miriam Sander (Compliance)")
    desk = visit.comes_as("Compliance officer")
    desk.sees("1 of 2 approvals given, yours is missing.", "A-02838 · M-00021")
    desk.clicks("A-02833 · M-00005 Antragsscore Ratenkredit (Gradient Boosting)")
    desk.sees("May version 8 of Antragsscore Ratenkredit (Gradient Boosting) go to production?")
    desk.clicks("Approve…")
    desk.fills(Passphrase_of_your_key=visit.secrets["Miriam Sander"])
    desk.clicks("Sign")
    desk.sees("Your decision is signed and recorded.", "2 of 2 approvals")
    desk.rests()
    visit.comes_as("Compliance officer").sees_no("A-02833 · M-00005")


def test_an_architect_hears_of_idle_gpus_and_sees_who_has_them(visit: Visit) -> None:
    desk = visit.comes_as("ML architect")
    desk.sees(
        "62 % of its GPUs are idle.",
        "Requested 3.2 times what is used.",
        "4.10 TB are still held by retired models.",
    )
    desk.clicks("M-00021 Jahresabschluss-Assistent (Sprachmodell)")
    desk.sees("M-00021 | Jahresabschluss-Assistent (Sprachmodell) | GPU | none | 4.00 | 1.52")


def test_an_expert_hears_what_came_of_her_feedback(visit: Visit) -> None:
    visit.acts_as("Sabine Lorenz (Subject expert)")
    desk = visit.comes_as("Subject matter expert")
    desk.sees("Your case: wäre ohnehin geblieben. Answered by Lena Hofmann on 19/05/2026.")
    desk.sees("My answered feedback: 9", "Became findings: 203")
    desk.sees(
        "Kündigungsprognose Girokonto | at most \N{MINUS SIGN}2 Prozentpunkte",
        "30/06/2026 | missed",
    )


def test_a_scientist_compares_champion_and_challenger(visit: Visit) -> None:
    desk = visit.comes_as("Data scientist")
    desk.sees("version 8 is measured by gini against version 7; the experiment ends on 31/12/2026")
    desk.sees("gini: 0.7404", "0.7606", "adverse_impact_age: 0.8187")
    desk.clicks("AB-00001")
    desk.sees("Antragsscore v8 gegen v7 auf 10 % der Anträge")


def test_a_data_engineer_hears_the_failed_check_and_whom_it_reaches(visit: Visit) -> None:
    desk = visit.comes_as("Data engineer")
    desk.sees("Completeness 97.1 % instead of at least 99 %", "Models that depend on it (6)")
    desk.clicks("datenlager/girokonto-stamm")
    desk.rests()
    desk.opens("Quality")
    desk.sees("failed | expect_column_values_to_not_be_null(haushalt) | 97.1 % (≥ 99 %)")
    desk.opens("Models")
    desk.sees("M-00006")


def test_a_software_engineer_reads_which_tests_are_red(visit: Visit) -> None:
    desk = visit.comes_as("Software engineer")
    desk.sees("3 of 412 tests are red")
    desk.clicks("M-00021 version 2")
    desk.sees("Model: assistent.antworten (lieferstrecke): failed: 3 of 412 failed")
    desk.sees("Gate to production: “assistent.antworten” of lieferstrecke: 3 of 412 tests failed.")


def test_devops_reads_why_the_gate_refuses(visit: Visit) -> None:
    desk = visit.comes_as("DevOps")
    desk.sees("Request A-02840 is not decided yet; it needs 2 approvals.")
    desk.sees("Exception X-00029 is open for this version: artefact changed.")
    desk.clicks("M-00017 version 13")
    desk.rests()
    desk.opens("Permits")
    desk.clicks("Issue a permit…")
    desk.sees("The gate does not let version 13 pass to production; no permit can be issued.")
    desk.clicks("Cancel")


# Across roles.


def test_what_compliance_signs_opens_the_gate_of_devops(visit: Visit) -> None:
    visit.comes_as("DevOps").sees("M-00005 version 8", "Request A-02833 is not decided yet")
    visit.acts_as("Miriam Sander (Compliance)")
    desk = visit.comes_as("Compliance officer")
    desk.clicks("A-02833 · M-00005 Antragsscore Ratenkredit (Gradient Boosting)")
    desk.clicks("Approve…")
    desk.fills(Passphrase_of_your_key=visit.secrets["Miriam Sander"])
    desk.clicks("Sign")
    desk.sees("Your decision is signed and recorded.")
    desk.rests()
    visit.acts_as("Sven Petersen (DevOps)")
    visit.comes_as("DevOps").sees_no("M-00005 version 8", "Request A-02833 is not decided yet")


def test_a_past_day_is_the_same_for_auditor_and_risk_manager(visit: Visit) -> None:
    desk = visit.comes_as("Auditor")
    desk.takes("End of last year: 31/12/2025")
    desk.rests()
    desk.sees("31/12/2025", "Nothing can be changed here.")
    visit.comes_as("Risk manager").sees_no("PSI 0.27 has crossed", "limit-optimizer-rl")
    assert not visit.goes_to("Models").can("Register a model…")
    desk.clicks("Back to now")
    visit.comes_as("Risk manager").sees("PSI 0.27 has crossed")


def test_a_scientist_reads_the_same_in_german(visit: Visit) -> None:
    desk = visit.desk
    desk.does("Deutsch")
    desk.goes_to("Übersicht")
    desk.clicks("Data Science")
    desk.rests()
    desk.sees(
        "Version 8 wird an der Kennzahl gini gegen Version 7 gemessen; der Test endet am 31.12.2026"
    )
    desk.sees("Unterschied mindestens 0,01, 12.000 Fälle je Gruppe.")
    desk.writes("Übersicht für", "DevOps")
    desk.sees("Der Antrag A-02840 ist noch nicht entschieden; er braucht 2 Freigaben.")


def test_an_auditors_remarks_came_back_and_one_waits_to_be_settled(visit: Visit) -> None:
    visit.acts_as("Henning Groß (Audit)")
    desk = visit.goes_to("Sharing")
    desk.sees("0 not yet shared, 1 to settle", "R-00064", "changed meanwhile", "Withdrawn")
    desk.clicks("Let what counts stay…")
    desk.fills(Comment="Die Antwort genügt.")
    desk.clicks("Let it stay")
    desk.sees("Settled: what counts stays.", "Nothing waits to be settled")
