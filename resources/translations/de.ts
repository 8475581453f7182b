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
        <source>A past day is shown; nothing can be changed in it.</source>
        <translation>Ein vergangener Tag wird gezeigt; an ihm lässt sich nichts ändern.</translation>
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
        <source>Yesterday</source>
        <translation>Gestern</translation>
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
        <source>Show</source>
        <translation>Zeigen</translation>
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
        <source>{title}  – {page}</source>
        <translation>{title}  – {page}</translation>
    </message>
    <message>
        <source>A number or part of a name</source>
        <translation>Nummer oder Teil eines Namens</translation>
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
        <source>Work is still running</source>
        <translation>Es wird noch gearbeitet</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Anhalten und beenden</translation>
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
        <translation>Seit dem Antrag geändert</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>{id} {name}</source>
        <translation>{id} {name}</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Digest of what it covers</source>
        <translation>Prüfsumme des Umfangs</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Zurückgezogen</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Am</translation>
    </message>
    <message>
        <source>Choose an open request first.</source>
        <translation>Wählen Sie zuerst einen offenen Freigabeantrag.</translation>
    </message>
    <message>
        <source>Approve…</source>
        <translation>Freigeben …</translation>
    </message>
    <message>
        <source>Approve with conditions…</source>
        <translation>Mit Auflagen freigeben …</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>Ablehnen …</translation>
    </message>
    <message>
        <source>Abstain…</source>
        <translation>Enthalten …</translation>
    </message>
    <message>
        <source>Revoke the approval…</source>
        <translation>Freigabe widerrufen …</translation>
    </message>
    <message>
        <source>Choose a request that was approved first.</source>
        <translation>Wählen Sie zuerst einen Antrag, der freigegeben wurde.</translation>
    </message>
    <message>
        <source>Withdraw the request…</source>
        <translation>Antrag zurückziehen …</translation>
    </message>
    <message>
        <source>Choose an open request of your own first.</source>
        <translation>Wählen Sie zuerst einen offenen Antrag, den Sie selbst gestellt haben.</translation>
    </message>
    <message>
        <source>Go to the model</source>
        <translation>Zum Modell gehen</translation>
    </message>
    <message>
        <source>Choose a request first.</source>
        <translation>Wählen Sie zuerst einen Freigabeantrag.</translation>
    </message>
    <message>
        <source>Withdraw request {id}?</source>
        <translation>Antrag {id} zurückziehen?</translation>
    </message>
    <message>
        <source>Decisions made so far stay on record. A new request can be made at any time.</source>
        <translation>Bisherige Entscheidungen bleiben erfasst. Ein neuer Antrag kann jederzeit gestellt werden.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>The request is withdrawn.</source>
        <translation>Der Antrag ist zurückgezogen.</translation>
    </message>
    <message>
        <source>{field}, before</source>
        <translation>{field}, vorher</translation>
    </message>
    <message>
        <source>{field}, now</source>
        <translation>{field}, jetzt</translation>
    </message>
    <message>
        <source>A signature covers exactly these values; if one changes, it no longer holds.</source>
        <translation>Eine Signatur umfasst genau diese Werte; ändert sich einer, ist sie hinfällig.</translation>
    </message>
    <message>
        <source>Nobody has decided yet.</source>
        <translation>Noch hat niemand entschieden.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Declared</source>
        <translation>Erklärt</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Ledger seen</source>
        <translation>Gesehenes Journal</translation>
    </message>
    <message>
        <source>In place of</source>
        <translation>In Vertretung für</translation>
    </message>
    <message>
        <source>{text} – due {day}</source>
        <translation>{text} – fällig am {day}</translation>
    </message>
    <message>
        <source>{text} – due {day} ({left})</source>
        <translation>{text} – fällig am {day} ({left})</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>{number} events, root {root}</source>
        <translation>{number} Ereignisse, Wurzel {root}</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>refused by a rule</source>
        <translation>durch eine Regel abgewiesen</translation>
    </message>
    <message>
        <source>Secret of {source}</source>
        <translation>Geheimnis von {source}</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>It takes the place of the one before, which is shown nowhere.</source>
        <translation>Es tritt an die Stelle des bisherigen, das nirgends angezeigt wird.</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>Kennwort oder Token</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Diese Angabe wird gebraucht.</translation>
    </message>
    <message>
        <source>Replacing the secret of {source}</source>
        <translation>Das Geheimnis von {source} wird ersetzt</translation>
    </message>
    <message>
        <source>The secret of {source} is replaced.</source>
        <translation>Das Geheimnis von {source} ist ersetzt.</translation>
    </message>
    <message>
        <source>Remove the source {source}?</source>
        <translation>Die Quelle {source} entfernen?</translation>
    </message>
    <message>
        <source>It is not read any more and its secret is forgotten. Everything it told stays on record.</source>
        <translation>Sie wird nicht mehr gelesen, und ihr Geheimnis wird vergessen. Alles, was sie mitgeteilt hat, bleibt verzeichnet.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>They are gone</source>
        <translation>Sie sind entfallen</translation>
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
        <source>Connect a source</source>
        <translation>Quelle verbinden</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Sources are only ever read. Nothing is written to them.</source>
        <translation>Quellen werden immer nur gelesen. In sie wird nichts geschrieben.</translation>
    </message>
    <message>
        <source>Asking the source…</source>
        <translation>Die Quelle wird gefragt …</translation>
    </message>
    <message>
        <source>Connecting {source}</source>
        <translation>{source} wird verbunden</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Short; everything read from here refers to it.</source>
        <translation>Kurz; alles von hier Gelesene beruft sich darauf.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>Kept in this computer&apos;s keyring, never in the ledger.</source>
        <translation>Liegt im Schlüsselbund dieses Rechners, nie im Journal.</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA-Datei</translation>
    </message>
    <message>
        <source>Your own certificate authority, as PEM; may stay empty.</source>
        <translation>Ihre eigene Zertifizierungsstelle als PEM; darf leer bleiben.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Empty: as the system says. Otherwise http://host:port.</source>
        <translation>Leer: wie das System vorgibt. Sonst http://host:port.</translation>
    </message>
    <message>
        <source>What the test found</source>
        <translation>Was der Test ergab</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Choose the certificate authority</source>
        <translation>Zertifizierungsstelle wählen</translation>
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
        <source>Choose: {what}</source>
        <translation>Wählen: {what}</translation>
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
        <source>{name} is made: {place}</source>
        <translation>{name} ist angelegt: {place}</translation>
    </message>
    <message>
        <source>{name} is made: {place}. It opens with the passphrase of the workspace.</source>
        <translation>{name} ist angelegt: {place}. Geöffnet wird mit der Passphrase des Arbeitsbereichs.</translation>
    </message>
    <message>
        <source>Passphrase of the workspace again</source>
        <translation>Passphrase des Arbeitsbereichs, noch einmal</translation>
    </message>
    <message>
        <source>It opens the file here and is asked for at every start; nobody can reset it.</source>
        <translation>Sie öffnet die Datei auf diesem Rechner und wird bei jedem Start verlangt; niemand kann sie zurücksetzen.</translation>
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
        <source>Your passphrase stands in the comment, which everybody can read.</source>
        <translation>Ihre Passphrase steht im Kommentar, den alle lesen können.</translation>
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
        <source>Open again…</source>
        <translation>Wieder öffnen …</translation>
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
        <translation>Die Beispielbank öffnet sich in einem eigenen Fenster.</translation>
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
        <translation>Noch hat niemand eine Freigabe beantragt.</translation>
    </message>
    <message>
        <source>What must be done</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Condition {number}</source>
        <translation>Auflage {number}</translation>
    </message>
    <message>
        <source>Please write at least one condition.</source>
        <translation>Bitte nennen Sie mindestens eine Auflage.</translation>
    </message>
    <message>
        <source>Please write a day.</source>
        <translation>Bitte geben Sie einen Tag an.</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Antrag</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>What it covers</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Reading the request</source>
        <translation>Antrag wird gelesen</translation>
    </message>
    <message>
        <source>{id} · version {version} · {environment}</source>
        <translation>{id} · Version {version} · {environment}</translation>
    </message>
    <message>
        <source>A covered field was changed, so this no longer holds.</source>
        <translation>Eine umfasste Angabe wurde geändert, deshalb ist dies hinfällig.</translation>
    </message>
    <message>
        <source>Changed since: {fields}.</source>
        <translation>Seither geändert: {fields}.</translation>
    </message>
    <message>
        <source>You cannot decide this: {rule}</source>
        <translation>Sie können hierüber nicht entscheiden: {rule}</translation>
    </message>
    <message>
        <source>waiting for you</source>
        <translation>wartet auf Sie</translation>
    </message>
    <message>
        <source>{name} ({role})</source>
        <translation>{name} ({role})</translation>
    </message>
    <message>
        <source>May version {version} of {model} go to {environment}?</source>
        <translation>Darf Version {version} von {model} in die Umgebung {environment}?</translation>
    </message>
    <message>
        <source>Approve version {version} of {model}</source>
        <translation>Version {version} von {model} freigeben</translation>
    </message>
    <message>
        <source>Approve version {version} of {model} with conditions</source>
        <translation>Version {version} von {model} mit Auflagen freigeben</translation>
    </message>
    <message>
        <source>Reject version {version} of {model}</source>
        <translation>Version {version} von {model} ablehnen</translation>
    </message>
    <message>
        <source>Abstain on version {version} of {model}</source>
        <translation>Sich zu Version {version} von {model} enthalten</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Signieren</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Auflagen</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Only for an interim approval.</source>
        <translation>Nur bei befristeter Freigabe.</translation>
    </message>
    <message>
        <source>Your decision is signed and recorded.</source>
        <translation>Ihre Entscheidung ist signiert und erfasst.</translation>
    </message>
    <message>
        <source>Revoke the approval of version {version} of {model}</source>
        <translation>Freigabe von Version {version} von {model} widerrufen</translation>
    </message>
    <message>
        <source>The approval is revoked.</source>
        <translation>Die Freigabe ist widerrufen.</translation>
    </message>
    <message>
        <source>Register a model…</source>
        <translation>Modell erfassen …</translation>
    </message>
    <message>
        <source>Request approval…</source>
        <translation>Freigabe beantragen …</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>Open a workspace first.</source>
        <translation>Öffnen Sie zuerst einen Arbeitsbereich.</translation>
    </message>
    <message>
        <source>Choose a dossier whose file is here first.</source>
        <translation>Wählen Sie zuerst ein Dossier, dessen Datei hier liegt.</translation>
    </message>
    <message>
        <source>Export a dossier…</source>
        <translation>Dossier ausgeben …</translation>
    </message>
    <message>
        <source>Verify a PDF…</source>
        <translation>PDF prüfen …</translation>
    </message>
    <message>
        <source>Verify again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Find the file…</source>
        <translation>Datei suchen …</translation>
    </message>
    <message>
        <source>Choose a dossier first.</source>
        <translation>Wählen Sie zuerst ein Dossier.</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Trust a certificate too…</source>
        <translation>Auch einem Zertifikat vertrauen …</translation>
    </message>
    <message>
        <source>Trust this workspace&apos;s authority alone</source>
        <translation>Nur dem Wurzelzertifikat dieses Arbeitsbereichs vertrauen</translation>
    </message>
    <message>
        <source>No other certificate is trusted.</source>
        <translation>Es wird keinem weiteren Zertifikat vertraut.</translation>
    </message>
    <message>
        <source>Save the authority&apos;s certificate…</source>
        <translation>Wurzelzertifikat sichern …</translation>
    </message>
    <message>
        <source>Nobody acts in this workspace yet.</source>
        <translation>In diesem Arbeitsbereich handelt noch niemand.</translation>
    </message>
    <message>
        <source>Choose a model of the inventory first.</source>
        <translation>Wählen Sie zuerst ein Modell des Inventars.</translation>
    </message>
    <message>
        <source>Choose a candidate first.</source>
        <translation>Wählen Sie zuerst einen Kandidaten.</translation>
    </message>
    <message>
        <source>Choose a model of the inventory that has a version first.</source>
        <translation>Wählen Sie zuerst ein Modell des Inventars, das eine Version hat.</translation>
    </message>
    <message>
        <source>Record a version…</source>
        <translation>Version erfassen …</translation>
    </message>
    <message>
        <source>Record a deployment…</source>
        <translation>Einsatz erfassen …</translation>
    </message>
    <message>
        <source>End a deployment…</source>
        <translation>Einsatz beenden …</translation>
    </message>
    <message>
        <source>Choose a model with a deployment in use that was recorded by hand.</source>
        <translation>Wählen Sie ein Modell mit einem laufenden Einsatz, der von Hand erfasst wurde.</translation>
    </message>
    <message>
        <source>Submit for validation…</source>
        <translation>Zur Validierung geben …</translation>
    </message>
    <message>
        <source>Only a model in development, or a suspended one, can be submitted for validation.</source>
        <translation>Nur ein Modell in Entwicklung oder ein ausgesetztes kann zur Validierung gegeben werden.</translation>
    </message>
    <message>
        <source>Send back to development…</source>
        <translation>Zurück in die Entwicklung …</translation>
    </message>
    <message>
        <source>Only a model in validation, or a suspended one, can be sent back.</source>
        <translation>Nur ein Modell in Validierung oder ein ausgesetztes kann zurückgegeben werden.</translation>
    </message>
    <message>
        <source>Suspend…</source>
        <translation>Aussetzen …</translation>
    </message>
    <message>
        <source>Only a model that is neither suspended nor retired can be suspended.</source>
        <translation>Nur ein Modell, das weder ausgesetzt noch außer Betrieb ist, kann ausgesetzt werden.</translation>
    </message>
    <message>
        <source>Reactivate…</source>
        <translation>Wieder aufnehmen …</translation>
    </message>
    <message>
        <source>Only a suspended or a retired model can be reactivated.</source>
        <translation>Nur ein ausgesetztes Modell oder eines außer Betrieb kann reaktiviert werden.</translation>
    </message>
    <message>
        <source>Retire…</source>
        <translation>Außer Betrieb nehmen …</translation>
    </message>
    <message>
        <source>Only a model of the inventory that is not retired yet can be retired.</source>
        <translation>Nur ein Modell des Inventars, das noch nicht außer Betrieb ist, kann außer Betrieb genommen werden.</translation>
    </message>
    <message>
        <source>Take into the inventory…</source>
        <translation>Ins Inventar aufnehmen …</translation>
    </message>
    <message>
        <source>Match to a model…</source>
        <translation>Einem Modell zuordnen …</translation>
    </message>
    <message>
        <source>Do not take in…</source>
        <translation>Nicht aufnehmen …</translation>
    </message>
    <message>
        <source>No model is here yet.</source>
        <translation>Hier ist noch kein Modell.</translation>
    </message>
    <message>
        <source>Reading the model</source>
        <translation>Modell wird gelesen</translation>
    </message>
    <message>
        <source>tier {tier}</source>
        <translation>Risikoklasse {tier}</translation>
    </message>
    <message>
        <source>review {due}</source>
        <translation>Validierung {due}</translation>
    </message>
    <message>
        <source>This is the same as {model}, which took it over.</source>
        <translation>Dies ist dasselbe wie {model}, das es übernommen hat.</translation>
    </message>
    <message>
        <source>Submit {model} for validation?</source>
        <translation>{model} zur Validierung geben?</translation>
    </message>
    <message>
        <source>Submit for validation</source>
        <translation>Zur Validierung geben</translation>
    </message>
    <message>
        <source>Validation can begin. What runs in production keeps running.</source>
        <translation>Die Validierung kann beginnen. Was produktiv ist, bleibt produktiv.</translation>
    </message>
    <message>
        <source>{id} is in validation.</source>
        <translation>{id} ist in Validierung.</translation>
    </message>
    <message>
        <source>Send {model} back to development?</source>
        <translation>{model} zurück in die Entwicklung geben?</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>Zurückgeben</translation>
    </message>
    <message>
        <source>Validation ends without a result.</source>
        <translation>Die Validierung endet ohne Ergebnis.</translation>
    </message>
    <message>
        <source>{id} is in development again.</source>
        <translation>{id} ist wieder in Entwicklung.</translation>
    </message>
    <message>
        <source>Suspend {model}?</source>
        <translation>{model} aussetzen?</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>Aussetzen</translation>
    </message>
    <message>
        <source>The model must not be used until it is reactivated. Where it runs is not changed.</source>
        <translation>Das Modell darf nicht verwendet werden, bis es wieder aufgenommen ist. Wo es läuft, ändert sich dadurch nicht.</translation>
    </message>
    <message>
        <source>{id} is suspended.</source>
        <translation>{id} ist ausgesetzt.</translation>
    </message>
    <message>
        <source>Retire {model}?</source>
        <translation>{model} außer Betrieb nehmen?</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>Außer Betrieb nehmen</translation>
    </message>
    <message>
        <source>The record with its whole history stays and can be shown at any time.</source>
        <translation>Der Eintrag bleibt mit seiner ganzen Historie erhalten und kann jederzeit gezeigt werden.</translation>
    </message>
    <message>
        <source>{id} is retired.</source>
        <translation>{id} ist außer Betrieb.</translation>
    </message>
    <message>
        <source>Reactivate {model}?</source>
        <translation>{model} wieder aufnehmen?</translation>
    </message>
    <message>
        <source>Reactivate</source>
        <translation>Wieder aufnehmen</translation>
    </message>
    <message>
        <source>The model goes back to development and needs an approval before it is used.</source>
        <translation>Das Modell geht zurück in die Entwicklung und braucht eine Freigabe, bevor es verwendet wird.</translation>
    </message>
    <message>
        <source>May stay empty; what is written here stays on record.</source>
        <translation>Kann leer bleiben; was hier steht, bleibt im Journal.</translation>
    </message>
    <message>
        <source>Needed; it stays on record.</source>
        <translation>Pflichtangabe; sie bleibt im Journal.</translation>
    </message>
    <message>
        <source>This day lies in the future.</source>
        <translation>Dieser Tag liegt in der Zukunft.</translation>
    </message>
    <message>
        <source>Replaced by</source>
        <translation>Ersetzt durch</translation>
    </message>
    <message>
        <source>Record a version of {model}</source>
        <translation>Version von {model} erfassen</translation>
    </message>
    <message>
        <source>Record</source>
        <comment>verb</comment>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>Needed, for example 3.1.</source>
        <translation>Pflichtangabe, zum Beispiel 3.1.</translation>
    </message>
    <message>
        <source>Where it lies: its address or digest.</source>
        <translation>Wo es liegt: seine Adresse oder Prüfsumme.</translation>
    </message>
    <message>
        <source>Artefact</source>
        <translation>Artefakt</translation>
    </message>
    <message>
        <source>Effective from</source>
        <translation>Gültig ab</translation>
    </message>
    <message>
        <source>The version is recorded.</source>
        <translation>Die Version ist erfasst.</translation>
    </message>
    <message>
        <source>Recording a version</source>
        <translation>Eine Version wird erfasst</translation>
    </message>
    <message>
        <source>Record a deployment of {model}</source>
        <translation>Einsatz von {model} erfassen</translation>
    </message>
    <message>
        <source>Known from</source>
        <translation>Bekannt aus</translation>
    </message>
    <message>
        <source>For example the record of the go-live.</source>
        <translation>Zum Beispiel das Protokoll der Produktivsetzung.</translation>
    </message>
    <message>
        <source>In use since</source>
        <translation>Im Einsatz seit</translation>
    </message>
    <message>
        <source>Recording a deployment</source>
        <translation>Ein Einsatz wird erfasst</translation>
    </message>
    <message>
        <source>The deployment is recorded.</source>
        <translation>Der Einsatz ist erfasst.</translation>
    </message>
    <message>
        <source>End a deployment of {model}</source>
        <translation>Einsatz von {model} beenden</translation>
    </message>
    <message>
        <source>What was recorded by hand is ended by hand; a source ends what it told.</source>
        <translation>Von Hand Erfasstes wird von Hand beendet; eine Quelle beendet selbst, was sie mitgeteilt hat.</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>Einsatz</translation>
    </message>
    <message>
        <source>In use until</source>
        <translation>Im Einsatz bis</translation>
    </message>
    <message>
        <source>Ending a deployment</source>
        <translation>Ein Einsatz wird beendet</translation>
    </message>
    <message>
        <source>The end of the deployment is recorded.</source>
        <translation>Das Ende des Einsatzes ist erfasst.</translation>
    </message>
    <message>
        <source>Today unless you say otherwise.</source>
        <translation>Heute, wenn Sie nichts anderes angeben.</translation>
    </message>
    <message>
        <source>{version} in {environment} as {role}</source>
        <translation>{version} in {environment} als {role}</translation>
    </message>
    <message>
        <source>Do not take {model} into the inventory?</source>
        <translation>{model} nicht ins Inventar aufnehmen?</translation>
    </message>
    <message>
        <source>The decision stays on record and can be taken back.</source>
        <translation>Die Entscheidung bleibt erfasst und kann zurückgenommen werden.</translation>
    </message>
    <message>
        <source>Do not take in</source>
        <translation>Nicht aufnehmen</translation>
    </message>
    <message>
        <source>Because it is</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>{id} was not taken in.</source>
        <translation>{id} wurde nicht aufgenommen.</translation>
    </message>
    <message>
        <source>Which model is {model}?</source>
        <translation>Welches Modell ist {model}?</translation>
    </message>
    <message>
        <source>The model takes over the candidate&apos;s entry and versions.</source>
        <translation>Das Modell übernimmt Eintrag und Versionen des Kandidaten.</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Zuordnen</translation>
    </message>
    <message>
        <source>{id} was matched.</source>
        <translation>{id} wurde zugeordnet.</translation>
    </message>
    <message>
        <source>Somebody who is enrolled here</source>
        <translation>Jemand, der hier eingetragen ist</translation>
    </message>
    <message>
        <source>Needed; everything else can be added later.</source>
        <translation>Pflichtangabe; alles andere kann später folgen.</translation>
    </message>
    <message>
        <source>Separated by commas.</source>
        <translation>Durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>This change</source>
        <translation>Diese Änderung</translation>
    </message>
    <message>
        <source>Please write a day, such as {day}.</source>
        <translation>Bitte geben Sie einen Tag an, etwa {day}.</translation>
    </message>
    <message>
        <source>A model needs a name.</source>
        <translation>Ein Modell braucht einen Namen.</translation>
    </message>
    <message>
        <source>Registering a model</source>
        <translation>Modell wird erfasst</translation>
    </message>
    <message>
        <source>Register a model</source>
        <translation>Modell erfassen</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>The change is recorded.</source>
        <translation>Die Änderung ist erfasst.</translation>
    </message>
    <message>
        <source>Changing a model</source>
        <translation>Modell wird geändert</translation>
    </message>
    <message>
        <source>Edit {model}</source>
        <translation>{model} bearbeiten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Taking a candidate in</source>
        <translation>Kandidat wird aufgenommen</translation>
    </message>
    <message>
        <source>Take {model} into the inventory</source>
        <translation>{model} ins Inventar aufnehmen</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>The model is in the inventory.</source>
        <translation>Das Modell ist im Inventar.</translation>
    </message>
    <message>
        <source>Reading who is here</source>
        <translation>Personen werden gelesen</translation>
    </message>
    <message>
        <source>Acting as</source>
        <translation>Handelnd als</translation>
    </message>
    <message>
        <source>Persons whose keys are on this device; signing asks for the key</source>
        <translation>Personen, deren Schlüssel auf diesem Gerät liegen; beim Signieren wird nach der Passphrase gefragt</translation>
    </message>
    <message>
        <source>You now act as {person}.</source>
        <translation>Sie handeln jetzt als {person}.</translation>
    </message>
    <message>
        <source>Which models</source>
        <translation>Welche Modelle</translation>
    </message>
    <message>
        <source>Counting the models</source>
        <translation>Modelle werden gezählt</translation>
    </message>
    <message>
        <source>Request approval of {model}</source>
        <translation>Freigabe von {model} beantragen</translation>
    </message>
    <message>
        <source>Request approval</source>
        <translation>Freigabe beantragen</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>May go to</source>
        <translation>Freigabe für</translation>
    </message>
    <message>
        <source>The signers read it.</source>
        <translation>Die Signierenden lesen ihn.</translation>
    </message>
    <message>
        <source>Please name an environment.</source>
        <translation>Bitte nennen Sie eine Umgebung.</translation>
    </message>
    <message>
        <source>Finding who may sign</source>
        <translation>Wer signieren darf, wird ermittelt</translation>
    </message>
    <message numerus="yes">
        <source>Nobody could decide this: %n approval(s) needed.</source>
        <translation>
            <numerusform>Niemand könnte hierüber entscheiden: %n Zustimmung ist nötig.</numerusform>
            <numerusform>Niemand könnte hierüber entscheiden: %n Zustimmungen sind nötig.</numerusform>
        </translation>
    </message>
    <message>
        <source>May sign: {people}.</source>
        <translation>Signieren dürfen: {people}.</translation>
    </message>
    <message>
        <source>Nobody may sign.</source>
        <translation>Niemand darf signieren.</translation>
    </message>
    <message>
        <source>Enrol another person who is neither owner, developer nor yourself.</source>
        <translation>Tragen Sie eine weitere Person ein, die das Modell weder verantwortet noch entwickelt und nicht Sie selbst ist.</translation>
    </message>
    <message>
        <source>Requesting an approval</source>
        <translation>Freigabe wird beantragt</translation>
    </message>
    <message>
        <source>The approval is requested.</source>
        <translation>Die Freigabe ist beantragt.</translation>
    </message>
    <message>
        <source>Deployments</source>
        <translation>Einsätze</translation>
    </message>
    <message>
        <source>The chosen deployment</source>
        <translation>Der gewählte Einsatz</translation>
    </message>
    <message>
        <source>No version of this model has ever been in use.</source>
        <translation>Keine Version dieses Modells war je im Einsatz.</translation>
    </message>
    <message>
        <source>How this is known</source>
        <translation>Woher dies bekannt ist</translation>
    </message>
    <message>
        <source>still in use</source>
        <translation>noch im Einsatz</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historie</translation>
    </message>
    <message>
        <source>Show older events</source>
        <translation>Ältere Ereignisse zeigen</translation>
    </message>
    <message>
        <source>Reading the history</source>
        <translation>Historie wird gelesen</translation>
    </message>
    <message>
        <source>{field} emptied</source>
        <translation>{field} geleert</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>Metric over versions</source>
        <translation>Kennzahl über die Versionen</translation>
    </message>
    <message>
        <source>Not measured: no version of this model has a metric.</source>
        <translation>Nicht gemessen: Keine Version dieses Modells hat eine Kennzahl.</translation>
    </message>
    <message>
        <source>Copy the data</source>
        <translation>Daten kopieren</translation>
    </message>
    <message>
        <source>Not measured in version {versions}.</source>
        <translation>Nicht gemessen in Version {versions}.</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>No source lists this model; it was registered by hand.</source>
        <translation>Keine Quelle führt dieses Modell; es wurde von Hand erfasst.</translation>
    </message>
    <message>
        <source>{a} / {b}</source>
        <translation>{a} / {b}</translation>
    </message>
    <message>
        <source>renamed at the source</source>
        <translation>in der Quelle umbenannt</translation>
    </message>
    <message>
        <source>gone at the source</source>
        <translation>in der Quelle nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>listed</source>
        <translation>geführt</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Freigaben</translation>
    </message>
    <message>
        <source>Open the request</source>
        <translation>Antrag öffnen</translation>
    </message>
    <message>
        <source>Nobody has asked for an approval of this model yet.</source>
        <translation>Für dieses Modell hat noch niemand eine Freigabe beantragt.</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>The chosen version</source>
        <translation>Die gewählte Version</translation>
    </message>
    <message>
        <source>No version of this model is on record.</source>
        <translation>Von diesem Modell ist keine Version erfasst.</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>No training run is on record for this version.</source>
        <translation>Zu dieser Version ist kein Trainingslauf erfasst.</translation>
    </message>
    <message>
        <source>The source names none.</source>
        <translation>Die Quelle nennt keine.</translation>
    </message>
    <message>
        <source>{number} rows</source>
        <translation>{number} Zeilen</translation>
    </message>
    <message>
        <source>e.g. {day} or {iso}</source>
        <translation>z. B. {day} oder {iso}</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>%n weitere zeigen</numerusform>
            <numerusform>%n weitere zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}: {value}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>Nichts wartet auf Sie.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) wait for you.</source>
        <translation>
            <numerusform>%Ln Antrag wartet auf Sie.</numerusform>
            <numerusform>%Ln Anträge warten auf Sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>Welche Anträge</translation>
    </message>
    <message>
        <source>Counting what waits</source>
        <translation>Wartendes wird gezählt</translation>
    </message>
    <message>
        <source>The ledger is being verified.</source>
        <translation>Das Journal wird gerade geprüft.</translation>
    </message>
    <message>
        <source>Choose an event first.</source>
        <translation>Wählen Sie zuerst ein Ereignis.</translation>
    </message>
    <message>
        <source>Verify the ledger</source>
        <translation>Journal prüfen</translation>
    </message>
    <message>
        <source>Stop verifying</source>
        <translation>Prüfung anhalten</translation>
    </message>
    <message>
        <source>The ledger is not being verified.</source>
        <translation>Das Journal wird gerade nicht geprüft.</translation>
    </message>
    <message>
        <source>Show the checks</source>
        <translation>Prüfungen zeigen</translation>
    </message>
    <message>
        <source>The ledger was not verified in this window yet.</source>
        <translation>Das Journal wurde in diesem Fenster noch nicht geprüft.</translation>
    </message>
    <message>
        <source>Show the first bad event</source>
        <translation>Erstes fehlerhaftes Ereignis zeigen</translation>
    </message>
    <message>
        <source>No verification has named a bad event.</source>
        <translation>Keine Prüfung hat ein fehlerhaftes Ereignis genannt.</translation>
    </message>
    <message>
        <source>Save the proof…</source>
        <translation>Beleg sichern …</translation>
    </message>
    <message>
        <source>Copy the proof</source>
        <translation>Beleg kopieren</translation>
    </message>
    <message>
        <source>Copy the leaf hash</source>
        <translation>Blatt-Prüfsumme kopieren</translation>
    </message>
    <message>
        <source>Save the signed head…</source>
        <translation>Signierten Stand sichern …</translation>
    </message>
    <message>
        <source>{number}. {title}</source>
        <translation>{number}. {title}</translation>
    </message>
    <message>
        <source>The ledger has no event yet.</source>
        <translation>Das Journal hat noch kein Ereignis.</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Save the proof</source>
        <translation>Beleg sichern</translation>
    </message>
    <message>
        <source>The leaf hash is copied.</source>
        <translation>Die Blatt-Prüfsumme ist kopiert.</translation>
    </message>
    <message>
        <source>The proof is copied.</source>
        <translation>Der Beleg ist kopiert.</translation>
    </message>
    <message>
        <source>Making the proof</source>
        <translation>Der Beleg wird erstellt</translation>
    </message>
    <message>
        <source>Save the signed head</source>
        <translation>Signierten Stand sichern</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>Gesichert: {name}</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Verifying the ledger</source>
        <translation>Das Journal wird geprüft</translation>
    </message>
    <message>
        <source>Reading the ledger</source>
        <translation>Das Journal wird gelesen</translation>
    </message>
    <message>
        <source>On record</source>
        <translation>Verzeichnet</translation>
    </message>
    <message>
        <source>Pages and checks</source>
        <translation>Seiten und Prüfungen</translation>
    </message>
    <message>
        <source>No dossier has left this workspace yet.</source>
        <translation>Noch kein Dossier hat diesen Arbeitsbereich verlassen.</translation>
    </message>
    <message>
        <source>Export a dossier</source>
        <translation>Dossier ausgeben</translation>
    </message>
    <message>
        <source>Language of the dossier</source>
        <translation>Sprache des Dossiers</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Empty: now. A day shows what was known by its end.</source>
        <translation>Leer: jetzt. Ein Tag zeigt, was an seinem Ende bekannt war.</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Vertraulichkeit</translation>
    </message>
    <message>
        <source>Please name a model.</source>
        <translation>Bitte nennen Sie ein Modell.</translation>
    </message>
    <message>
        <source>This day has not come yet.</source>
        <translation>Dieser Tag ist noch nicht gekommen.</translation>
    </message>
    <message>
        <source>Please name a file.</source>
        <translation>Bitte nennen Sie eine Datei.</translation>
    </message>
    <message>
        <source>Where to save the dossier</source>
        <translation>Wohin das Dossier gesichert wird</translation>
    </message>
    <message>
        <source>Choose a PDF to verify</source>
        <translation>PDF zum Prüfen wählen</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf)</source>
        <translation>PDF-Dokumente (*.pdf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Where is the file of this dossier?</source>
        <translation>Wo liegt die Datei dieses Dossiers?</translation>
    </message>
    <message>
        <source>Choose certificates to trust</source>
        <translation>Zertifikate wählen, denen vertraut wird</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Zertifikate (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>Save the authority&apos;s certificate</source>
        <translation>Wurzelzertifikat sichern</translation>
    </message>
    <message>
        <source>Reading who seals</source>
        <translation>Es wird gelesen, wer siegelt</translation>
    </message>
    <message>
        <source>Exported: {name}</source>
        <translation>Ausgegeben: {name}</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>What the signature says</source>
        <translation>Was die Signatur aussagt</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Smaller: Ctrl+−</source>
        <translation>Kleiner: Strg+−</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Larger: Ctrl++</source>
        <translation>Größer: Strg++</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>Seite {number} von {count}</translation>
    </message>
    <message>
        <source>Seal the dossier</source>
        <translation>Dossier siegeln</translation>
    </message>
    <message>
        <source>Exporting the dossier of {model}</source>
        <translation>Dossier von {model} wird ausgegeben</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Sealed by</source>
        <translation>Gesiegelt von</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Verifying the dossier</source>
        <translation>Das Dossier wird geprüft</translation>
    </message>
    <message>
        <source>Connect a source…</source>
        <translation>Quelle verbinden …</translation>
    </message>
    <message>
        <source>Synchronise</source>
        <translation>Synchronisieren</translation>
    </message>
    <message>
        <source>Synchronise all</source>
        <translation>Alle synchronisieren</translation>
    </message>
    <message>
        <source>Confirm that they are gone…</source>
        <translation>Bestätigen, dass sie entfallen sind …</translation>
    </message>
    <message>
        <source>Choose a source whose last reading waits for a confirmation.</source>
        <translation>Wählen Sie eine Quelle, deren letzter Lesevorgang auf eine Bestätigung wartet.</translation>
    </message>
    <message>
        <source>Remove the source…</source>
        <translation>Quelle entfernen …</translation>
    </message>
    <message>
        <source>Edit the connection…</source>
        <translation>Verbindung bearbeiten …</translation>
    </message>
    <message>
        <source>Connect a source first.</source>
        <translation>Verbinden Sie zuerst eine Quelle.</translation>
    </message>
    <message>
        <source>Choose a source first.</source>
        <translation>Wählen Sie zuerst eine Quelle.</translation>
    </message>
    <message>
        <source>Choose a source that is not being read.</source>
        <translation>Wählen Sie eine Quelle, die gerade nicht gelesen wird.</translation>
    </message>
    <message>
        <source>The source chosen is not being read.</source>
        <translation>Die gewählte Quelle wird gerade nicht gelesen.</translation>
    </message>
    <message>
        <source>Replace the secret…</source>
        <translation>Geheimnis ersetzen …</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Lesen anhalten</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Show the candidates</source>
        <translation>Kandidaten zeigen</translation>
    </message>
    <message>
        <source>No source is connected yet.</source>
        <translation>Noch keine Quelle ist verbunden.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Last reading</source>
        <translation>Letzte Synchronisation</translation>
    </message>
    <message>
        <source>Reading the sources</source>
        <translation>Quellen werden gelesen</translation>
    </message>
    <message>
        <source>{source} is removed.</source>
        <translation>{source} ist entfernt.</translation>
    </message>
    <message>
        <source>Removing {source}</source>
        <translation>{source} wird entfernt</translation>
    </message>
    <message>
        <source>No candidate waits for a decision.</source>
        <translation>Kein Kandidat wartet auf eine Entscheidung.</translation>
    </message>
    <message>
        <source>The secret of {source} is used until this window closes.</source>
        <translation>Das Geheimnis von {source} wird verwendet, bis dieses Fenster schließt.</translation>
    </message>
    <message>
        <source>This computer has no keyring that could keep it.</source>
        <translation>Dieser Rechner hat keinen Schlüsselbund, der es aufbewahren könnte.</translation>
    </message>
    <message>
        <source>The connection of {source} is changed.</source>
        <translation>Die Verbindung zu {source} ist geändert.</translation>
    </message>
    <message>
        <source>{source} is connected.</source>
        <translation>{source} ist verbunden.</translation>
    </message>
    <message>
        <source>Reading {source} was stopped. Nothing was recorded.</source>
        <translation>Das Lesen von {source} wurde angehalten. Nichts wurde verzeichnet.</translation>
    </message>
    <message>
        <source>Testing {source}</source>
        <translation>{source} wird getestet</translation>
    </message>
    <message>
        <source>Reading {source}</source>
        <translation>{source} wird gelesen</translation>
    </message>
    <message>
        <source>Recording what {source} told</source>
        <translation>Was {source} mitteilt, wird verzeichnet</translation>
    </message>
    <message>
        <source>Edit {source}</source>
        <translation>{source} bearbeiten</translation>
    </message>
    <message>
        <source>For another server or user the secret is forgotten unless you enter it again.</source>
        <translation>Für einen anderen Server oder Benutzer wird das Geheimnis vergessen, wenn Sie es nicht erneut eingeben.</translation>
    </message>
    <message>
        <source>Empty: as before</source>
        <translation>Leer: wie bisher</translation>
    </message>
    <message>
        <source>This cannot be done now.</source>
        <translation>Das ist jetzt nicht möglich.</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
</context>
</TS>
