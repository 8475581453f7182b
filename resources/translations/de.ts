<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Vorbereitung</translation>
    </message>
    <message>
        <source>This action</source>
        <translation>Diese Aktion</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Date shown: {day}</source>
        <translation>Gezeigter Stand: {day}</translation>
    </message>
    <message>
        <source>Show the register as it was on a past day</source>
        <translation>Das Verzeichnis zeigen, wie es an einem früheren Tag war</translation>
    </message>
    <message>
        <source>Show the register as of</source>
        <translation>Verzeichnis zum Stand zeigen</translation>
    </message>
    <message>
        <source>End of last month</source>
        <translation>Ende des letzten Monats</translation>
    </message>
    <message>
        <source>End of last quarter</source>
        <translation>Ende des letzten Quartals</translation>
    </message>
    <message>
        <source>End of last year</source>
        <translation>Ende des letzten Jahres</translation>
    </message>
    <message>
        <source>{name}: {day}</source>
        <translation>{name}: {day}</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>You see {day} as it was known that day. Nothing can be changed here.</source>
        <translation>Sie sehen den {day} nach dem Kenntnisstand dieses Tages. Hier lässt sich nichts ändern.</translation>
    </message>
    <message>
        <source>Find or do</source>
        <translation>Suchen oder tun</translation>
    </message>
    <message>
        <source>Every action and every model: Ctrl+Shift+P</source>
        <translation>Jede Aktion und jedes Modell: Strg+Umschalt+P</translation>
    </message>
    <message>
        <source>Type what you want to do, or a model</source>
        <translation>Geben Sie ein, was Sie tun möchten, oder ein Modell</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>A number or part of a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>{title}  ({keys})</source>
        <translation>{title}  ({keys})</translation>
    </message>
    <message>
        <source>Ctrl+{n}</source>
        <translation>Strg+{n}</translation>
    </message>
    <message numerus="yes">
        <source>{title}, %n waiting for you</source>
        <translation>
            <numerusform>{title}, %n wartet auf Sie</numerusform>
            <numerusform>{title}, %n warten auf Sie</numerusform>
        </translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Laufende Arbeiten</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>Zurzeit läuft nichts.</translation>
    </message>
    <message>
        <source>Stop: {name}</source>
        <translation>Anhalten: {name}</translation>
    </message>
    <message>
        <source>Ledger: {state}</source>
        <translation>Journal: {state}</translation>
    </message>
    <message>
        <source>{name}: {step}</source>
        <translation>{name}: {step}</translation>
    </message>
    <message numerus="yes">
        <source>{first} and %n more</source>
        <translation>
            <numerusform>{first} und %n weitere</numerusform>
            <numerusform>{first} und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter: words, {keys}</source>
        <translation>Filter: Wörter, {keys}</translation>
    </message>
    <message>
        <source>Filter: words</source>
        <translation>Filter: Wörter</translation>
    </message>
    <message>
        <source>Ctrl+F; Escape empties the line</source>
        <translation>Strg+F; Esc leert die Zeile</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Nothing fits this filter.</source>
        <translation>Zu diesem Filter passt nichts.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>See a sample bank with two years of history.</source>
        <translation>Eine Beispielbank mit zwei Jahren Geschichte ansehen.</translation>
    </message>
    <message>
        <source>Begin an inventory in an encrypted file of your own.</source>
        <translation>Ein Modellinventar in einer eigenen, verschlüsselten Datei beginnen.</translation>
    </message>
    <message>
        <source>Open a workspace file that is already there.</source>
        <translation>Eine vorhandene Arbeitsbereichsdatei öffnen.</translation>
    </message>
    <message>
        <source>Join colleagues on a PostgreSQL server.</source>
        <translation>Mit anderen auf einem PostgreSQL-Server arbeiten.</translation>
    </message>
    <message>
        <source>Which workspace?</source>
        <translation>Welcher Arbeitsbereich?</translation>
    </message>
    <message>
        <source>A workspace holds the model inventory and its tamper-evident ledger.</source>
        <translation>Ein Arbeitsbereich enthält das Modellinventar und sein fälschungserkennendes Journal.</translation>
    </message>
    <message>
        <source>Recently open</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Where: {place}</source>
        <translation>Stelle: {place}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Put this message away</source>
        <translation>Meldung ausblenden</translation>
    </message>
    <message>
        <source>Close the detail</source>
        <translation>Einzelansicht schließen</translation>
    </message>
    <message>
        <source>Parts of the detail</source>
        <translation>Teile der Einzelansicht</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Weitere Aktionen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Please give a reason; it stays on record.</source>
        <translation>Bitte geben Sie einen Grund an; er bleibt dokumentiert.</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Signieren</translation>
    </message>
    <message>
        <source>Changed since it was asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{id} {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Digest of what it covers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May still sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody. Enrol another person, or withdraw the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}, before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A signature covers exactly these values. If one of them changes, it no longer holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has decided yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ledger seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In place of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} – due {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} – due {day} ({left})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} events, root {root}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused by a rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Diese Angabe wird gebraucht.</translation>
    </message>
    <message>
        <source>Unlock the workspace</source>
        <translation>Arbeitsbereich entsperren</translation>
    </message>
    <message>
        <source>Passphrase of the workspace</source>
        <translation>Passphrase des Arbeitsbereichs</translation>
    </message>
    <message>
        <source>Join a team</source>
        <translation>Team beitreten</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Password of the database</source>
        <translation>Kennwort der Datenbank</translation>
    </message>
    <message>
        <source>Used for this connection only.</source>
        <translation>Nur für diese Verbindung, wird nicht gespeichert.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>As your administrator enrolled you.</source>
        <translation>So, wie die Administration Sie eingetragen hat.</translation>
    </message>
    <message>
        <source>You become its first administrator and risk manager.</source>
        <translation>Sie übernehmen darin zunächst Administration und Modellrisikomanagement.</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>Neuer Arbeitsbereich</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Name of the institution</source>
        <translation>Name des Instituts</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Passphrase of your key</source>
        <translation>Passphrase Ihres Schlüssels</translation>
    </message>
    <message>
        <source>You sign with it; nobody can reset it.</source>
        <translation>Sie signieren damit; niemand kann sie zurücksetzen.</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>Passphrase wiederholen</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>Die beiden Passphrasen stimmen nicht überein.</translation>
    </message>
    <message>
        <source>No keyring was found here, so this passphrase guards the file.</source>
        <translation>Hier gibt es keinen Schlüsselbund; diese Passphrase schützt die Datei.</translation>
    </message>
    <message>
        <source>What I declare</source>
        <translation>Ich erkläre</translation>
    </message>
    <message>
        <source>Please choose what you declare.</source>
        <translation>Bitte wählen Sie, was Sie erklären.</translation>
    </message>
    <message>
        <source>This decision needs a reason.</source>
        <translation>Diese Entscheidung braucht eine Begründung.</translation>
    </message>
    <message>
        <source>Your signature needs the passphrase.</source>
        <translation>Für Ihre Signatur wird die Passphrase benötigt.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Preview of the document</source>
        <translation>Vorschau des Dokuments</translation>
    </message>
    <message>
        <source>“{name}” stopped because of a mistake in this program.</source>
        <translation>„{name}“ wurde durch einen Fehler in diesem Programm abgebrochen.</translation>
    </message>
    <message>
        <source>Nothing half done was kept. Please send us the details.</source>
        <translation>Halb Fertiges wurde nicht gespeichert. Bitte senden Sie uns die Einzelheiten.</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>{workspace} – MLOps Desktop</source>
        <translation>{workspace} – MLOps Desktop</translation>
    </message>
    <message>
        <source>Find or do…</source>
        <translation>Suchen oder tun …</translation>
    </message>
    <message>
        <source>Open the menu</source>
        <translation>Menü öffnen</translation>
    </message>
    <message>
        <source>Go into the page</source>
        <translation>In die Seite wechseln</translation>
    </message>
    <message>
        <source>Filter the list</source>
        <translation>Liste filtern</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>New workspace…</source>
        <translation>Neuer Arbeitsbereich …</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>Join a team…</source>
        <translation>Team beitreten …</translation>
    </message>
    <message>
        <source>Close the workspace</source>
        <translation>Arbeitsbereich schließen</translation>
    </message>
    <message>
        <source>Colours as the system</source>
        <translation>Farben wie das System</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Helle Farben</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Dunkle Farben</translation>
    </message>
    <message>
        <source>The sample bank opens in a window of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Building the sample bank</source>
        <translation>Beispielbank wird aufgebaut</translation>
    </message>
    <message>
        <source>Making the workspace</source>
        <translation>Arbeitsbereich wird angelegt</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>Arbeitsbereich öffnen</translation>
    </message>
    <message>
        <source>Joining the team</source>
        <translation>Beitritt zum Team</translation>
    </message>
    <message>
        <source>Opening {place}</source>
        <translation>{place} wird geöffnet</translation>
    </message>
    <message>
        <source>Closing the workspace</source>
        <translation>Arbeitsbereich wird geschlossen</translation>
    </message>
    <message>
        <source>Nobody has asked for an approval yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What must be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Condition {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Condition {number}: due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove condition {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please write at least one condition.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please write a day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it covers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{id} · version {version} · {environment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A covered field was changed, so this no longer holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed since: {fields}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You cannot decide this: {rule}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ({role})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May version {version} of {model} go to {environment}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve version {version} of {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve version {version} of {model} with conditions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject version {version} of {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abstain about version {version} of {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only for an interim approval.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your decision is signed and recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke the approval of version {version} of {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The approval is revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request approval…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export a dossier…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submit for validation…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send back to development…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suspend…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reactivate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retire…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take into the inventory…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match to a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not take in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is here yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tier {tier}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>review {due}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the same as another model, which took it over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submit {model} for validation?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submit for validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation is told that it can begin. What runs in production keeps running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{id} is in validation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send {model} back to development?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation ends without a result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{id} is in development again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suspend {model}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model must not be used until it is reactivated. Where it runs is not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{id} is suspended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retire {model}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retire</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record with its whole history stays and can be shown at any time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{id} is retired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reactivate {model}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reactivate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model goes back to development and needs an approval before it is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needed; it stays on record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replaced by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Effective from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today unless you say otherwise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not take {model} into the inventory?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The decision stays on record and can be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not take in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Because it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{id} was not taken in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which model is {model}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model takes over the candidate&apos;s entry and versions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{id} was matched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needed; everything else can be added later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Separated by commas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody who is enrolled here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please write a day, such as {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registering a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The change is recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changing a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taking a candidate in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take {model} into the inventory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is in the inventory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading who is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting the models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scope} {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request approval of {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signers read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please name an environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding who may sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Nobody could decide this: %n approval(s) needed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>May sign: {people}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody may sign.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enrol another person who is neither owner, developer nor yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n approval(s) needed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Requesting an approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The approval is requested.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen deployment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No version of this model has ever been in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How this is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show older events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} emptied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metric over versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not measured: no version of this model has a metric.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not measured in version {versions}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No source lists this model; it was registered by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{a} / {b}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>renamed at the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gone at the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has asked for an approval of this model yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No version of this model is on record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No training run is on record for this version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source names none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} or {iso}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
