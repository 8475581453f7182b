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
        <source>Comment</source>
        <translation>Kommentar</translation>
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
</context>
</TS>
