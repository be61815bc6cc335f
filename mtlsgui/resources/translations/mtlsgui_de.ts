<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>A certificate manager and a workbench for mutual TLS.</source>
        <translation>Zertifikatsverwaltung und Werkbank für gegenseitiges TLS.</translation>
    </message>
    <message>
        <source>About mtlsgui</source>
        <translation>Über mtlsgui</translation>
    </message>
    <message>
        <source>not chosen yet</source>
        <translation>noch nicht gewählt</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Keys held in</source>
        <translation>Schlüssel gehalten in</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>the versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>AddressesDialog</name>
    <message>
        <source>CRL and OCSP addresses</source>
        <translation>CRL- und OCSP-Adressen</translation>
    </message>
    <message>
        <source>Put into what {} issues from now on. Several are separated by spaces.</source>
        <translation>Stehen in allem, was {} ab jetzt ausstellt. Mehrere werden durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>&amp;Revocation list (CRL)</source>
        <translation>Sperr&amp;liste (CRL)</translation>
    </message>
    <message>
        <source>&amp;OCSP responder</source>
        <translation>&amp;OCSP-Responder</translation>
    </message>
    <message>
        <source>Its own &amp;certificate</source>
        <translation>Eigenes Zertifi&amp;kat</translation>
    </message>
    <message>
        <source>Saving addresses</source>
        <translation>Adressen werden gespeichert</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>The&amp;me</source>
        <translation>Farbs&amp;chema</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Wirkt ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>Asn1</name>
    <message>
        <source>more</source>
        <translation>weitere</translation>
    </message>
    <message>
        <source>{}, holds</source>
        <translation>{}, enthält</translation>
    </message>
    <message>
        <source>Broken: {}</source>
        <translation>Beschädigt: {}</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>Asn1Page</name>
    <message>
        <source>Bytes of the value</source>
        <translation>Bytes des Werts</translation>
    </message>
    <message>
        <source>the bytes as hex</source>
        <translation>die Bytes hexadezimal</translation>
    </message>
    <message>
        <source>Copy as hex</source>
        <translation>Hexadezimal kopieren</translation>
    </message>
    <message>
        <source>Save as DER…</source>
        <translation>Als DER speichern…</translation>
    </message>
    <message>
        <source>Taking ASN.1 apart</source>
        <translation>ASN.1 wird zerlegt</translation>
    </message>
    <message>
        <source>At byte {start}: {header} + {length} bytes</source>
        <translation>Ab Byte {start}: {header} + {length} Bytes</translation>
    </message>
    <message>
        <source>of indefinite length</source>
        <translation>von unbestimmter Länge</translation>
    </message>
    <message>
        <source>… and {} bytes more</source>
        <translation>… und {} weitere Bytes</translation>
    </message>
    <message>
        <source>Save as DER</source>
        <translation>Als DER speichern</translation>
    </message>
</context>
<context>
    <name>Asn1Tree</name>
    <message>
        <source>ASN.1 values</source>
        <translation>ASN.1-Werte</translation>
    </message>
</context>
<context>
    <name>AttentionCard</name>
    <message>
        <source>Everything is in order</source>
        <translation>Alles ist in Ordnung</translation>
    </message>
    <message>
        <source>The next to expire is {}, {}.</source>
        <translation>Als Nächstes läuft {} ab, {}.</translation>
    </message>
</context>
<context>
    <name>AttentionRow</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show {}</source>
        <translation>{} zeigen</translation>
    </message>
</context>
<context>
    <name>Authorities</name>
    <message>
        <source>Colour label</source>
        <translation>Farbmarkierung</translation>
    </message>
    <message>
        <source>Setting a colour label</source>
        <translation>Farbmarkierung wird gesetzt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Renew soon</source>
        <translation>Bald erneuern</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>No key held</source>
        <translation>Kein Schlüssel</translation>
    </message>
    <message>
        <source>Issuer missing</source>
        <translation>Aussteller fehlt</translation>
    </message>
    <message>
        <source>Not yet valid</source>
        <translation>Noch nicht gültig</translation>
    </message>
    <message>
        <source>Revoked on {}.</source>
        <translation>Gesperrt am {}.</translation>
    </message>
    <message>
        <source>Its validity ended on {}.</source>
        <translation>Die Gültigkeit endete am {}.</translation>
    </message>
    <message>
        <source>Its validity begins on {}.</source>
        <translation>Die Gültigkeit beginnt am {}.</translation>
    </message>
    <message>
        <source>Its validity ends on {}: renew it before.</source>
        <translation>Die Gültigkeit endet am {}: erneuern Sie es vorher.</translation>
    </message>
    <message>
        <source>The certificate of its issuer, {}, is not here.</source>
        <translation>Das Zertifikat des Ausstellers {} ist nicht hier.</translation>
    </message>
    <message>
        <source>Its private key is not held here, so it cannot issue.</source>
        <translation>Der private Schlüssel ist nicht hier, daher kann nichts ausgestellt werden.</translation>
    </message>
    <message>
        <source>Valid until {}.</source>
        <translation>Gültig bis {}.</translation>
    </message>
    <message>
        <source>Root CA</source>
        <translation>Root-CA</translation>
    </message>
    <message>
        <source>CA</source>
        <translation>CA</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Peer</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
</context>
<context>
    <name>AuthoritiesModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
</context>
<context>
    <name>AuthoritiesPage</name>
    <message>
        <source>Search names, serials, fingerprints</source>
        <translation>Namen, Seriennummern, Fingerabdrücke suchen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Renew soon</source>
        <translation>Bald erneuern</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Authorities</source>
        <translation>Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Kein Treffer</translation>
    </message>
    <message>
        <source>No certificate matches the search and the filters.</source>
        <translation>Kein Zertifikat passt zur Suche und zu den Filtern.</translation>
    </message>
    <message>
        <source>Make your first authority</source>
        <translation>Ihre erste Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>An authority issues certificates for your servers and clients. You can also import one that exists, or drop any certificate file here to look inside.</source>
        <translation>Eine Zertifizierungsstelle (CA) stellt Zertifikate für Ihre Server und Clients aus. Sie können auch eine vorhandene importieren oder eine Zertifikatsdatei hier ablegen, um hineinzusehen.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Counting certificates</source>
        <translation>Zertifikate werden gezählt</translation>
    </message>
</context>
<context>
    <name>AuthoritiesTree</name>
    <message>
        <source>Authorities and certificates</source>
        <translation>Zertifizierungsstellen und Zertifikate</translation>
    </message>
</context>
<context>
    <name>AuthorityKeyPage</name>
    <message>
        <source>Valid for</source>
        <translation>Gültig für</translation>
    </message>
    <message>
        <source>&amp;Valid for</source>
        <translation>&amp;Gültig für</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>The private key will be {}.</source>
        <translation>Der private Schlüssel wird {}.</translation>
    </message>
    <message>
        <source>Until {}.</source>
        <translation>Bis {}.</translation>
    </message>
</context>
<context>
    <name>AuthorityWizard</name>
    <message>
        <source>This is the authority as it will be made.</source>
        <translation>So wird die Zertifizierungsstelle erzeugt.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Key and validity</source>
        <translation>Schlüssel und Gültigkeit</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Beschränkungen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Überprüfen</translation>
    </message>
    <message>
        <source>&amp;Make the authority</source>
        <translation>Zertifizierungsstelle &amp;erzeugen</translation>
    </message>
    <message>
        <source>Making an authority</source>
        <translation>Zertifizierungsstelle wird erzeugt</translation>
    </message>
    <message>
        <source>The authority is made.</source>
        <translation>Die Zertifizierungsstelle ist erzeugt.</translation>
    </message>
    <message>
        <source>Its key is {}. Those who are to trust it need its certificate.</source>
        <translation>Ihr Schlüssel ist {}. Wer ihr vertrauen soll, braucht ihr Zertifikat.</translation>
    </message>
    <message>
        <source>New &amp;server certificate…</source>
        <translation>Neues &amp;Serverzertifikat…</translation>
    </message>
    <message>
        <source>&amp;Export its certificate…</source>
        <translation>Ihr Zertifikat e&amp;xportieren…</translation>
    </message>
    <message>
        <source>New intermediate authority</source>
        <translation>Neue Zwischen-CA</translation>
    </message>
    <message>
        <source>New authority</source>
        <translation>Neue Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Looking for a keyring</source>
        <translation>Schlüsselbund wird gesucht</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message>
        <source>Back up the workspace</source>
        <translation>Arbeitsbereich sichern</translation>
    </message>
    <message>
        <source>All certificates, requests, the journal, profiles and private keys go into one encrypted file, from which the workspace can be restored on any computer.</source>
        <translation>Alle Zertifikate, Anfragen, das Journal, Profile und private Schlüssel kommen in eine verschlüsselte Datei, aus der sich der Arbeitsbereich auf jedem Rechner wiederherstellen lässt.</translation>
    </message>
    <message>
        <source>Backup file</source>
        <translation>Sicherungsdatei</translation>
    </message>
    <message>
        <source>Backups (*{})</source>
        <translation>Sicherungen (*{})</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Of this backup alone; it need not be the one of the vault.</source>
        <translation>Nur für diese Sicherung; es muss nicht die des Tresors sein.</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>Ordner ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Back up</source>
        <translation>&amp;Sichern</translation>
    </message>
    <message>
        <source>&amp;Replace and back up</source>
        <translation>E&amp;rsetzen und sichern</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Nennen Sie eine Datei.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>There is a file of that name. Going on replaces it.</source>
        <translation>Eine Datei dieses Namens gibt es schon. Sie wird sonst ersetzt.</translation>
    </message>
    <message>
        <source>Backing up</source>
        <translation>Sicherung läuft</translation>
    </message>
    <message>
        <source>Backed up {}</source>
        <translation>{} gesichert</translation>
    </message>
    <message>
        <source>Some private keys are not in it.</source>
        <translation>Einige private Schlüssel sind nicht darin.</translation>
    </message>
    <message>
        <source>They are held on another computer: {}.</source>
        <translation>Sie liegen auf einem anderen Rechner: {}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>BuiltInProfileDialog</name>
    <message>
        <source>This profile is built in.</source>
        <translation>Dieses Profil ist eingebaut.</translation>
    </message>
    <message>
        <source>This profile is built in. Its validity, key and organisation are those of the defaults in Preferences.</source>
        <translation>Dieses Profil ist eingebaut. Gültigkeit, Schlüssel und Organisation sind die Vorgaben aus den Einstellungen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy &amp;to change…</source>
        <translation>&amp;Kopieren und ändern…</translation>
    </message>
</context>
<context>
    <name>CallingCard</name>
    <message>
        <source>Call it</source>
        <translation>Aufrufen</translation>
    </message>
    <message>
        <source>Lines to paste</source>
        <translation>Zeilen zum Einfügen</translation>
    </message>
    <message>
        <source>the lines shown</source>
        <translation>die gezeigten Zeilen</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
</context>
<context>
    <name>CannotOpenDialog</name>
    <message>
        <source>The workspace cannot be opened</source>
        <translation>Der Arbeitsbereich lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>CertificateInspector</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>ASN.1</source>
        <translation>ASN.1</translation>
    </message>
    <message>
        <source>PEM</source>
        <translation>PEM</translation>
    </message>
    <message>
        <source>Select a certificate to see what it says.</source>
        <translation>Wählen Sie ein Zertifikat, um zu sehen, was darin steht.</translation>
    </message>
    <message>
        <source>This certificate was deleted.</source>
        <translation>Dieses Zertifikat wurde gelöscht.</translation>
    </message>
    <message>
        <source>Looking at {} certificates</source>
        <translation>{} Zertifikate werden gelesen</translation>
    </message>
</context>
<context>
    <name>CertificateWizard</name>
    <message>
        <source>This is the certificate as it will be made.</source>
        <translation>So wird das Zertifikat ausgestellt.</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Key and validity</source>
        <translation>Schlüssel und Gültigkeit</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Überprüfen</translation>
    </message>
    <message>
        <source>&amp;Issue certificate</source>
        <translation>Zertifikat a&amp;usstellen</translation>
    </message>
    <message>
        <source>Issuing a certificate</source>
        <translation>Zertifikat wird ausgestellt</translation>
    </message>
    <message>
        <source>Save as &amp;profile…</source>
        <translation>Als &amp;Profil speichern…</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Eingefügter Text</translation>
    </message>
    <message>
        <source>Choose a certificate request</source>
        <translation>Zertifikatsanfrage wählen</translation>
    </message>
    <message>
        <source>Certificate requests (*.csr *.req *.p10 *.pem *.der);;All files (*)</source>
        <translation>Zertifikatsanfragen (*.csr *.req *.p10 *.pem *.der);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Reading a request</source>
        <translation>Anfrage wird gelesen</translation>
    </message>
</context>
<context>
    <name>ChainPage</name>
    <message>
        <source>Issuer missing</source>
        <translation>Aussteller fehlt</translation>
    </message>
    <message>
        <source>Its certificate is not in this workspace. Import it, and the chain joins by itself.</source>
        <translation>Das Zertifikat ist nicht in diesem Arbeitsbereich. Nach dem Import fügt sich die Kette von selbst.</translation>
    </message>
    <message>
        <source>{} · until {}</source>
        <translation>{} · bis {}</translation>
    </message>
</context>
<context>
    <name>ChangePassphraseDialog</name>
    <message>
        <source>Change the passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <source>Backups that were made before keep the passphrase that they were made with.</source>
        <translation>Frühere Sicherungen behalten die Passphrase, mit der sie erstellt wurden.</translation>
    </message>
    <message>
        <source>Passphrase until &amp;now</source>
        <translation>&amp;Bisherige Passphrase</translation>
    </message>
    <message>
        <source>&amp;New passphrase</source>
        <translation>&amp;Neue Passphrase</translation>
    </message>
    <message>
        <source>&amp;Change passphrase</source>
        <translation>Passphrase &amp;ändern</translation>
    </message>
    <message>
        <source>Type the passphrase that is used until now.</source>
        <translation>Geben Sie die bisherige Passphrase ein.</translation>
    </message>
    <message>
        <source>Changing the passphrase</source>
        <translation>Passphrase wird geändert</translation>
    </message>
    <message>
        <source>That is not the passphrase.</source>
        <translation>Das ist nicht die Passphrase.</translation>
    </message>
    <message>
        <source>The passphrase was changed</source>
        <translation>Die Passphrase wurde geändert</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove {}</source>
        <translation>{} entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle suchen</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Certificate</source>
        <translation>&amp;Zertifikat</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Schlüssel</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>New &amp;authority…</source>
        <translation>Neue &amp;Zertifizierungsstelle…</translation>
    </message>
    <message>
        <source>root CA create</source>
        <translation>Root-CA CA anlegen erzeugen</translation>
    </message>
    <message>
        <source>New &amp;intermediate…</source>
        <translation>Neue Zw&amp;ischen-CA…</translation>
    </message>
    <message>
        <source>sub CA issuing</source>
        <translation>Sub-CA Unter-CA ausstellend</translation>
    </message>
    <message>
        <source>New &amp;server certificate…</source>
        <translation>Neues &amp;Serverzertifikat…</translation>
    </message>
    <message>
        <source>TLS host issue</source>
        <translation>TLS Host ausstellen</translation>
    </message>
    <message>
        <source>New &amp;client certificate…</source>
        <translation>Neues &amp;Clientzertifikat…</translation>
    </message>
    <message>
        <source>TLS user device issue</source>
        <translation>TLS Benutzer Gerät ausstellen</translation>
    </message>
    <message>
        <source>New &amp;peer certificate…</source>
        <translation>Neues &amp;Peer-Zertifikat…</translation>
    </message>
    <message>
        <source>server and client both issue</source>
        <translation>Server und Client beides ausstellen</translation>
    </message>
    <message>
        <source>New SPIFFE &amp;workload…</source>
        <translation>Neuer SPIFFE-&amp;Workload…</translation>
    </message>
    <message>
        <source>New &amp;request…</source>
        <translation>Neue Zertifikats&amp;anfrage…</translation>
    </message>
    <message>
        <source>&amp;Issue a certificate…</source>
        <translation>Zertifikat &amp;ausstellen…</translation>
    </message>
    <message>
        <source>New intermediate below…</source>
        <translation>Neue Zwischen-CA darunter…</translation>
    </message>
    <message>
        <source>CRL and OCSP addresses…</source>
        <translation>CRL- und OCSP-Adressen…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>save PEM PKCS#12 chain key</source>
        <translation>speichern PEM PKCS#12 Kette Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>Verbindung &amp;testen</translation>
    </message>
    <message>
        <source>Co&amp;mpare…</source>
        <translation>Vergl&amp;eichen…</translation>
    </message>
    <message>
        <source>difference diff two</source>
        <translation>Unterschied Vergleich zwei</translation>
    </message>
    <message>
        <source>&amp;Copy as PEM</source>
        <translation>Als PEM &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Notes…</source>
        <translation>&amp;Notizen…</translation>
    </message>
    <message>
        <source>Ta&amp;gs…</source>
        <translation>Ta&amp;gs…</translation>
    </message>
    <message>
        <source>Colour &amp;label…</source>
        <translation>Farb&amp;markierung…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>&amp;Look into files…</source>
        <translation>&amp;Dateien ansehen…</translation>
    </message>
    <message>
        <source>open inspect</source>
        <translation>öffnen ansehen prüfen</translation>
    </message>
    <message>
        <source>PEM DER PKCS#12 JKS change passphrase</source>
        <translation>PEM DER PKCS#12 JKS Passphrase ändern</translation>
    </message>
    <message>
        <source>Look into the clipb&amp;oard</source>
        <translation>Zwischenab&amp;lage ansehen</translation>
    </message>
    <message>
        <source>Pre&amp;ferences</source>
        <translation>&amp;Einstellungen</translation>
    </message>
    <message>
        <source>paste PEM</source>
        <translation>einfügen PEM</translation>
    </message>
    <message>
        <source>Con&amp;vert files…</source>
        <translation>Da&amp;teien umwandeln…</translation>
    </message>
    <message>
        <source>I&amp;mport…</source>
        <translation>I&amp;mportieren…</translation>
    </message>
    <message>
        <source>&amp;Back up…</source>
        <translation>Sicher&amp;ung erstellen…</translation>
    </message>
    <message>
        <source>Res&amp;tore a backup…</source>
        <translation>Sicherung wieder&amp;herstellen…</translation>
    </message>
    <message>
        <source>&amp;Lock keys now</source>
        <translation>Schlüssel jetzt &amp;sperren</translation>
    </message>
    <message>
        <source>Change &amp;passphrase…</source>
        <translation>&amp;Passphrase ändern…</translation>
    </message>
    <message>
        <source>&amp;Move keys to another vault…</source>
        <translation>Schlüssel in anderen Tresor &amp;verschieben…</translation>
    </message>
    <message>
        <source>&amp;Finish what was cut short</source>
        <translation>&amp;Unterbrochenes abschließen</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>Ü&amp;bersicht</translation>
    </message>
    <message>
        <source>&amp;Authorities</source>
        <translation>&amp;Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>&amp;Requests</source>
        <translation>&amp;Anfragen</translation>
    </message>
    <message>
        <source>Test a &amp;connection</source>
        <translation>&amp;Verbindung testen</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Journal</source>
        <translation>&amp;Journal</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation>Ak&amp;tion finden…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;About mtlsgui</source>
        <translation>Ü&amp;ber mtlsgui</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare two certificates</source>
        <translation>Zwei Zertifikate vergleichen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ComparisonPage</name>
    <message>
        <source>&amp;Only differences</source>
        <translation>&amp;Nur Unterschiede</translation>
    </message>
    <message>
        <source>the comparison as text</source>
        <translation>den Vergleich als Text</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Vergleich läuft…</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Vergleich läuft</translation>
    </message>
</context>
<context>
    <name>ComparisonText</name>
    <message>
        <source>Both, field by field</source>
        <translation>Beide, Feld für Feld</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>left only</source>
        <translation>nur links</translation>
    </message>
    <message>
        <source>right only</source>
        <translation>nur rechts</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>this is why</source>
        <translation>das ist der Grund</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>ok</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>nicht erreicht</translation>
    </message>
    <message>
        <source>{} bytes</source>
        <translation>{} Byte</translation>
    </message>
    <message>
        <source>after {:.1f} ms</source>
        <translation>nach {:.1f} ms</translation>
    </message>
    <message>
        <source>{:.1f} s</source>
        <translation>{:.1f} s</translation>
    </message>
    <message>
        <source>{:.0f} ms</source>
        <translation>{:.0f} ms</translation>
    </message>
    <message>
        <source>{} — expired {}</source>
        <translation>{} — abgelaufen {}</translation>
    </message>
    <message>
        <source>{} — valid {}</source>
        <translation>{} — gültig {}</translation>
    </message>
    <message>
        <source>{} — revoked</source>
        <translation>{} — gesperrt</translation>
    </message>
    <message>
        <source>Its chain leads to a CA that you trust, and its name matches.</source>
        <translation>Die Kette führt zu einer CA, der Sie vertrauen, und der Name stimmt überein.</translation>
    </message>
    <message>
        <source>Valid for {} more.</source>
        <translation>Noch {} gültig.</translation>
    </message>
    <message>
        <source>sent ({} bytes)</source>
        <translation>gesendet ({} Byte)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>OCSP staple</source>
        <translation>OCSP-Staple</translation>
    </message>
    <message>
        <source>connected in {}</source>
        <translation>verbunden in {}</translation>
    </message>
    <message>
        <source>handshake by {}</source>
        <translation>Handshake bei {}</translation>
    </message>
    <message>
        <source>verdict by {}</source>
        <translation>Ergebnis bei {}</translation>
    </message>
    <message>
        <source>The server took your certificate and the proof of its key.</source>
        <translation>Der Server hat Ihr Zertifikat und den Nachweis des Schlüssels angenommen.</translation>
    </message>
    <message>
        <source>It needs a client certificate</source>
        <translation>Er verlangt ein Clientzertifikat</translation>
    </message>
    <message>
        <source>Without one, the server lets nobody in: that was tried.</source>
        <translation>Ohne lässt der Server niemanden ein: das wurde ausprobiert.</translation>
    </message>
    <message>
        <source>It asks for a client certificate</source>
        <translation>Er fragt nach einem Clientzertifikat</translation>
    </message>
    <message>
        <source>Whether it does without one was not tried.</source>
        <translation>Ob es auch ohne geht, wurde nicht ausprobiert.</translation>
    </message>
    <message>
        <source>It asks for a client certificate, and does without</source>
        <translation>Er fragt nach einem Clientzertifikat; es geht auch ohne</translation>
    </message>
    <message>
        <source>It lets in those who present none as well: that was tried.</source>
        <translation>Er lässt auch ein, wer keines vorlegt: das wurde ausprobiert.</translation>
    </message>
    <message>
        <source>It asks for no client certificate</source>
        <translation>Er fragt nach keinem Clientzertifikat</translation>
    </message>
    <message>
        <source>A certificate that you choose here is not sent.</source>
        <translation>Ein Zertifikat, das Sie hier wählen, wird nicht gesendet.</translation>
    </message>
    <message>
        <source>until {}</source>
        <translation>bis {}</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>Vereinbart</translation>
    </message>
    <message>
        <source>Server signs with</source>
        <translation>Server signiert mit</translation>
    </message>
    <message>
        <source>Protocol (ALPN)</source>
        <translation>Protokoll (ALPN)</translation>
    </message>
    <message>
        <source>Takes certificates of</source>
        <translation>Nimmt Zertifikate von</translation>
    </message>
    <message>
        <source>any CA: it names none</source>
        <translation>jeder CA: er nennt keine</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>From files…</source>
        <translation>Aus Dateien…</translation>
    </message>
    <message>
        <source>Choose a certificate with its key</source>
        <translation>Zertifikat mit Schlüssel wählen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Choose files with CA certificates</source>
        <translation>Dateien mit CA-Zertifikaten wählen</translation>
    </message>
    <message>
        <source>{}, and what the server sent</source>
        <translation>{}, dazu vom Server Gesendetes</translation>
    </message>
    <message>
        <source>Your roots and the system&apos;s</source>
        <translation>Ihre Roots und die des Systems</translation>
    </message>
    <message>
        <source>Your roots only</source>
        <translation>Nur Ihre Roots</translation>
    </message>
    <message>
        <source>The system&apos;s roots only</source>
        <translation>Nur die Roots des Systems</translation>
    </message>
    <message>
        <source>One CA</source>
        <translation>Eine CA</translation>
    </message>
    <message>
        <source>works</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>not trusted</source>
        <translation>kein Vertrauen</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>unerreichbar</translation>
    </message>
    <message>
        <source>no TLS</source>
        <translation>kein TLS</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>Nothing changed.</source>
        <translation>Nichts hat sich geändert.</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
    <message>
        <source>{}: {} (before: {})</source>
        <translation>{}: {} (vorher: {})</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>Save test</source>
        <translation>Test speichern</translation>
    </message>
    <message>
        <source>Headers that log in are not saved.</source>
        <translation>Kopfzeilen, die anmelden, werden nicht gespeichert.</translation>
    </message>
</context>
<context>
    <name>ConnectionsPage</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Many at once</source>
        <translation>Viele auf einmal</translation>
    </message>
    <message>
        <source>Test server</source>
        <translation>Testserver</translation>
    </message>
</context>
<context>
    <name>ConvertPage</name>
    <message>
        <source>What is in them</source>
        <translation>Was darin steht</translation>
    </message>
    <message>
        <source>Each file by itself…</source>
        <translation>Jede Datei für sich…</translation>
    </message>
    <message>
        <source>The form chosen, of every file on its own, into a folder.</source>
        <translation>Die gewählte Form, von jeder Datei für sich, in einen Ordner.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>Umwandeln</translation>
    </message>
    <message>
        <source>Something is locked. Unlock it…</source>
        <translation>Etwas ist verschlossen. Öffnen…</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>Dateien öffnen…</translation>
    </message>
    <message>
        <source>Convert certificate files</source>
        <translation>Zertifikatsdateien umwandeln</translation>
    </message>
    <message>
        <source>Drop a certificate, its key and its chain here, in whatever format they are. Then choose what you need.</source>
        <translation>Legen Sie ein Zertifikat, seinen Schlüssel und seine Kette hier ab, in welchem Format auch immer. Wählen Sie dann, was Sie brauchen.</translation>
    </message>
    <message>
        <source>Tick at the left what shall be converted.</source>
        <translation>Kreuzen Sie links an, was umgewandelt werden soll.</translation>
    </message>
    <message>
        <source>It is locked: unlock it first.</source>
        <translation>Es ist verschlossen: Öffnen Sie es zuerst.</translation>
    </message>
    <message>
        <source>Nothing in these files can be converted.</source>
        <translation>Nichts in diesen Dateien lässt sich umwandeln.</translation>
    </message>
    <message>
        <source>Looking at what can be made</source>
        <translation>Was daraus werden kann, wird ermittelt</translation>
    </message>
    <message>
        <source>Planning the conversion</source>
        <translation>Die Umwandlung wird geplant</translation>
    </message>
    <message>
        <source>Save into a folder</source>
        <translation>In einen Ordner speichern</translation>
    </message>
    <message>
        <source>Converting {} files</source>
        <translation>{} Dateien werden umgewandelt</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>To</source>
        <translation>In</translation>
    </message>
</context>
<context>
    <name>Converting</name>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>belongs to {}</source>
        <translation>gehört zu {}</translation>
    </message>
    <message>
        <source>on its own</source>
        <translation>für sich</translation>
    </message>
    <message>
        <source>the certificate itself</source>
        <translation>das Zertifikat selbst</translation>
    </message>
    <message>
        <source>intermediate</source>
        <translation>Zwischenzertifikat</translation>
    </message>
    <message>
        <source>root</source>
        <translation>Wurzel</translation>
    </message>
    <message>
        <source>will be trusted</source>
        <translation>ihm wird vertraut</translation>
    </message>
    <message>
        <source>request</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <source>revocation list</source>
        <translation>Sperrliste</translation>
    </message>
    <message>
        <source>public key</source>
        <translation>öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>{way}, until {date}</source>
        <translation>{way}, bis {date}</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copy {}</source>
        <translation>{} kopieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>A Secret of type kubernetes.io/tls, to apply to a cluster.</source>
        <translation>Ein Secret vom Typ kubernetes.io/tls, für einen Cluster.</translation>
    </message>
    <message>
        <source>A line for authorized_keys.</source>
        <translation>Eine Zeile für authorized_keys.</translation>
    </message>
    <message>
        <source>A wider margin, accepted everywhere.</source>
        <translation>Mehr Spielraum, überall angenommen.</translation>
    </message>
    <message>
        <source>A word between the two that belongs to the opening of the conversation.</source>
        <translation>Ein Wort zwischen beiden, das zum Beginn des Gesprächs gehört.</translation>
    </message>
    <message>
        <source>ACME challenge</source>
        <translation>ACME-Prüfung</translation>
    </message>
    <message>
        <source>ALPN</source>
        <translation>ALPN</translation>
    </message>
    <message>
        <source>Admissions</source>
        <translation>Zulassungen</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alert</translation>
    </message>
    <message>
        <source>An X.509-SVID: a workload named by its SPIFFE ID.</source>
        <translation>Ein X.509-SVID: ein Workload, benannt durch seine SPIFFE-ID.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Apache</source>
        <translation>Apache</translation>
    </message>
    <message>
        <source>Application protocol (ALPN)</source>
        <translation>Anwendungsprotokoll (ALPN)</translation>
    </message>
    <message>
        <source>Application protocols (ALPN)</source>
        <translation>Anwendungsprotokolle (ALPN)</translation>
    </message>
    <message>
        <source>Archive cutoff</source>
        <translation>Archivgrenze</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>CA</translation>
    </message>
    <message>
        <source>Authority information access</source>
        <translation>Zugriff auf CA-Informationen (AIA)</translation>
    </message>
    <message>
        <source>Authority key identifier</source>
        <translation>Schlüsselkennung der CA</translation>
    </message>
    <message>
        <source>Autonomous system numbers</source>
        <translation>Nummern autonomer Systeme</translation>
    </message>
    <message>
        <source>Autonomous system numbers (RFC 8360)</source>
        <translation>Nummern autonomer Systeme (RFC 8360)</translation>
    </message>
    <message>
        <source>Backed up the workspace</source>
        <translation>Arbeitsbereich gesichert</translation>
    </message>
    <message>
        <source>Basic constraints</source>
        <translation>Basiseinschränkungen</translation>
    </message>
    <message>
        <source>Before anything is secret, a few words in the open prepare the way.</source>
        <translation>Bevor etwas geheim ist, bereiten ein paar offene Worte den Weg.</translation>
    </message>
    <message>
        <source>Biometric information</source>
        <translation>Biometrische Angaben</translation>
    </message>
    <message>
        <source>Both compare what they heard: nobody changed a word on the way.</source>
        <translation>Beide vergleichen, was sie gehört haben: niemand hat unterwegs ein Wort geändert.</translation>
    </message>
    <message>
        <source>Business category</source>
        <translation>Art des Unternehmens</translation>
    </message>
    <message>
        <source>Business registration number (GB/T 20518)</source>
        <translation>Handelsregisternummer (GB/T 20518)</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>CA</source>
        <translation>CA</translation>
    </message>
    <message>
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
    </message>
    <message>
        <source>CRL distribution points</source>
        <translation>Sperrlisten-Verteilungspunkte</translation>
    </message>
    <message>
        <source>CRL number</source>
        <translation>Sperrlistennummer</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Certificate policies</source>
        <translation>Zertifikatsrichtlinien</translation>
    </message>
    <message>
        <source>Certificate transparency</source>
        <translation>Certificate Transparency</translation>
    </message>
    <message>
        <source>Certificate, chain and key in one PEM file.</source>
        <translation>Zertifikat, Kette und Schlüssel in einer PEM-Datei.</translation>
    </message>
    <message>
        <source>Certificate, chain and key, in three files.</source>
        <translation>Zertifikat, Kette und Schlüssel, in drei Dateien.</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Zertifikate</translation>
    </message>
    <message>
        <source>Certificates that follow</source>
        <translation>Weitere Zertifikate</translation>
    </message>
    <message>
        <source>Certificates without keys, for Windows and Java.</source>
        <translation>Zertifikate ohne Schlüssel, für Windows und Java.</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>Challenge password</source>
        <translation>Challenge-Passwort</translation>
    </message>
    <message>
        <source>Changed a colour label</source>
        <translation>Farbmarkierung geändert</translation>
    </message>
    <message>
        <source>Changed a saved connection test</source>
        <translation>Gespeicherten Verbindungstest geändert</translation>
    </message>
    <message>
        <source>Changed an authority&apos;s addresses</source>
        <translation>Adressen einer CA geändert</translation>
    </message>
    <message>
        <source>Changed notes</source>
        <translation>Notizen geändert</translation>
    </message>
    <message>
        <source>Changed tags</source>
        <translation>Tags geändert</translation>
    </message>
    <message>
        <source>Changed the vault&apos;s passphrase</source>
        <translation>Passphrase des Tresors geändert</translation>
    </message>
    <message>
        <source>Cipher</source>
        <translation>Chiffre</translation>
    </message>
    <message>
        <source>Cipher suite</source>
        <translation>Cipher-Suite</translation>
    </message>
    <message>
        <source>Cipher suites</source>
        <translation>Cipher-Suites</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Clientzertifikat</translation>
    </message>
    <message>
        <source>Common name</source>
        <translation>Common Name</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Kompression</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Country of citizenship</source>
        <translation>Staatsangehörigkeit</translation>
    </message>
    <message>
        <source>Country of residence</source>
        <translation>Wohnsitzland</translation>
    </message>
    <message>
        <source>Cryptographic provider</source>
        <translation>Kryptografieanbieter</translation>
    </message>
    <message>
        <source>DER</source>
        <translation>DER</translation>
    </message>
    <message>
        <source>DN qualifier</source>
        <translation>DN-Qualifier</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Geburtsdatum</translation>
    </message>
    <message>
        <source>Deleted a certificate</source>
        <translation>Zertifikat gelöscht</translation>
    </message>
    <message>
        <source>Deleted a request</source>
        <translation>Anfrage gelöscht</translation>
    </message>
    <message>
        <source>Deleted a saved connection test</source>
        <translation>Gespeicherten Verbindungstest gelöscht</translation>
    </message>
    <message>
        <source>Deleted the entries of a former vault</source>
        <translation>Einträge eines früheren Tresors gelöscht</translation>
    </message>
    <message>
        <source>Delta CRL indicator</source>
        <translation>Delta-CRL-Indikator</translation>
    </message>
    <message>
        <source>Destroyed a private key</source>
        <translation>Privaten Schlüssel vernichtet</translation>
    </message>
    <message>
        <source>Domain component</source>
        <translation>Domänenkomponente</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>EAP over LAN (802.1X)</source>
        <translation>EAP über LAN (802.1X)</translation>
    </message>
    <message>
        <source>EAP over PPP</source>
        <translation>EAP über PPP</translation>
    </message>
    <message>
        <source>Encrypted extensions</source>
        <translation>Verschlüsselte Erweiterungen</translation>
    </message>
    <message>
        <source>Enrollment name and value</source>
        <translation>Name und Wert der Anmeldung</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Entrust version</source>
        <translation>Entrust-Version</translation>
    </message>
    <message>
        <source>Expired certificates on the list</source>
        <translation>Abgelaufene Zertifikate auf der Liste</translation>
    </message>
    <message>
        <source>Exponent</source>
        <translation>Exponent</translation>
    </message>
    <message>
        <source>Exported a certificate</source>
        <translation>Zertifikat exportiert</translation>
    </message>
    <message>
        <source>Exported a private key</source>
        <translation>Privaten Schlüssel exportiert</translation>
    </message>
    <message>
        <source>Exported a request</source>
        <translation>Anfrage exportiert</translation>
    </message>
    <message>
        <source>Extended key usage</source>
        <translation>Erweiterte Schlüsselverwendung</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>Erweiterung</translation>
    </message>
    <message>
        <source>Extensions</source>
        <translation>Erweiterungen</translation>
    </message>
    <message>
        <source>Fast, and accepted everywhere.</source>
        <translation>Schnell und überall angenommen.</translation>
    </message>
    <message>
        <source>Fingerprints</source>
        <translation>Fingerabdrücke</translation>
    </message>
    <message>
        <source>For old software, with a margin like P-256&apos;s. Slower.</source>
        <translation>Für alte Software, mit Spielraum wie P-256. Langsamer.</translation>
    </message>
    <message>
        <source>For old software. Slow to make and to sign with.</source>
        <translation>Für alte Software. Langsam beim Erzeugen und Signieren.</translation>
    </message>
    <message>
        <source>For old software. The smallest RSA key that is accepted.</source>
        <translation>Für alte Software. Der kleinste RSA-Schlüssel, der angenommen wird.</translation>
    </message>
    <message>
        <source>Freshest CRL</source>
        <translation>Neueste Sperrliste (Freshest CRL)</translation>
    </message>
    <message>
        <source>Full chain</source>
        <translation>Ganze Kette</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>Geschlecht</translation>
    </message>
    <message>
        <source>Generation qualifier</source>
        <translation>Generationszusatz</translation>
    </message>
    <message>
        <source>Given name</source>
        <translation>Vorname</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>HAProxy</source>
        <translation>HAProxy</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTP-Status</translation>
    </message>
    <message>
        <source>Headers of your own</source>
        <translation>Eigene Kopfzeilen</translation>
    </message>
    <message>
        <source>Hold instruction</source>
        <translation>Anweisung bei Aussetzung</translation>
    </message>
    <message>
        <source>IP address blocks</source>
        <translation>IP-Adressblöcke</translation>
    </message>
    <message>
        <source>IP address blocks (RFC 8360)</source>
        <translation>IP-Adressblöcke (RFC 8360)</translation>
    </message>
    <message>
        <source>IPsec end system</source>
        <translation>IPsec-Endsystem</translation>
    </message>
    <message>
        <source>IPsec key exchange (IKE)</source>
        <translation>IPsec-Schlüsselaustausch (IKE)</translation>
    </message>
    <message>
        <source>IPsec tunnel</source>
        <translation>IPsec-Tunnel</translation>
    </message>
    <message>
        <source>IPsec user</source>
        <translation>IPsec-Benutzer</translation>
    </message>
    <message>
        <source>Identity code (GB/T 20518)</source>
        <translation>Personenkennzahl (GB/T 20518)</translation>
    </message>
    <message>
        <source>Imported a certificate</source>
        <translation>Zertifikat importiert</translation>
    </message>
    <message>
        <source>Imported a private key</source>
        <translation>Privaten Schlüssel importiert</translation>
    </message>
    <message>
        <source>Imported a request</source>
        <translation>Anfrage importiert</translation>
    </message>
    <message>
        <source>Imported a revocation list</source>
        <translation>Sperrliste importiert</translation>
    </message>
    <message>
        <source>Inhibit any policy</source>
        <translation>Beliebige Richtlinie untersagen</translation>
    </message>
    <message>
        <source>Initials</source>
        <translation>Initialen</translation>
    </message>
    <message>
        <source>Insurance number (GB/T 20518)</source>
        <translation>Versicherungsnummer (GB/T 20518)</translation>
    </message>
    <message>
        <source>Invalidity date</source>
        <translation>Ungültig seit</translation>
    </message>
    <message>
        <source>Issue a certificate with the right names…</source>
        <translation>Zertifikat mit den richtigen Namen ausstellen…</translation>
    </message>
    <message>
        <source>Issue a client certificate…</source>
        <translation>Clientzertifikat ausstellen…</translation>
    </message>
    <message>
        <source>Issue a new one…</source>
        <translation>Ein neues ausstellen…</translation>
    </message>
    <message>
        <source>Issued a certificate</source>
        <translation>Zertifikat ausgestellt</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ausgestellt von</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>Issuer alternative names</source>
        <translation>Alternative Namen des Ausstellers</translation>
    </message>
    <message>
        <source>Issuer of the certificate</source>
        <translation>Aussteller des Zertifikats</translation>
    </message>
    <message>
        <source>Issuing distribution point</source>
        <translation>Ausstellender Verteilungspunkt</translation>
    </message>
    <message>
        <source>It adds a fresh note that its papers were not withdrawn.</source>
        <translation>Es legt eine frische Bestätigung bei, dass seine Papiere nicht eingezogen sind.</translation>
    </message>
    <message>
        <source>It gives its half of the key, signed, so that the papers are shown to be its own.</source>
        <translation>Es gibt seine Hälfte des Schlüssels, signiert: so zeigt sich, dass die Papiere seine eigenen sind.</translation>
    </message>
    <message>
        <source>It signs what was said so far: only the owner of the papers can do that.</source>
        <translation>Es unterschreibt das bisher Gesagte: das kann nur, wem die Papiere gehören.</translation>
    </message>
    <message>
        <source>JSON Web Key</source>
        <translation>JSON Web Key</translation>
    </message>
    <message>
        <source>Java keystore (JKS)</source>
        <translation>Java-Keystore (JKS)</translation>
    </message>
    <message>
        <source>Java truststore</source>
        <translation>Java-Truststore</translation>
    </message>
    <message>
        <source>Java&apos;s old store: keys with their chains, or trusted certificates.</source>
        <translation>Javas alter Speicher: Schlüssel mit ihren Ketten, oder vertraute Zertifikate.</translation>
    </message>
    <message>
        <source>Jurisdiction country</source>
        <translation>Land der Gerichtsbarkeit</translation>
    </message>
    <message>
        <source>Jurisdiction locality</source>
        <translation>Ort der Gerichtsbarkeit</translation>
    </message>
    <message>
        <source>Jurisdiction state or province</source>
        <translation>Bundesland oder Provinz der Gerichtsbarkeit</translation>
    </message>
    <message>
        <source>Kept a key that was left over</source>
        <translation>Übrigen Schlüssel behalten</translation>
    </message>
    <message>
        <source>Kerberos client (PKINIT)</source>
        <translation>Kerberos-Client (PKINIT)</translation>
    </message>
    <message>
        <source>Kerberos server (PKINIT)</source>
        <translation>Kerberos-Server (PKINIT)</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Key identifier (SHA-1)</source>
        <translation>Schlüsselkennung (SHA-1)</translation>
    </message>
    <message>
        <source>Key shares</source>
        <translation>Schlüsselanteile</translation>
    </message>
    <message>
        <source>Key usage</source>
        <translation>Schlüsselverwendung</translation>
    </message>
    <message>
        <source>Key&apos;s numbers</source>
        <translation>Zahlen des Schlüssels</translation>
    </message>
    <message>
        <source>Key, certificate and chain in one file, for Windows, macOS, browsers, Java.</source>
        <translation>Schlüssel, Zertifikat und Kette in einer Datei, für Windows, macOS, Browser, Java.</translation>
    </message>
    <message>
        <source>Kubernetes Secret</source>
        <translation>Kubernetes-Secret</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Locality</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Logotypes</source>
        <translation>Logos</translation>
    </message>
    <message>
        <source>Made a request</source>
        <translation>Anfrage erzeugt</translation>
    </message>
    <message>
        <source>Made an authority</source>
        <translation>Zertifizierungsstelle erzeugt</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Erstellt von</translation>
    </message>
    <message>
        <source>Malformed extension</source>
        <translation>Fehlerhafte Erweiterung</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Microsoft CA version</source>
        <translation>Microsoft-CA-Version</translation>
    </message>
    <message>
        <source>Microsoft application policies</source>
        <translation>Microsoft-Anwendungsrichtlinien</translation>
    </message>
    <message>
        <source>Microsoft application policy constraints</source>
        <translation>Einschränkungen der Anwendungsrichtlinien (Microsoft)</translation>
    </message>
    <message>
        <source>Microsoft application policy mappings</source>
        <translation>Zuordnung der Anwendungsrichtlinien (Microsoft)</translation>
    </message>
    <message>
        <source>Microsoft certificate template</source>
        <translation>Microsoft-Zertifikatsvorlage</translation>
    </message>
    <message>
        <source>Microsoft certificate template name</source>
        <translation>Name der Microsoft-Zertifikatsvorlage</translation>
    </message>
    <message>
        <source>Microsoft next CRL publication</source>
        <translation>Nächste Veröffentlichung der Sperrliste (Microsoft)</translation>
    </message>
    <message>
        <source>Microsoft previous CA certificate</source>
        <translation>Vorheriges CA-Zertifikat (Microsoft)</translation>
    </message>
    <message>
        <source>Microsoft security identifier</source>
        <translation>Microsoft-Sicherheitskennung (SID)</translation>
    </message>
    <message>
        <source>Modulus</source>
        <translation>Modulus</translation>
    </message>
    <message>
        <source>Moved the keys to another vault</source>
        <translation>Schlüssel in anderen Tresor verschoben</translation>
    </message>
    <message>
        <source>NGINX</source>
        <translation>NGINX</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name constraints</source>
        <translation>Namenseinschränkungen</translation>
    </message>
    <message>
        <source>Netscape CA policy URL</source>
        <translation>CA-Richtlinien-URL (Netscape)</translation>
    </message>
    <message>
        <source>Netscape CA revocation URL</source>
        <translation>CA-Sperr-URL (Netscape)</translation>
    </message>
    <message>
        <source>Netscape base URL</source>
        <translation>Basis-URL (Netscape)</translation>
    </message>
    <message>
        <source>Netscape certificate type</source>
        <translation>Netscape-Zertifikatstyp</translation>
    </message>
    <message>
        <source>Netscape comment</source>
        <translation>Netscape-Kommentar</translation>
    </message>
    <message>
        <source>Netscape renewal URL</source>
        <translation>Erneuerungs-URL (Netscape)</translation>
    </message>
    <message>
        <source>Netscape revocation URL</source>
        <translation>Sperr-URL (Netscape)</translation>
    </message>
    <message>
        <source>Netscape server name</source>
        <translation>Servername (Netscape)</translation>
    </message>
    <message>
        <source>New problem</source>
        <translation>Neues Problem</translation>
    </message>
    <message>
        <source>Next update</source>
        <translation>Nächste Aktualisierung</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>Not accepted by Chrome and other browsers.</source>
        <translation>Von Chrome und anderen Browsern nicht angenommen.</translation>
    </message>
    <message>
        <source>Not after</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Not before</source>
        <translation>Gültig ab</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>OCSP no check</source>
        <translation>OCSP no check</translation>
    </message>
    <message>
        <source>OCSP staple</source>
        <translation>OCSP-Staple</translation>
    </message>
    <message>
        <source>One certificate, key or request in binary.</source>
        <translation>Ein Zertifikat, ein Schlüssel oder eine Anforderung, binär.</translation>
    </message>
    <message>
        <source>OpenSSH</source>
        <translation>OpenSSH</translation>
    </message>
    <message>
        <source>OpenSSH public key</source>
        <translation>Öffentlicher OpenSSH-Schlüssel</translation>
    </message>
    <message>
        <source>OpenSSL, Go, Java 15 and newer; not browsers.</source>
        <translation>OpenSSL, Go, Java ab 15; keine Browser.</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Organization code (GB/T 20518)</source>
        <translation>Organisationskennzahl (GB/T 20518)</translation>
    </message>
    <message>
        <source>Organization identifier</source>
        <translation>Organisationskennung</translation>
    </message>
    <message>
        <source>Organizational unit</source>
        <translation>Organisationseinheit</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>PEM</source>
        <translation>PEM</translation>
    </message>
    <message>
        <source>PKCS#1 or SEC 1</source>
        <translation>PKCS#1 oder SEC 1</translation>
    </message>
    <message>
        <source>PKCS#12</source>
        <translation>PKCS#12</translation>
    </message>
    <message>
        <source>PKCS#7</source>
        <translation>PKCS#7</translation>
    </message>
    <message>
        <source>PKCS#8</source>
        <translation>PKCS#8</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Peer</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Pin</translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation>Geburtsort</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Policy constraints</source>
        <translation>Richtlinieneinschränkungen</translation>
    </message>
    <message>
        <source>Policy mappings</source>
        <translation>Richtlinienzuordnungen</translation>
    </message>
    <message>
        <source>Post-quantum. Only software built on OpenSSL 3.5 or newer reads it.</source>
        <translation>Post-Quanten. Nur Software mit OpenSSL 3.5 oder neuer liest ihn.</translation>
    </message>
    <message>
        <source>Postal code</source>
        <translation>Postleitzahl</translation>
    </message>
    <message>
        <source>Precertificate poison</source>
        <translation>Vorzertifikat (Precertificate Poison)</translation>
    </message>
    <message>
        <source>Present “{}”</source>
        <translation>„{}“ vorlegen</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>Privater Schlüssel</translation>
    </message>
    <message>
        <source>Private key usage period</source>
        <translation>Nutzungszeitraum des privaten Schlüssels</translation>
    </message>
    <message>
        <source>Problem gone</source>
        <translation>Problem behoben</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>Proves a server&apos;s identity to those who connect to it.</source>
        <translation>Weist einen Server gegenüber denen aus, die sich verbinden.</translation>
    </message>
    <message>
        <source>Proves who connects: a service, a device or a person.</source>
        <translation>Weist aus, wer sich verbindet: ein Dienst, ein Gerät oder eine Person.</translation>
    </message>
    <message>
        <source>Proxy certificate information</source>
        <translation>Angaben zum Proxy-Zertifikat</translation>
    </message>
    <message>
        <source>Pseudonym</source>
        <translation>Pseudonym</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>Öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>Public value</source>
        <translation>Öffentlicher Wert</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Put back a copy of the inventory</source>
        <translation>Kopie des Inventars zurückgeholt</translation>
    </message>
    <message>
        <source>Qualified certificate statements</source>
        <translation>Angaben qualifizierter Zertifikate</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Removed a key that was left over</source>
        <translation>Übrigen Schlüssel entfernt</translation>
    </message>
    <message>
        <source>Renamed a certificate</source>
        <translation>Zertifikat umbenannt</translation>
    </message>
    <message>
        <source>Renamed a private key</source>
        <translation>Privaten Schlüssel umbenannt</translation>
    </message>
    <message>
        <source>Renamed a saved connection test</source>
        <translation>Gespeicherten Verbindungstest umbenannt</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Restored the workspace from a backup</source>
        <translation>Arbeitsbereich aus Sicherung wiederhergestellt</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Root CA</source>
        <translation>Root-CA</translation>
    </message>
    <message>
        <source>Root certificate authority</source>
        <translation>Root-Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>SHA-1 fingerprint</source>
        <translation>SHA-1-Fingerabdruck</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256-Fingerabdruck</translation>
    </message>
    <message>
        <source>SHA-256 of the key (SPKI)</source>
        <translation>SHA-256 des Schlüssels (SPKI)</translation>
    </message>
    <message>
        <source>SHA-256 of the list</source>
        <translation>SHA-256 der Liste</translation>
    </message>
    <message>
        <source>SHA-256 of the request</source>
        <translation>SHA-256 der Anfrage</translation>
    </message>
    <message>
        <source>SSH client</source>
        <translation>SSH-Client</translation>
    </message>
    <message>
        <source>SSH server</source>
        <translation>SSH-Server</translation>
    </message>
    <message>
        <source>Save the right chain…</source>
        <translation>Richtige Kette speichern…</translation>
    </message>
    <message>
        <source>Saved a connection test</source>
        <translation>Verbindungstest gespeichert</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Server and client certificate</source>
        <translation>Server- und Clientzertifikat</translation>
    </message>
    <message>
        <source>Server and client in one, for services that call each other.</source>
        <translation>Server und Client in einem, für Dienste, die einander aufrufen.</translation>
    </message>
    <message>
        <source>Server certificate</source>
        <translation>Serverzertifikat</translation>
    </message>
    <message>
        <source>Server name (SNI)</source>
        <translation>Servername (SNI)</translation>
    </message>
    <message>
        <source>Server signs with</source>
        <translation>Server signiert mit</translation>
    </message>
    <message>
        <source>Set a vault&apos;s file aside</source>
        <translation>Tresordatei beiseitegelegt</translation>
    </message>
    <message>
        <source>Set up a vault for the keys</source>
        <translation>Tresor für Schlüssel angelegt</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Signature algorithm</source>
        <translation>Signaturalgorithmus</translation>
    </message>
    <message>
        <source>Signature algorithms</source>
        <translation>Signaturalgorithmen</translation>
    </message>
    <message>
        <source>Signed a request</source>
        <translation>Anfrage signiert</translation>
    </message>
    <message>
        <source>Signed certificate timestamps (SCT)</source>
        <translation>Signierte Zertifikats-Zeitstempel (SCT)</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>Bundesland oder Provinz</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>Straße</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Inhaber</translation>
    </message>
    <message>
        <source>Subject alternative names</source>
        <translation>Alternative Namen (SAN)</translation>
    </message>
    <message>
        <source>Subject directory attributes</source>
        <translation>Verzeichnisattribute des Inhabers</translation>
    </message>
    <message>
        <source>Subject information access</source>
        <translation>Zugriff auf Inhaberinformationen</translation>
    </message>
    <message>
        <source>Subject key identifier</source>
        <translation>Schlüsselkennung des Inhabers</translation>
    </message>
    <message>
        <source>Surname</source>
        <translation>Nachname</translation>
    </message>
    <message>
        <source>TLS feature</source>
        <translation>TLS-Feature</translation>
    </message>
    <message>
        <source>TLS version</source>
        <translation>TLS-Version</translation>
    </message>
    <message>
        <source>Takes certificates of</source>
        <translation>Nimmt Zertifikate von</translation>
    </message>
    <message>
        <source>Takes certificates of type</source>
        <translation>Nimmt Zertifikate der Art</translation>
    </message>
    <message>
        <source>Takes signatures by</source>
        <translation>Nimmt Signaturen mit</translation>
    </message>
    <message>
        <source>Taxation number (GB/T 20518)</source>
        <translation>Steuernummer (GB/T 20518)</translation>
    </message>
    <message>
        <source>Telephone number</source>
        <translation>Telefonnummer</translation>
    </message>
    <message>
        <source>Test again with STARTTLS for {}</source>
        <translation>Mit STARTTLS für {} erneut testen</translation>
    </message>
    <message>
        <source>Test again with any TLS version</source>
        <translation>Mit jeder TLS-Version erneut testen</translation>
    </message>
    <message>
        <source>Test again without a certificate</source>
        <translation>Ohne Zertifikat erneut testen</translation>
    </message>
    <message>
        <source>Text that nearly every program reads: certificates, keys, requests.</source>
        <translation>Text, den fast jedes Programm liest: Zertifikate, Schlüssel, Anforderungen.</translation>
    </message>
    <message>
        <source>The building answers what you came for; some turn people away only here.</source>
        <translation>Das Gebäude antwortet auf Ihr Anliegen; manches weist erst hier ab.</translation>
    </message>
    <message>
        <source>The building asks for your papers, and says whose signature it accepts on them.</source>
        <translation>Das Gebäude fragt nach Ihren Papieren und sagt, wessen Unterschrift darauf es anerkennt.</translation>
    </message>
    <message>
        <source>The building asks you to begin again from the hello.</source>
        <translation>Das Gebäude bittet Sie, noch einmal mit dem Gruß zu beginnen.</translation>
    </message>
    <message>
        <source>The building changes the lock for a fresh one.</source>
        <translation>Das Gebäude tauscht das Schloss gegen ein frisches.</translation>
    </message>
    <message>
        <source>The building hands you a token for a quicker visit: TLS has let you in.</source>
        <translation>Das Gebäude gibt Ihnen eine Marke für einen schnelleren Besuch: TLS hat Sie eingelassen.</translation>
    </message>
    <message>
        <source>The building has said its part and waits for you.</source>
        <translation>Das Gebäude hat seinen Teil gesagt und wartet auf Sie.</translation>
    </message>
    <message>
        <source>The building knows you by none of the half keys that you brought, and asks for another.</source>
        <translation>Mit keinem der halben Schlüssel, die Sie mitbringen, kann das Gebäude etwas anfangen; es bittet um einen anderen.</translation>
    </message>
    <message>
        <source>The building picks one of your languages and locks; from here on nobody can listen.</source>
        <translation>Das Gebäude wählt eine Ihrer Sprachen und eines Ihrer Schlösser; ab hier kann niemand mithören.</translation>
    </message>
    <message>
        <source>The building settles the small print, already in secret.</source>
        <translation>Das Gebäude klärt das Kleingedruckte, schon im Geheimen.</translation>
    </message>
    <message>
        <source>The building shows its papers, folded small.</source>
        <translation>Das Gebäude zeigt seine Papiere, klein gefaltet.</translation>
    </message>
    <message>
        <source>The building shows its papers: who it is, and who says so.</source>
        <translation>Das Gebäude zeigt seine Papiere: wer es ist und wer das bestätigt.</translation>
    </message>
    <message>
        <source>The building turns you away and gives the reason as a number.</source>
        <translation>Das Gebäude weist Sie ab und nennt den Grund als Nummer.</translation>
    </message>
    <message>
        <source>The certificate and its intermediates as PEM, as a server sends them.</source>
        <translation>Das Zertifikat und seine Zwischenzertifikate als PEM, wie ein Server sie sendet.</translation>
    </message>
    <message>
        <source>The certificates that Java is to trust, as PKCS#12.</source>
        <translation>Die Zertifikate, denen Java vertrauen soll, als PKCS#12.</translation>
    </message>
    <message>
        <source>The door is closed behind you: nobody listens, and you say what you came for.</source>
        <translation>Die Tür ist hinter Ihnen zu: niemand hört mit, und Sie sagen, weshalb Sie kommen.</translation>
    </message>
    <message>
        <source>The full chain and the key, in two files.</source>
        <translation>Die ganze Kette und der Schlüssel, in zwei Dateien.</translation>
    </message>
    <message>
        <source>The key as JSON, its certificates with it.</source>
        <translation>Der Schlüssel als JSON, mit seinen Zertifikaten.</translation>
    </message>
    <message>
        <source>The private key for ssh.</source>
        <translation>Der private Schlüssel für ssh.</translation>
    </message>
    <message>
        <source>The private key in the form that older programs want.</source>
        <translation>Der private Schlüssel in der Form, die ältere Programme wollen.</translation>
    </message>
    <message>
        <source>The private key in today&apos;s form.</source>
        <translation>Der private Schlüssel in der heutigen Form.</translation>
    </message>
    <message>
        <source>The public key as PEM.</source>
        <translation>Der öffentliche Schlüssel als PEM.</translation>
    </message>
    <message>
        <source>This update</source>
        <translation>Diese Aktualisierung</translation>
    </message>
    <message>
        <source>Time to the verdict</source>
        <translation>Zeit bis zum Ergebnis</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Trust “{}” in this test</source>
        <translation>„{}“ in diesem Test vertrauen</translation>
    </message>
    <message>
        <source>Undid a move of keys that was cut short</source>
        <translation>Unterbrochenes Verschieben von Schlüsseln rückgängig gemacht</translation>
    </message>
    <message>
        <source>Undid a vault that was cut short</source>
        <translation>Unterbrochenes Anlegen eines Tresors rückgängig gemacht</translation>
    </message>
    <message>
        <source>Unique identifier</source>
        <translation>Eindeutige Kennung</translation>
    </message>
    <message>
        <source>Unstructured address</source>
        <translation>Unstrukturierte Adresse</translation>
    </message>
    <message>
        <source>Unstructured name</source>
        <translation>Unstrukturierter Name</translation>
    </message>
    <message>
        <source>User ID</source>
        <translation>Benutzerkennung</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>Gültig für</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Version of Windows</source>
        <translation>Windows-Version</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>What the other side has to trust, as PEM.</source>
        <translation>Dem die Gegenseite vertrauen muss, als PEM.</translation>
    </message>
    <message>
        <source>You change the lock for a fresh one.</source>
        <translation>Sie tauschen das Schloss gegen ein frisches.</translation>
    </message>
    <message>
        <source>You give your half of the key; from here on nobody can listen.</source>
        <translation>Sie geben Ihre Hälfte des Schlüssels; ab hier kann niemand mithören.</translation>
    </message>
    <message>
        <source>You go to the gatekeeper first, who is to lead you to the building.</source>
        <translation>Sie gehen zuerst zum Pförtner, der Sie zum Gebäude führen soll.</translation>
    </message>
    <message>
        <source>You have done your part. In TLS 1.3 you do not know yet whether your papers are accepted.</source>
        <translation>Ihr Teil ist getan. In TLS 1.3 wissen Sie noch nicht, ob Ihre Papiere anerkannt werden.</translation>
    </message>
    <message>
        <source>You say hello, which languages and locks you know, and whom you want to see.</source>
        <translation>Sie grüßen, nennen die Sprachen und Schlösser, die Sie kennen, und zu wem Sie wollen.</translation>
    </message>
    <message>
        <source>You show your papers, or an empty hand where you have none.</source>
        <translation>Sie zeigen Ihre Papiere, oder die leere Hand, wenn Sie keine haben.</translation>
    </message>
    <message>
        <source>You sign what was said so far: only the owner of your papers can do that.</source>
        <translation>Sie unterschreiben das bisher Gesagte: das kann nur, wem Ihre Papiere gehören.</translation>
    </message>
    <message>
        <source>You turn around at the door and give the reason as a number.</source>
        <translation>Sie kehren an der Tür um und nennen den Grund als Nummer.</translation>
    </message>
    <message>
        <source>You walk up to the building and knock at the door with that number.</source>
        <translation>Sie gehen zum Gebäude und klopfen an die Tür mit dieser Nummer.</translation>
    </message>
    <message>
        <source>any purpose</source>
        <translation>jeder Zweck</translation>
    </message>
    <message>
        <source>content commitment (non-repudiation)</source>
        <translation>Inhaltsverbindlichkeit (Nichtabstreitbarkeit)</translation>
    </message>
    <message>
        <source>data encipherment</source>
        <translation>Datenverschlüsselung</translation>
    </message>
    <message>
        <source>deciphering only</source>
        <translation>nur Entschlüsseln</translation>
    </message>
    <message>
        <source>digital signature</source>
        <translation>digitale Signatur</translation>
    </message>
    <message>
        <source>enciphering only</source>
        <translation>nur Verschlüsseln</translation>
    </message>
    <message>
        <source>encrypted in this workspace</source>
        <translation>verschlüsselt in diesem Arbeitsbereich</translation>
    </message>
    <message>
        <source>encrypting files (Microsoft EFS)</source>
        <translation>Dateien verschlüsseln (Microsoft EFS)</translation>
    </message>
    <message>
        <source>key agreement</source>
        <translation>Schlüsselvereinbarung</translation>
    </message>
    <message>
        <source>key encipherment</source>
        <translation>Schlüsselverschlüsselung</translation>
    </message>
    <message>
        <source>protecting e-mail (S/MIME)</source>
        <translation>E-Mail schützen (S/MIME)</translation>
    </message>
    <message>
        <source>proving a client&apos;s identity (TLS client)</source>
        <translation>Identität eines Clients nachweisen (TLS-Client)</translation>
    </message>
    <message>
        <source>proving a server&apos;s identity (TLS server)</source>
        <translation>Identität eines Servers nachweisen (TLS-Server)</translation>
    </message>
    <message>
        <source>server gated cryptography (Microsoft)</source>
        <translation>Server Gated Cryptography (Microsoft)</translation>
    </message>
    <message>
        <source>server gated cryptography (Netscape)</source>
        <translation>Server Gated Cryptography (Netscape)</translation>
    </message>
    <message>
        <source>signing CRLs</source>
        <translation>Sperrlisten signieren</translation>
    </message>
    <message>
        <source>signing OCSP responses</source>
        <translation>OCSP-Antworten signieren</translation>
    </message>
    <message>
        <source>signing certificates</source>
        <translation>Zertifikate signieren</translation>
    </message>
    <message>
        <source>signing code</source>
        <translation>Code signieren</translation>
    </message>
    <message>
        <source>signing documents</source>
        <translation>Dokumente signieren</translation>
    </message>
    <message>
        <source>signing documents (Microsoft)</source>
        <translation>Dokumente signieren (Microsoft)</translation>
    </message>
    <message>
        <source>smart card logon (Microsoft)</source>
        <translation>Smartcard-Anmeldung (Microsoft)</translation>
    </message>
    <message>
        <source>step provisioner</source>
        <translation>step-Provisioner</translation>
    </message>
    <message>
        <source>time stamping</source>
        <translation>Zeitstempel</translation>
    </message>
</context>
<context>
    <name>DamagedInventoryDialog</name>
    <message>
        <source>The inventory is damaged</source>
        <translation>Das Inventar ist beschädigt</translation>
    </message>
    <message>
        <source>The list of certificates cannot be read.</source>
        <translation>Die Liste der Zertifikate lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>&amp;Put the last copy back</source>
        <translation>&amp;Letzte Kopie zurückholen</translation>
    </message>
    <message>
        <source>&amp;Open the workspace</source>
        <translation>Arbeitsbereich ö&amp;ffnen</translation>
    </message>
    <message>
        <source>There is no copy beside it. Restore a backup of the workspace into another folder (mtlsctl restore), or put this folder back from your own backup.</source>
        <translation>Daneben liegt keine Kopie. Stellen Sie eine Sicherung des Arbeitsbereichs in einem anderen Ordner wieder her (mtlsctl restore) oder holen Sie diesen Ordner aus Ihrer eigenen Datensicherung zurück.</translation>
    </message>
    <message>
        <source>The last copy is of {}. What was done since then is not in it; private keys that were made since stay in their vault. The damaged file is kept aside, nothing is deleted.</source>
        <translation>Die letzte Kopie ist von {}. Was seither geschah, ist nicht darin; seither erzeugte private Schlüssel bleiben in ihrem Tresor. Die beschädigte Datei wird aufgehoben, nichts wird gelöscht.</translation>
    </message>
    <message>
        <source>Putting the last copy back</source>
        <translation>Letzte Kopie wird zurückgeholt</translation>
    </message>
    <message>
        <source>The last copy was put back</source>
        <translation>Die letzte Kopie wurde zurückgeholt</translation>
    </message>
    <message>
        <source>The damaged file is kept as {}.</source>
        <translation>Die beschädigte Datei bleibt als {} erhalten.</translation>
    </message>
</context>
<context>
    <name>DefaultsSection</name>
    <message>
        <source>Defaults</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Offered when something is made, and changed there.</source>
        <translation>Werden beim Erzeugen angeboten und lassen sich dort ändern.</translation>
    </message>
    <message>
        <source>Or&amp;ganisation</source>
        <translation>Or&amp;ganisation</translation>
    </message>
    <message>
        <source>Root vali&amp;d for</source>
        <translation>&amp;Root gültig für</translation>
    </message>
    <message>
        <source>I&amp;ntermediate valid for</source>
        <translation>Zw&amp;ischen-CA gültig für</translation>
    </message>
    <message>
        <source>C&amp;ertificate valid for</source>
        <translation>Zertifikat gültig &amp;für</translation>
    </message>
    <message>
        <source>Ke&amp;y for certificates</source>
        <translation>Schlüssel für Zertifika&amp;te</translation>
    </message>
    <message>
        <source>Key for a&amp;uthorities</source>
        <translation>Schlüssel für Zertifizier&amp;ungsstellen</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete {}?</source>
        <translation>{} löschen?</translation>
    </message>
    <message>
        <source>Delete {} certificates?</source>
        <translation>{} Zertifikate löschen?</translation>
    </message>
    <message>
        <source>It is taken out of this workspace; the journal keeps what it was.</source>
        <translation>Es wird aus diesem Arbeitsbereich entfernt; das Journal hält fest, was es war.</translation>
    </message>
    <message>
        <source>They are taken out of this workspace; the journal keeps what they were.</source>
        <translation>Sie werden aus diesem Arbeitsbereich entfernt; das Journal hält fest, was sie waren.</translation>
    </message>
    <message>
        <source>One certificate loses its issuer.</source>
        <translation>Ein Zertifikat verliert seinen Aussteller.</translation>
    </message>
    <message>
        <source>{} certificates lose their issuer.</source>
        <translation>{} Zertifikate verlieren ihren Aussteller.</translation>
    </message>
    <message>
        <source>What they were issued by is here no more. They stay, at the top level.</source>
        <translation>Ihr Aussteller ist dann nicht mehr hier. Sie bleiben, auf der obersten Ebene.</translation>
    </message>
    <message>
        <source>Also destroy the &amp;private keys</source>
        <translation>Auch die &amp;privaten Schlüssel vernichten</translation>
    </message>
    <message>
        <source>Also destroy the &amp;private key</source>
        <translation>Auch den &amp;privaten Schlüssel vernichten</translation>
    </message>
    <message>
        <source>Deleting certificates</source>
        <translation>Zertifikate werden gelöscht</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>{} certificates</source>
        <translation>{} Zertifikate</translation>
    </message>
    <message>
        <source>Delete {} and destroy {}</source>
        <translation>{} löschen und {} vernichten</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>{} keys</source>
        <translation>{} Schlüssel</translation>
    </message>
    <message>
        <source>Nothing can be signed or decrypted with them again, and there is no undo.</source>
        <translation>Mit ihnen lässt sich dann nichts mehr signieren oder entschlüsseln. Das ist nicht rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Nothing can be signed or decrypted with it again. There is no undo.</source>
        <translation>Mit ihm lässt sich dann nichts mehr signieren oder entschlüsseln. Das ist nicht rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Delete {}</source>
        <translation>{} löschen</translation>
    </message>
    <message>
        <source>Nothing else uses the private key. It stays where it is held.</source>
        <translation>Der private Schlüssel wird sonst nirgends verwendet. Er bleibt, wo er aufbewahrt wird.</translation>
    </message>
    <message>
        <source>Nothing else uses these private keys: {}. They stay.</source>
        <translation>Diese privaten Schlüssel werden sonst nirgends verwendet: {}. Sie bleiben.</translation>
    </message>
    <message>
        <source>Looking at what would be deleted</source>
        <translation>Es wird ermittelt, was gelöscht würde</translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation>{} und {} weitere</translation>
    </message>
    <message>
        <source>Delete “{}”?</source>
        <translation>„{}“ löschen?</translation>
    </message>
    <message>
        <source>The test and its results go. Certificates stay.</source>
        <translation>Der Test und seine Ergebnisse verschwinden. Zertifikate bleiben.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
</context>
<context>
    <name>DeleteProfileDialog</name>
    <message>
        <source>Delete the profile {}?</source>
        <translation>Profil {} löschen?</translation>
    </message>
    <message>
        <source>Certificates that were issued from it stay as they are. There is no undo.</source>
        <translation>Damit ausgestellte Zertifikate bleiben, wie sie sind. Das Löschen ist nicht rückgängig zu machen.</translation>
    </message>
    <message>
        <source>&amp;Delete profile</source>
        <translation>Profil &amp;löschen</translation>
    </message>
    <message>
        <source>Deleting a profile</source>
        <translation>Profil wird gelöscht</translation>
    </message>
</context>
<context>
    <name>DeleteRequestDialog</name>
    <message>
        <source>Delete the request {}?</source>
        <translation>Anfrage {} löschen?</translation>
    </message>
    <message>
        <source>It is taken out of this workspace; the journal keeps what it was.</source>
        <translation>Es wird aus diesem Arbeitsbereich entfernt; das Journal hält fest, was es war.</translation>
    </message>
    <message>
        <source>Also destroy the &amp;private key</source>
        <translation>Auch den &amp;privaten Schlüssel vernichten</translation>
    </message>
    <message>
        <source>Deleting a request</source>
        <translation>Anfrage wird gelöscht</translation>
    </message>
    <message>
        <source>Delete request and destroy key</source>
        <translation>Anfrage löschen und Schlüssel vernichten</translation>
    </message>
    <message>
        <source>Nothing can be signed with it again. There is no undo.</source>
        <translation>Mit ihm lässt sich dann nichts mehr signieren. Das ist nicht rückgängig zu machen.</translation>
    </message>
    <message>
        <source>A certificate that comes of this request can then never be used. There is no undo.</source>
        <translation>Ein Zertifikat zu dieser Anfrage ist dann nie verwendbar. Das ist nicht rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Delete request</source>
        <translation>Anfrage löschen</translation>
    </message>
    <message>
        <source>Nothing else uses the private key. It stays where it is held.</source>
        <translation>Der private Schlüssel wird sonst nirgends verwendet. Er bleibt, wo er aufbewahrt wird.</translation>
    </message>
</context>
<context>
    <name>DescriptionText</name>
    <message>
        <source>All fields</source>
        <translation>Alle Felder</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>&amp;Authorities</source>
        <translation>Ze&amp;rtifizierungsstellen</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>Ü&amp;bersicht</translation>
    </message>
    <message>
        <source>&amp;Requests</source>
        <translation>A&amp;nfragen</translation>
    </message>
    <message>
        <source>Co&amp;nnections</source>
        <translation>&amp;Verbindungen</translation>
    </message>
    <message>
        <source>Too&amp;ls</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Journal</source>
        <translation>&amp;Journal</translation>
    </message>
    <message>
        <source>&amp;Preferences</source>
        <translation>&amp;Einstellungen</translation>
    </message>
    <message>
        <source>{} certificates</source>
        <translation>{} Zertifikate</translation>
    </message>
    <message>
        <source>1 certificate</source>
        <translation>1 Zertifikat</translation>
    </message>
    <message>
        <source>Keys: {}</source>
        <translation>Schlüssel: {}</translation>
    </message>
    <message>
        <source>Look into files</source>
        <translation>Dateien ansehen</translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message>
        <source>all fields as text</source>
        <translation>alle Felder als Text</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>… and {} characters more</source>
        <translation>… und {} weitere Zeichen</translation>
    </message>
    <message>
        <source>{} more fields are not shown. Copy has them all.</source>
        <translation>{} weitere Felder sind nicht gezeigt. „Kopieren“ nimmt alle.</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
</context>
<context>
    <name>DraftBar</name>
    <message>
        <source>Be a server</source>
        <translation>Server sein</translation>
    </message>
    <message>
        <source>Watch a client</source>
        <translation>Zusehen</translation>
    </message>
    <message>
        <source>any free one</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>1.2 or 1.3</source>
        <translation>1.2 oder 1.3</translation>
    </message>
    <message>
        <source>{} only</source>
        <translation>nur {}</translation>
    </message>
    <message>
        <source>Revocation list</source>
        <translation>Sperrliste</translation>
    </message>
    <message>
        <source>Revocation lists (*.crl *.pem *.der);;All files (*)</source>
        <translation>Sperrlisten (*.crl *.pem *.der);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;Other computers may connect</source>
        <translation>Andere Rec&amp;hner zulassen</translation>
    </message>
    <message>
        <source>Pass on to a server that cannot be tr&amp;usted too</source>
        <translation>A&amp;uch nicht vertrauten Servern weitergeben</translation>
    </message>
    <message>
        <source>Mor&amp;e</source>
        <translation>&amp;Mehr</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>S&amp;tarten</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>&amp;Wrong clients</source>
        <translation>Bei &amp;falschen Clients</translation>
    </message>
    <message>
        <source>Revocation &amp;list</source>
        <translation>Sperr&amp;liste</translation>
    </message>
    <message>
        <source>&amp;Real server</source>
        <translation>E&amp;chter Server</translation>
    </message>
    <message>
        <source>What to &amp;do</source>
        <translation>Auf&amp;gabe</translation>
    </message>
    <message>
        <source>nothing: pass through</source>
        <translation>das Original</translation>
    </message>
    <message>
        <source>The server&apos;s &amp;certificate</source>
        <translation>Zert&amp;ifikat</translation>
    </message>
    <message>
        <source>Cl&amp;ient sees</source>
        <translation>Cl&amp;ient erhält</translation>
    </message>
    <message>
        <source>Ser&amp;ver sees</source>
        <translation>Server erhä&amp;lt</translation>
    </message>
    <message>
        <source>Takes clients &amp;of</source>
        <translation>Nimmt &amp;Clients von</translation>
    </message>
    <message>
        <source>TLS &amp;version</source>
        <translation>TLS-Versi&amp;on</translation>
    </message>
    <message>
        <source>the root of its own certificate</source>
        <translation>seiner Root</translation>
    </message>
    <message>
        <source>no certificate</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>Anhal&amp;ten</translation>
    </message>
    <message>
        <source>Only what is in the clear is seen.</source>
        <translation>Zu sehen ist nur, was unverschlüsselt ist.</translation>
    </message>
    <message>
        <source>The client must trust its CA.</source>
        <translation>Der Client muss dessen CA vertrauen.</translation>
    </message>
    <message>
        <source>Everybody in your network reaches it, and sees its certificate.</source>
        <translation>Alle in Ihrem Netz erreichen ihn und sehen sein Zertifikat.</translation>
    </message>
    <message>
        <source>What the client sends may reach somebody else.</source>
        <translation>Was der Client sendet, kann bei anderen ankommen.</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to look inside. Nothing is stored.</source>
        <translation>Ablegen, um hineinzusehen. Nichts wird gespeichert.</translation>
    </message>
</context>
<context>
    <name>Dropped</name>
    <message>
        <source>Belongs together: {}</source>
        <translation>Gehört zusammen: {}</translation>
    </message>
    <message>
        <source>Belongs together</source>
        <translation>Gehört zusammen</translation>
    </message>
    <message>
        <source>On its own</source>
        <translation>Für sich allein</translation>
    </message>
    <message>
        <source>Not part of those chains</source>
        <translation>Nicht Teil dieser Ketten</translation>
    </message>
    <message>
        <source>Not part of that chain</source>
        <translation>Nicht Teil dieser Kette</translation>
    </message>
    <message>
        <source>Needs a passphrase</source>
        <translation>Passphrase nötig</translation>
    </message>
    <message>
        <source>There twice</source>
        <translation>Doppelt vorhanden</translation>
    </message>
    <message>
        <source>Its private key is here.</source>
        <translation>Der private Schlüssel dazu ist hier.</translation>
    </message>
    <message>
        <source>The private key for it is here.</source>
        <translation>Der private Schlüssel dazu ist hier.</translation>
    </message>
    <message>
        <source>None of the certificates here was made from it.</source>
        <translation>Keines der Zertifikate hier wurde daraus erstellt.</translation>
    </message>
    <message>
        <source>This key belongs to none of the certificates here.</source>
        <translation>Dieser Schlüssel gehört zu keinem der Zertifikate hier.</translation>
    </message>
    <message>
        <source>None of the keys here belongs to this certificate.</source>
        <translation>Keiner der Schlüssel hier gehört zu diesem Zertifikat.</translation>
    </message>
    <message>
        <source>The same is in {} too.</source>
        <translation>Dasselbe steht auch in {}.</translation>
    </message>
    <message>
        <source>The same authority is here once more, certified by {}: another chain.</source>
        <translation>Dieselbe Zertifizierungsstelle ist noch einmal hier, beglaubigt von {}: eine andere Kette.</translation>
    </message>
    <message>
        <source>Another certificate with the same name and key is here: {}.</source>
        <translation>Ein weiteres Zertifikat mit demselben Namen und Schlüssel ist hier: {}.</translation>
    </message>
    <message>
        <source>It signed none of the certificates here.</source>
        <translation>Sie hat keines der Zertifikate hier signiert.</translation>
    </message>
    <message>
        <source>Revoked, says {}.</source>
        <translation>Gesperrt laut {}.</translation>
    </message>
    <message>
        <source>It revokes {}.</source>
        <translation>Sie sperrt {}.</translation>
    </message>
    <message>
        <source>Signed by {}, which is here.</source>
        <translation>Signiert von {}, hier vorhanden.</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>{start} to {end}</source>
        <translation>{start} bis {end}</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>It ended {}.</source>
        <translation>Abgelaufen: {}.</translation>
    </message>
    <message>
        <source>It begins on {}.</source>
        <translation>Gültig ab {}.</translation>
    </message>
    <message>
        <source>{} is not in these files, but it is in this workspace.</source>
        <translation>{} ist nicht in diesen Dateien, aber in diesem Arbeitsbereich.</translation>
    </message>
    <message>
        <source>Save full chain…</source>
        <translation>Vollständige Kette speichern…</translation>
    </message>
    <message>
        <source>in this workspace</source>
        <translation>in diesem Arbeitsbereich</translation>
    </message>
    <message>
        <source>not in these files</source>
        <translation>nicht in diesen Dateien</translation>
    </message>
    <message>
        <source>until {}</source>
        <translation>bis {}</translation>
    </message>
    <message>
        <source>key is here</source>
        <translation>Schlüssel ist hier</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Verschlüsselt</translation>
    </message>
    <message>
        <source>Type its passphrase below the list to see what is inside.</source>
        <translation>Geben Sie unter der Liste die Passphrase ein, um den Inhalt zu sehen.</translation>
    </message>
    <message>
        <source>{} was made from it.</source>
        <translation>{} wurde daraus ausgestellt.</translation>
    </message>
    <message>
        <source>It belongs to {}.</source>
        <translation>Er gehört zu {}.</translation>
    </message>
    <message>
        <source>&amp;Sign this request…</source>
        <translation>Diese Anfrage &amp;signieren…</translation>
    </message>
    <message>
        <source>It is in this workspace already. Show it there</source>
        <translation>Es ist schon in diesem Arbeitsbereich. Dort zeigen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Taken for</source>
        <translation>Gehalten für</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
    <message>
        <source>Pin (SPKI, SHA-256)</source>
        <translation>Pin (SPKI, SHA-256)</translation>
    </message>
    <message>
        <source>{algorithm}, by {issuer}</source>
        <translation>{algorithm}, von {issuer}</translation>
    </message>
    <message>
        <source>{}, by itself</source>
        <translation>{}, von sich selbst</translation>
    </message>
    <message>
        <source>✓ Verified</source>
        <translation>✓ Geprüft</translation>
    </message>
    <message>
        <source>Does not verify</source>
        <translation>Stimmt nicht</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>The issuer&apos;s certificate is not here.</source>
        <translation>Das Zertifikat des Ausstellers ist nicht hier.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Its address in the certificate is {}.</source>
        <translation>Seine Adresse im Zertifikat ist {}.</translation>
    </message>
    <message>
        <source>Fetch…</source>
        <translation>Holen…</translation>
    </message>
    <message>
        <source>Its address in the certificate is {}, which is not fetched.</source>
        <translation>Seine Adresse im Zertifikat ist {}; von dort wird nicht geholt.</translation>
    </message>
    <message>
        <source>all fields as text</source>
        <translation>alle Felder als Text</translation>
    </message>
    <message>
        <source>Copy all fields as text</source>
        <translation>Alle Felder als Text kopieren</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>It can be read without that bound. It may take long, and can be stopped.</source>
        <translation>Sie lässt sich ohne diese Grenze lesen. Das kann lange dauern und lässt sich abbrechen.</translation>
    </message>
    <message>
        <source>Read it anyway</source>
        <translation>Trotzdem lesen</translation>
    </message>
    <message>
        <source>nothing that we know</source>
        <translation>nichts Bekanntes</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Place in it</source>
        <translation>Stelle darin</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>This file</source>
        <translation>Diese Datei</translation>
    </message>
    <message>
        <source>&amp;PEM…</source>
        <translation>&amp;PEM…</translation>
    </message>
    <message>
        <source>&amp;DER…</source>
        <translation>&amp;DER…</translation>
    </message>
    <message>
        <source>&amp;Full chain (PEM)…</source>
        <translation>&amp;Vollständige Kette (PEM)…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>What was dropped before</source>
        <translation>Was vorher abgelegt wurde</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Convert…</source>
        <translation>Umwandeln…</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern als</translation>
    </message>
    <message>
        <source>as PEM</source>
        <translation>als PEM</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>&amp;Passphrase of what is locked</source>
        <translation>&amp;Passphrase für Verschlossenes</translation>
    </message>
    <message>
        <source>It is tried on everything here.</source>
        <translation>Sie wird an allem hier versucht.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Aufschließen</translation>
    </message>
    <message>
        <source>&amp;Keep it until the window closes</source>
        <translation>&amp;Behalten, bis das Fenster schließt</translation>
    </message>
    <message>
        <source>It stays in memory until the window closes or the keys are locked, and is tried on what is dropped later.</source>
        <translation>Sie bleibt im Speicher, bis das Fenster geschlossen oder die Schlüssel verschlossen werden, und wird an später Abgelegtem versucht.</translation>
    </message>
</context>
<context>
    <name>DroppedPage</name>
    <message>
        <source>Save as</source>
        <translation>Speichern als</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>Dateien öffnen…</translation>
    </message>
    <message>
        <source>Look into certificate files</source>
        <translation>Zertifikatsdateien ansehen</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>It opens nothing of what is locked.</source>
        <translation>Sie entsperrt nichts davon.</translation>
    </message>
    <message>
        <source>Some of it has another passphrase.</source>
        <translation>Einiges davon hat eine andere Passphrase.</translation>
    </message>
    <message>
        <source>Saved as {}.</source>
        <translation>Gespeichert als {}.</translation>
    </message>
    <message>
        <source>Drop certificates, keys, requests, keystores, archives or folders of them here, or paste them as text with {}. Nothing is stored unless you import it.</source>
        <translation>Legen Sie Zertifikate, Schlüssel, Anfragen, Keystores, Archive oder Ordner davon hier ab oder fügen Sie sie mit {} als Text ein. Nichts wird gespeichert, solange Sie es nicht importieren.</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Eingefügter Text</translation>
    </message>
    <message>
        <source>Reading {} files</source>
        <translation>{} Dateien werden gelesen</translation>
    </message>
    <message>
        <source>Reading {}</source>
        <translation>{} wird gelesen</translation>
    </message>
    <message>
        <source>Look into files</source>
        <translation>Dateien ansehen</translation>
    </message>
    <message>
        <source>What is in this text</source>
        <translation>Was in diesem Text ist</translation>
    </message>
    <message>
        <source>{} files passed over: nothing that we recognise</source>
        <translation>{} Dateien übergangen: nichts, was wir erkennen</translation>
    </message>
    <message>
        <source>1 file passed over: nothing that we recognise</source>
        <translation>1 Datei übergangen: nichts, was wir erkennen</translation>
    </message>
    <message>
        <source>What is in this folder</source>
        <translation>Was in diesem Ordner ist</translation>
    </message>
    <message>
        <source>What is in this file</source>
        <translation>Was in dieser Datei ist</translation>
    </message>
    <message>
        <source>What is in these files</source>
        <translation>Was in diesen Dateien ist</translation>
    </message>
    <message>
        <source>&amp;Copy as PEM</source>
        <translation>Als PEM &amp;kopieren</translation>
    </message>
    <message>
        <source>Com&amp;pare with</source>
        <translation>&amp;Vergleichen mit</translation>
    </message>
</context>
<context>
    <name>EntryPane</name>
    <message>
        <source>{} selected. Select two to compare them.</source>
        <translation>{} ausgewählt. Wählen Sie zwei aus, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Looking into it…</source>
        <translation>Wird angesehen…</translation>
    </message>
    <message>
        <source>Looking into {}</source>
        <translation>{} wird angesehen</translation>
    </message>
</context>
<context>
    <name>EntryTabs</name>
    <message>
        <source>What is shown of it</source>
        <translation>Was davon gezeigt wird</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>ASN.1</source>
        <translation>ASN.1</translation>
    </message>
    <message>
        <source>PEM</source>
        <translation>PEM</translation>
    </message>
</context>
<context>
    <name>EntryView</name>
    <message>
        <source>&amp;Show certificate</source>
        <translation>Zertifikat &amp;zeigen</translation>
    </message>
    <message>
        <source>Line of the journal</source>
        <translation>Journalzeile</translation>
    </message>
    <message>
        <source>Choose a line to see all that it holds.</source>
        <translation>Wählen Sie eine Zeile, um alles darin zu sehen.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>Hash before</source>
        <translation>Vorheriger Hash</translation>
    </message>
</context>
<context>
    <name>ExpiryChart</name>
    <message>
        <source>Certificates that expire, by week</source>
        <translation>Ablaufende Zertifikate nach Wochen</translation>
    </message>
    <message>
        <source>No certificate expires in this time</source>
        <translation>In dieser Zeit läuft kein Zertifikat ab</translation>
    </message>
</context>
<context>
    <name>ExpirySection</name>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>How long before its end something is said to expire soon.</source>
        <translation>Wie lange vor dem Ende etwas als bald zu erneuern gilt.</translation>
    </message>
    <message>
        <source>Cert&amp;ificates</source>
        <translation>Zerti&amp;fikate</translation>
    </message>
    <message>
        <source>Authoritie&amp;s</source>
        <translation>Zertifizierungss&amp;tellen</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Certificate (PEM)</source>
        <translation>Zertifikat (PEM)</translation>
    </message>
    <message>
        <source>The text form that nearly every program reads.</source>
        <translation>Die Textform, die fast jedes Programm liest.</translation>
    </message>
    <message>
        <source>Full chain (PEM)</source>
        <translation>Vollständige Kette (PEM)</translation>
    </message>
    <message>
        <source>The certificate, then its intermediates: what servers want.</source>
        <translation>Das Zertifikat, dann seine Zwischenzertifikate: was Server brauchen.</translation>
    </message>
    <message>
        <source>Chain only (PEM)</source>
        <translation>Nur die Kette (PEM)</translation>
    </message>
    <message>
        <source>The intermediates without the certificate itself.</source>
        <translation>Die Zwischenzertifikate ohne das Zertifikat selbst.</translation>
    </message>
    <message>
        <source>Certificate (DER)</source>
        <translation>Zertifikat (DER)</translation>
    </message>
    <message>
        <source>The binary form, for Java, Windows and embedded devices.</source>
        <translation>Die Binärform, für Java, Windows und eingebettete Geräte.</translation>
    </message>
    <message>
        <source>Certificates (PKCS#7, .p7b)</source>
        <translation>Zertifikate (PKCS#7, .p7b)</translation>
    </message>
    <message>
        <source>The certificate and its chain in one file, for Windows and Java.</source>
        <translation>Das Zertifikat und seine Kette in einer Datei, für Windows und Java.</translation>
    </message>
    <message>
        <source>Certificate and private key (PKCS#12, .p12)</source>
        <translation>Zertifikat und privater Schlüssel (PKCS#12, .p12)</translation>
    </message>
    <message>
        <source>All in one encrypted file, for browsers, systems and Java.</source>
        <translation>Alles in einer verschlüsselten Datei, für Browser, Betriebssysteme und Java.</translation>
    </message>
    <message>
        <source>Certificate and private key (Java keystore, .jks)</source>
        <translation>Zertifikat und privater Schlüssel (Java-Keystore, .jks)</translation>
    </message>
    <message>
        <source>For Java 8 and older; newer ones read PKCS#12 as well.</source>
        <translation>Für Java 8 und älter; neuere lesen auch PKCS#12.</translation>
    </message>
    <message>
        <source>Kubernetes Secret (.yaml)</source>
        <translation>Kubernetes-Secret (.yaml)</translation>
    </message>
    <message>
        <source>Certificate, chain and private key, unencrypted, to apply to a cluster.</source>
        <translation>Zertifikat, Kette und privater Schlüssel, unverschlüsselt, für einen Cluster.</translation>
    </message>
    <message>
        <source>HAProxy bundle (.pem)</source>
        <translation>HAProxy-Bündel (.pem)</translation>
    </message>
    <message>
        <source>Certificate, chain and private key, unencrypted, in one file.</source>
        <translation>Zertifikat, Kette und privater Schlüssel, unverschlüsselt, in einer Datei.</translation>
    </message>
    <message>
        <source>Private key (PEM)</source>
        <translation>Privater Schlüssel (PEM)</translation>
    </message>
    <message>
        <source>The key alone, encrypted unless you choose otherwise.</source>
        <translation>Nur der Schlüssel, verschlüsselt, sofern Sie es nicht anders wählen.</translation>
    </message>
    <message>
        <source>Folder for deployment</source>
        <translation>Ordner zum Ausrollen</translation>
    </message>
    <message>
        <source>Certificate, chain, private key and ca.crt: all a server or client needs.</source>
        <translation>Zertifikat, Kette, privater Schlüssel und ca.crt: alles, was ein Server oder Client braucht.</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Zertifikate</translation>
    </message>
    <message>
        <source>The root, for those who shall trust it</source>
        <translation>Die Root, für alle, die ihr vertrauen sollen</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Private key, encrypted</source>
        <translation>Privater Schlüssel, verschlüsselt</translation>
    </message>
    <message>
        <source>Private key, not encrypted</source>
        <translation>Privater Schlüssel, unverschlüsselt</translation>
    </message>
    <message>
        <source>{} bytes</source>
        <translation>{} Byte</translation>
    </message>
    <message>
        <source>{:.1f} KB</source>
        <translation>{:.1f} KB</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>Ordner ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Preparing the export</source>
        <translation>Export wird vorbereitet</translation>
    </message>
    <message>
        <source>File &amp;name</source>
        <translation>Datei&amp;name</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>This file will be written</source>
        <translation>Diese Datei wird geschrieben</translation>
    </message>
    <message>
        <source>These {} files will be written</source>
        <translation>Diese {} Dateien werden geschrieben</translation>
    </message>
    <message>
        <source>{}, a new folder</source>
        <translation>{}, ein neuer Ordner</translation>
    </message>
    <message>
        <source>&amp;Replace and save</source>
        <translation>E&amp;rsetzen und speichern</translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation>{} und {} weitere</translation>
    </message>
    <message>
        <source>This file is there already and will be replaced.</source>
        <translation>Diese Datei gibt es schon; sie wird ersetzt.</translation>
    </message>
    <message>
        <source>{} files are there already and will be replaced.</source>
        <translation>{} Dateien gibt es schon; sie werden ersetzt.</translation>
    </message>
    <message>
        <source>replaces a file</source>
        <translation>ersetzt eine Datei</translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation>Geben Sie der Datei einen Namen.</translation>
    </message>
    <message>
        <source>A name only: go back to choose another folder.</source>
        <translation>Nur ein Name: gehen Sie zurück, um einen anderen Ordner zu wählen.</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export läuft</translation>
    </message>
    <message>
        <source>Saved {}</source>
        <translation>{} gespeichert</translation>
    </message>
    <message>
        <source>Saved {} files</source>
        <translation>{} Dateien gespeichert</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Export {}</source>
        <translation>{} exportieren</translation>
    </message>
    <message>
        <source>{} certificates</source>
        <translation>{} Zertifikate</translation>
    </message>
</context>
<context>
    <name>FetchDialog</name>
    <message>
        <source>Fetch {}?</source>
        <translation>{} holen?</translation>
    </message>
    <message>
        <source>One request is sent to {host}. It tells that server, and whoever is on the way there, that somebody looks at {name}. Nothing is stored.</source>
        <translation>Eine Anfrage geht an {host}. Sie verrät diesem Server und allen auf dem Weg dorthin, dass sich jemand {name} ansieht. Nichts wird gespeichert.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Fetching from {}</source>
        <translation>Wird von {} geholt</translation>
    </message>
    <message>
        <source>fetched from {}</source>
        <translation>geholt von {}</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>What is wrong, and how to mend it</source>
        <translation>Was falsch ist und wie es sich beheben lässt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the test</source>
        <translation>Den Test kopieren</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the test</source>
        <translation>Den Test speichern</translation>
    </message>
    <message>
        <source>The whole test</source>
        <translation>Der ganze Test</translation>
    </message>
    <message>
        <source>What to look at</source>
        <translation>Was zu beachten ist</translation>
    </message>
    <message>
        <source>Nothing is wrong</source>
        <translation>Alles in Ordnung</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>Anderes wählen</translation>
    </message>
    <message>
        <source>Choose what to trust</source>
        <translation>Vertrauen festlegen</translation>
    </message>
    <message>
        <source>Nothing wrong</source>
        <translation>Alles in Ordnung</translation>
    </message>
</context>
<context>
    <name>FoldedLines</name>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>Weniger zeigen</translation>
    </message>
</context>
<context>
    <name>HeldKeys</name>
    <message>
        <source>Find a key by name</source>
        <translation>Schlüssel nach Namen suchen</translation>
    </message>
    <message>
        <source>Keys held here</source>
        <translation>Hier gehaltene Schlüssel</translation>
    </message>
    <message>
        <source>No such key is held here.</source>
        <translation>Ein solcher Schlüssel ist nicht hier.</translation>
    </message>
    <message>
        <source>Reading the keys</source>
        <translation>Schlüssel werden gelesen</translation>
    </message>
    <message>
        <source>no certificate yet</source>
        <translation>noch kein Zertifikat</translation>
    </message>
    <message>
        <source>since {}</source>
        <translation>seit {}</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>{} new</source>
        <translation>{} neu</translation>
    </message>
    <message>
        <source>{} already here</source>
        <translation>{} schon hier</translation>
    </message>
    <message>
        <source>{} locked</source>
        <translation>{} verschlüsselt</translation>
    </message>
    <message>
        <source>{} shown, not kept</source>
        <translation>{} gezeigt, nicht behalten</translation>
    </message>
    <message>
        <source>1 certificate</source>
        <translation>1 Zertifikat</translation>
    </message>
    <message>
        <source>{} certificates</source>
        <translation>{} Zertifikate</translation>
    </message>
    <message>
        <source>1 private key</source>
        <translation>1 privater Schlüssel</translation>
    </message>
    <message>
        <source>{} private keys</source>
        <translation>{} private Schlüssel</translation>
    </message>
    <message>
        <source>1 request</source>
        <translation>1 Anfrage</translation>
    </message>
    <message>
        <source>{} requests</source>
        <translation>{} Anfragen</translation>
    </message>
    <message>
        <source>1 revocation list</source>
        <translation>1 Sperrliste</translation>
    </message>
    <message>
        <source>{} revocation lists</source>
        <translation>{} Sperrlisten</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Schon hier</translation>
    </message>
    <message>
        <source>Needs its passphrase</source>
        <translation>Braucht Passphrase</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>Nicht behalten</translation>
    </message>
    <message>
        <source>CA certificate</source>
        <translation>CA-Zertifikat</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Certificate without a name</source>
        <translation>Zertifikat ohne Namen</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Request without a name</source>
        <translation>Anfrage ohne Namen</translation>
    </message>
    <message>
        <source>Revocation list</source>
        <translation>Sperrliste</translation>
    </message>
    <message>
        <source>Unknown issuer</source>
        <translation>Unbekannter Aussteller</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>Privater Schlüssel</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>Öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>Nicht lesbar</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>this computer&apos;s keyring</source>
        <translation>dem Schlüsselbund dieses Rechners</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>&amp;Passphrase for what is locked</source>
        <translation>&amp;Passphrase für Gesperrtes</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Entsperren</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <source>Looking into files</source>
        <translation>Dateien werden gelesen</translation>
    </message>
    <message>
        <source>There is nothing here to import.</source>
        <translation>Hier ist nichts zu importieren.</translation>
    </message>
    <message>
        <source>That passphrase opens none of them.</source>
        <translation>Diese Passphrase entsperrt nichts davon.</translation>
    </message>
    <message>
        <source>Import from {}</source>
        <translation>Import aus {}</translation>
    </message>
    <message>
        <source>Import from {} files</source>
        <translation>Import aus {} Dateien</translation>
    </message>
    <message>
        <source>Private keys of authorities will be held in {}, other private keys encrypted in this workspace. The files stay as they are.</source>
        <translation>Private Schlüssel von Zertifizierungsstellen werden in {} gehalten, andere verschlüsselt in diesem Arbeitsbereich. Die Dateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Type a passphrase.</source>
        <translation>Geben Sie eine Passphrase ein.</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Import läuft</translation>
    </message>
    <message>
        <source>The import was stopped</source>
        <translation>Der Import wurde angehalten</translation>
    </message>
    <message>
        <source>1 certificate was kept.</source>
        <translation>1 Zertifikat wurde behalten.</translation>
    </message>
    <message>
        <source>{} certificates were kept.</source>
        <translation>{} Zertifikate wurden behalten.</translation>
    </message>
    <message>
        <source>Importing the same files again keeps the rest.</source>
        <translation>Importieren Sie dieselben Dateien erneut, um den Rest zu übernehmen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>1 was here already.</source>
        <translation>1 war schon hier.</translation>
    </message>
    <message>
        <source>{} were here already.</source>
        <translation>{} waren schon hier.</translation>
    </message>
    <message>
        <source>Imported {}</source>
        <translation>{} importiert</translation>
    </message>
    <message>
        <source>Nothing was imported</source>
        <translation>Nichts wurde importiert</translation>
    </message>
    <message>
        <source>1 could not be kept.</source>
        <translation>1 konnte nicht behalten werden.</translation>
    </message>
    <message>
        <source>{} could not be kept.</source>
        <translation>{} konnten nicht behalten werden.</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Show all {}</source>
        <translation>Alle {} zeigen</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>Verwendung</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Beschränkungen</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Dates cannot be read</source>
        <translation>Daten nicht lesbar</translation>
    </message>
</context>
<context>
    <name>InspectorPlace</name>
    <message>
        <source>Select a certificate to see what it says.</source>
        <translation>Wählen Sie ein Zertifikat, um zu sehen, was darin steht.</translation>
    </message>
</context>
<context>
    <name>InspectorSplit</name>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
</context>
<context>
    <name>IssuedWizard</name>
    <message>
        <source>The certificate is issued.</source>
        <translation>Das Zertifikat ist ausgestellt.</translation>
    </message>
    <message>
        <source>Put it and its key where they are to be used.</source>
        <translation>Bringen Sie es mit seinem Schlüssel dorthin, wo beide gebraucht werden.</translation>
    </message>
    <message>
        <source>Give it to the one who asked for it.</source>
        <translation>Geben Sie es dem, der darum gebeten hat.</translation>
    </message>
    <message>
        <source>&amp;Save to folder…</source>
        <translation>In Ordner &amp;speichern…</translation>
    </message>
    <message>
        <source>New &amp;client certificate…</source>
        <translation>Neues &amp;Clientzertifikat…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>Verbindung &amp;testen</translation>
    </message>
</context>
<context>
    <name>JournalModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
</context>
<context>
    <name>JournalPage</name>
    <message>
        <source>Search names, people, details</source>
        <translation>Namen, Personen, Einzelheiten suchen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>Check that no line was changed or taken away</source>
        <translation>Prüfen, ob eine Zeile geändert oder entfernt wurde</translation>
    </message>
    <message>
        <source>As &amp;CSV…</source>
        <translation>Als &amp;CSV…</translation>
    </message>
    <message>
        <source>As &amp;JSON…</source>
        <translation>Als &amp;JSON…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Lines of the journal</source>
        <translation>Zeilen des Journals</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Kein Treffer</translation>
    </message>
    <message>
        <source>No line matches the search and the filter.</source>
        <translation>Keine Zeile passt zur Suche und zum Filter.</translation>
    </message>
    <message>
        <source>Nothing was done yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>Whatever is made, imported, exported or deleted here is written down: what, when, and by whom. No line can be changed without it showing.</source>
        <translation>Was hier erzeugt, importiert, exportiert oder gelöscht wird, wird festgehalten: was, wann und von wem. Keine Zeile lässt sich unbemerkt ändern.</translation>
    </message>
    <message>
        <source>Verifying the journal</source>
        <translation>Journal wird geprüft</translation>
    </message>
    <message>
        <source>Exporting the journal</source>
        <translation>Journal wird exportiert</translation>
    </message>
    <message>
        <source>Export the journal</source>
        <translation>Journal exportieren</translation>
    </message>
    <message>
        <source>None of its {} lines was changed or taken away.</source>
        <translation>Keine seiner {} Zeilen wurde geändert oder entfernt.</translation>
    </message>
    <message>
        <source>The journal holds.</source>
        <translation>Das Journal ist unversehrt.</translation>
    </message>
    <message>
        <source>The journal does not hold: it was changed at line {}.</source>
        <translation>Das Journal ist nicht unversehrt: es wurde in Zeile {} geändert.</translation>
    </message>
    <message>
        <source>Somebody has changed the file of the inventory by other means. Compare it with a backup or with an export made earlier.</source>
        <translation>Die Datei des Inventars wurde auf anderem Wege geändert. Vergleichen Sie sie mit einer Sicherung oder einem früheren Export.</translation>
    </message>
    <message>
        <source>One line was saved.</source>
        <translation>Eine Zeile wurde gespeichert.</translation>
    </message>
    <message>
        <source>{} lines were saved.</source>
        <translation>{} Zeilen wurden gespeichert.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>Alle Aktionen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
</context>
<context>
    <name>KeyAccess</name>
    <message>
        <source>Locking the keys</source>
        <translation>Schlüssel werden gesperrt</translation>
    </message>
    <message>
        <source>Opening the vault</source>
        <translation>Tresor wird geöffnet</translation>
    </message>
</context>
<context>
    <name>KeyChoice</name>
    <message>
        <source>More kinds of key</source>
        <translation>Weitere Schlüsselarten</translation>
    </message>
</context>
<context>
    <name>KeyPage</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Make a new key</source>
        <translation>&amp;Neuen Schlüssel erzeugen</translation>
    </message>
    <message>
        <source>&amp;Use a key that is held here</source>
        <translation>&amp;Hier gehaltenen Schlüssel verwenden</translation>
    </message>
    <message>
        <source>For somebody else&apos;s key, from their &amp;request (CSR)</source>
        <translation>Für einen fremden Schlüssel, aus dessen An&amp;frage (CSR)</translation>
    </message>
    <message>
        <source>No request is chosen yet.</source>
        <translation>Noch ist keine Anfrage gewählt.</translation>
    </message>
    <message>
        <source>It will be kept encrypted in this workspace.</source>
        <translation>Er wird verschlüsselt in diesem Arbeitsbereich aufbewahrt.</translation>
    </message>
    <message>
        <source>Choose a &amp;file…</source>
        <translation>&amp;Datei wählen…</translation>
    </message>
</context>
<context>
    <name>LimitsPage</name>
    <message>
        <source>&amp;Limit the intermediates below it</source>
        <translation>Zwischen-CAs darunter &amp;begrenzen</translation>
    </message>
    <message>
        <source>at most </source>
        <translation>höchstens </translation>
    </message>
    <message>
        <source>Path length</source>
        <translation>Pfadlänge</translation>
    </message>
    <message>
        <source>0: it issues end-entity certificates only.</source>
        <translation>0: sie stellt nur Endzertifikate aus.</translation>
    </message>
    <message>
        <source>Only for names &amp;in</source>
        <translation>Nur für Na&amp;men in</translation>
    </message>
    <message>
        <source>Ne&amp;ver for names in</source>
        <translation>Nie für &amp;Namen in</translation>
    </message>
    <message>
        <source>Domains and networks, such as example.internal or 10.0.0.0/8; email: and uri: before others. Empty allows all.</source>
        <translation>Domänen und Netze, etwa example.internal oder 10.0.0.0/8; vor anderem email: oder uri:. Leer erlaubt alles.</translation>
    </message>
    <message>
        <source>Addresses put into what it issues</source>
        <translation>Adressen in allem, was sie ausstellt</translation>
    </message>
    <message>
        <source>All of this may be left as it is. Limits contain the damage, should the key be lost.</source>
        <translation>Alles hier kann bleiben, wie es ist. Beschränkungen begrenzen den Schaden, falls der Schlüssel in falsche Hände gerät.</translation>
    </message>
    <message>
        <source>Mend or remove what is shown in red.</source>
        <translation>Berichtigen oder entfernen Sie, was rot gezeigt wird.</translation>
    </message>
    <message>
        <source>&amp;Revocation list (CRL)</source>
        <translation>Sperr&amp;liste (CRL)</translation>
    </message>
    <message>
        <source>&amp;OCSP responder</source>
        <translation>&amp;OCSP-Responder</translation>
    </message>
    <message>
        <source>Its own &amp;certificate</source>
        <translation>Eigenes Zertifi&amp;kat</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Drop certificate files anywhere to look inside</source>
        <translation>Zertifikatsdateien irgendwo ablegen, um hineinzusehen</translation>
    </message>
    <message>
        <source>That is a fault in mtlsgui, not yours.</source>
        <translation>Das ist ein Fehler in mtlsgui, nicht Ihrer.</translation>
    </message>
    <message>
        <source>It happened while: {}. The details help to mend it.</source>
        <translation>Es geschah bei: {}. Die Einzelheiten helfen, ihn zu beheben.</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
</context>
<context>
    <name>MenuButton</name>
    <message>
        <source>More actions</source>
        <translation>Weitere Aktionen</translation>
    </message>
</context>
<context>
    <name>MoreFilters</name>
    <message>
        <source>Every kind</source>
        <translation>Jede Art</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>{} filters</source>
        <translation>{} Filter</translation>
    </message>
    <message>
        <source>More filters: {}</source>
        <translation>Weitere Filter: {}</translation>
    </message>
</context>
<context>
    <name>MoreQuestions</name>
    <message>
        <source>More questions</source>
        <translation>Weitere Fragen</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Way there</source>
        <translation>Weg dorthin</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Limits and revocation</source>
        <translation>Fristen und Sperrliste</translation>
    </message>
    <message>
        <source>“{}” is not “Name: value”.</source>
        <translation>„{}“ ist nicht „Name: Wert“.</translation>
    </message>
    <message>
        <source>as the server&apos;s address</source>
        <translation>wie die Adresse des Servers</translation>
    </message>
    <message>
        <source>1.2 or 1.3</source>
        <translation>1.2 oder 1.3</translation>
    </message>
    <message>
        <source>{} only</source>
        <translation>nur {}</translation>
    </message>
    <message>
        <source>any, from 1.0 on</source>
        <translation>jede ab 1.0</translation>
    </message>
    <message>
        <source>&amp;Name sent and checked</source>
        <translation>Name, gesendet und ge&amp;prüft</translation>
    </message>
    <message>
        <source>TLS &amp;version</source>
        <translation>TLS-Versi&amp;on</translation>
    </message>
    <message>
        <source>Protocols offered (ALPN)</source>
        <translation>Angebotene Protokolle (ALPN)</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Ciphers of TLS 1.3</source>
        <translation>Chiffren für TLS 1.3</translation>
    </message>
    <message>
        <source>Ciphers of TLS 1.2</source>
        <translation>Chiffren für TLS 1.2</translation>
    </message>
    <message>
        <source>Signature algorithms</source>
        <translation>Signaturalgorithmen</translation>
    </message>
    <message>
        <source>as the address says</source>
        <translation>wie in der Adresse</translation>
    </message>
    <message>
        <source>Proxy&apos;s pass&amp;word</source>
        <translation>Passwort des Prox&amp;ys</translation>
    </message>
    <message>
        <source>It is not kept.</source>
        <translation>Es wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Version {}</source>
        <translation>Version {}</translation>
    </message>
    <message>
        <source>IPv4 or IPv6</source>
        <translation>IPv4 oder IPv6</translation>
    </message>
    <message>
        <source>IPv4 only</source>
        <translation>Nur IPv4</translation>
    </message>
    <message>
        <source>IPv6 only</source>
        <translation>Nur IPv6</translation>
    </message>
    <message>
        <source>Go over from plain text (STARTTLS)</source>
        <translation>Wechsel aus Klartext (STARTTLS)</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>Pro&amp;xy</translation>
    </message>
    <message>
        <source>PROXY protocol</source>
        <translation>PROXY-Protokoll</translation>
    </message>
    <message>
        <source>&amp;Addresses</source>
        <translation>I&amp;P-Adressen</translation>
    </message>
    <message>
        <source>As&amp;k inside TLS, too</source>
        <translation>Au&amp;ch in TLS anfragen</translation>
    </message>
    <message>
        <source>One a line. Those that log in are not kept.</source>
        <translation>Eine pro Zeile. Was anmeldet, wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>By HTTP, or as the port speaks.</source>
        <translation>Per HTTP oder wie der Port es spricht.</translation>
    </message>
    <message>
        <source>Meth&amp;od</source>
        <translation>Meth&amp;ode</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>&amp;Headers</source>
        <translation>Ko&amp;pfzeilen</translation>
    </message>
    <message>
        <source>Choose a revocation list</source>
        <translation>Sperrliste wählen</translation>
    </message>
    <message>
        <source>Try once more without it</source>
        <translation>Noch einmal ohne versuchen</translation>
    </message>
    <message>
        <source>Your certificate</source>
        <translation>Ihr Zertifikat</translation>
    </message>
    <message>
        <source>Shows whether it is needed.</source>
        <translation>Zeigt, ob es nötig ist.</translation>
    </message>
    <message>
        <source>Connect within</source>
        <translation>Verbinden binnen</translation>
    </message>
    <message>
        <source>Handshake within</source>
        <translation>Handshake binnen</translation>
    </message>
    <message>
        <source>Answer within</source>
        <translation>Antwort binnen</translation>
    </message>
    <message>
        <source>Revocation list (CRL)</source>
        <translation>Sperrliste (CRL)</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
</context>
<context>
    <name>MoreSection</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>MoveKeysDialog</name>
    <message>
        <source>Move the private keys into the keyring</source>
        <translation>Private Schlüssel in den Schlüsselbund verschieben</translation>
    </message>
    <message>
        <source>They are held in a passphrase-protected file now. Each is written to this computer&apos;s keyring, read back and compared before the file is emptied. No passphrase will be asked for any more.</source>
        <translation>Sie liegen jetzt in einer Datei, die eine Passphrase schützt. Jeder wird in den Schlüsselbund dieses Rechners geschrieben, zurückgelesen und verglichen, bevor die Datei geleert wird. Eine Passphrase wird dann nicht mehr verlangt.</translation>
    </message>
    <message>
        <source>Hold private keys in a file</source>
        <translation>Private Schlüssel in einer Datei halten</translation>
    </message>
    <message>
        <source>There are no keys yet. From the first one on they will be held in a passphrase-protected file instead of this computer&apos;s keyring.</source>
        <translation>Noch gibt es keine Schlüssel. Vom ersten an werden sie in einer durch Passphrase geschützten Datei statt im Schlüsselbund dieses Rechners gehalten.</translation>
    </message>
    <message>
        <source>Move the private keys into a file</source>
        <translation>Private Schlüssel in eine Datei verschieben</translation>
    </message>
    <message>
        <source>They are held in {} now. Each is written to a passphrase-protected file, read back and compared before it is taken out of there.</source>
        <translation>Sie liegen jetzt in: {}. Jeder wird in eine durch Passphrase geschützte Datei geschrieben, zurückgelesen und verglichen, bevor er dort entfernt wird.</translation>
    </message>
    <message>
        <source>&amp;Use a file</source>
        <translation>Datei &amp;verwenden</translation>
    </message>
    <message>
        <source>&amp;Move keys</source>
        <translation>Schlüssel &amp;verschieben</translation>
    </message>
    <message>
        <source>Private keys will be held in a file</source>
        <translation>Private Schlüssel werden in einer Datei gehalten</translation>
    </message>
    <message>
        <source>Making the vault</source>
        <translation>Tresor wird angelegt</translation>
    </message>
    <message>
        <source>Moving private keys</source>
        <translation>Private Schlüssel werden verschoben</translation>
    </message>
    <message>
        <source>One key was moved</source>
        <translation>Ein Schlüssel wurde verschoben</translation>
    </message>
    <message>
        <source>{} keys were moved</source>
        <translation>{} Schlüssel wurden verschoben</translation>
    </message>
    <message>
        <source>Private keys are held in {} now.</source>
        <translation>Private Schlüssel liegen jetzt in: {}.</translation>
    </message>
    <message>
        <source>Some keys were not there to be moved.</source>
        <translation>Einige Schlüssel waren nicht da.</translation>
    </message>
    <message>
        <source>They are held on another computer: {}.</source>
        <translation>Sie liegen auf einem anderen Rechner: {}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NameChip</name>
    <message>
        <source>Remove {}</source>
        <translation>{} entfernen</translation>
    </message>
</context>
<context>
    <name>NameChips</name>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
</context>
<context>
    <name>NamePage</name>
    <message>
        <source>Example Root CA</source>
        <translation>Beispiel-Root-CA</translation>
    </message>
    <message>
        <source>Itself: a root that others are told to trust</source>
        <translation>Sich selbst: eine Root, der andere vertrauen sollen</translation>
    </message>
    <message>
        <source>N&amp;ame</source>
        <translation>N&amp;ame</translation>
    </message>
    <message>
        <source>People see it when they trust it.</source>
        <translation>Diesen Namen sieht, wer ihr vertraut.</translation>
    </message>
    <message>
        <source>&amp;Issued by</source>
        <translation>Ausgestellt &amp;von</translation>
    </message>
</context>
<context>
    <name>NamesPage</name>
    <message>
        <source>Na&amp;mes</source>
        <translation>Na&amp;men</translation>
    </message>
    <message>
        <source>&amp;Common name</source>
        <translation>&amp;Common Name (CN)</translation>
    </message>
    <message>
        <source>Use somebody&apos;s request (CSR)…</source>
        <translation>Fremde Anfrage (CSR) verwenden…</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>A&amp;rt</translation>
    </message>
    <message>
        <source>Self-signed, for testing</source>
        <translation>Selbstsigniert, zum Testen</translation>
    </message>
    <message>
        <source>&amp;Issued by</source>
        <translation>Ausgestellt &amp;von</translation>
    </message>
    <message>
        <source>&amp;SPIFFE ID</source>
        <translation>&amp;SPIFFE-ID</translation>
    </message>
    <message>
        <source>api.example.internal, 10.0.12.7</source>
        <translation>api.example.internal, 10.0.12.7</translation>
    </message>
    <message>
        <source>Separate them by commas, spaces or lines; paste a list as it is.</source>
        <translation>Durch Kommas, Leerzeichen oder Zeilen getrennt; eine Liste kann so eingefügt werden, wie sie ist.</translation>
    </message>
    <message>
        <source>The first name, unless you write another.</source>
        <translation>Der erste Name, sofern Sie keinen anderen eingeben.</translation>
    </message>
    <message>
        <source>As the request has it, unless you write another.</source>
        <translation>Wie in der Anfrage, sofern Sie keinen anderen eingeben.</translation>
    </message>
    <message>
        <source>Mend or remove what is shown in red.</source>
        <translation>Berichtigen oder entfernen Sie, was rot gezeigt wird.</translation>
    </message>
    <message>
        <source>Nobody trusts it unless they are given this very certificate. For testing only.</source>
        <translation>Niemand vertraut ihm, der nicht genau dieses Zertifikat bekommen hat. Nur zum Testen.</translation>
    </message>
    <message>
        <source>For the key in {}</source>
        <translation>Für den Schlüssel in {}</translation>
    </message>
    <message>
        <source>Do without it</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>There is no authority here that could issue it.</source>
        <translation>Hier ist keine Zertifizierungsstelle, die es ausstellen könnte.</translation>
    </message>
    <message>
        <source>Make one first: whoever trusts it then trusts all it issues.</source>
        <translation>Erzeugen Sie zuerst eine: wer ihr vertraut, vertraut allem, was sie ausstellt.</translation>
    </message>
    <message>
        <source>New authority…</source>
        <translation>Neue Zertifizierungsstelle…</translation>
    </message>
    <message>
        <source>These names are taken from it: {}.</source>
        <translation>Diese Namen werden daraus übernommen: {}.</translation>
    </message>
    <message>
        <source>No names are taken from it.</source>
        <translation>Daraus werden keine Namen übernommen.</translation>
    </message>
    <message>
        <source>The review says what is not granted.</source>
        <translation>Die Überprüfung zeigt, was nicht gewährt wird.</translation>
    </message>
</context>
<context>
    <name>NavigationBar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>NavigationButton</name>
    <message numerus="yes">
        <source>%n need attention</source>
        <translation>
            <numerusform>%n braucht Aufmerksamkeit</numerusform>
            <numerusform>%n brauchen Aufmerksamkeit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Passphrase</translation>
    </message>
    <message>
        <source>The same &amp;again</source>
        <translation>Noch &amp;einmal</translation>
    </message>
    <message>
        <source>&amp;Show what is typed</source>
        <translation>Eingabe &amp;anzeigen</translation>
    </message>
    <message>
        <source>Type a passphrase.</source>
        <translation>Geben Sie eine Passphrase ein.</translation>
    </message>
    <message>
        <source>That is not the same as above.</source>
        <translation>Das stimmt nicht mit der Eingabe oben überein.</translation>
    </message>
    <message>
        <source>Strong: hard to guess.</source>
        <translation>Stark: schwer zu erraten.</translation>
    </message>
    <message>
        <source>Fair. One more word makes it strong.</source>
        <translation>Brauchbar. Ein Wort mehr macht sie stark.</translation>
    </message>
    <message>
        <source>Weak. Use four words or more that have no connection.</source>
        <translation>Schwach. Nehmen Sie vier oder mehr Wörter ohne Zusammenhang.</translation>
    </message>
</context>
<context>
    <name>NoKeyringDialog</name>
    <message>
        <source>Where shall private keys be held?</source>
        <translation>Wo sollen private Schlüssel liegen?</translation>
    </message>
    <message>
        <source>mtlsgui holds them in the computer&apos;s keyring, or else encrypted in a file. It never keeps them in plain text.</source>
        <translation>mtlsgui hält sie im Schlüsselbund des Rechners oder verschlüsselt in einer Datei, niemals im Klartext.</translation>
    </message>
    <message>
        <source>Four words or more that have no connection are easy to keep in mind.</source>
        <translation>Vier oder mehr Wörter ohne Zusammenhang sind leicht zu merken.</translation>
    </message>
    <message>
        <source>Nobody can recover this passphrase.</source>
        <translation>Niemand kann diese Passphrase wiederherstellen.</translation>
    </message>
    <message>
        <source>Without it the keys are lost. Keep it where you will find it again.</source>
        <translation>Ohne sie sind die Schlüssel verloren. Bewahren Sie sie dort auf, wo Sie sie wiederfinden.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>&amp;Keep keys in a passphrase-protected file</source>
        <translation>Schlüssel in einer &amp;geschützten Datei halten</translation>
    </message>
    <message>
        <source>Looking for a keyring</source>
        <translation>Schlüsselbund wird gesucht</translation>
    </message>
    <message>
        <source>Making the vault</source>
        <translation>Tresor wird angelegt</translation>
    </message>
    <message>
        <source>Protect the keys by a passphrase</source>
        <translation>Schlüssel mit einer Passphrase schützen</translation>
    </message>
    <message>
        <source>It is asked for when a private key is used, once each time mtlsgui starts.</source>
        <translation>Sie wird verlangt, wenn ein privater Schlüssel verwendet wird, einmal nach jedem Start von mtlsgui.</translation>
    </message>
    <message>
        <source>&amp;Keep keys in this file</source>
        <translation>Schlüssel in &amp;dieser Datei halten</translation>
    </message>
    <message>
        <source>Keep keys in this file</source>
        <translation>Schlüssel in dieser Datei halten</translation>
    </message>
</context>
<context>
    <name>NotesDialog</name>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Saving notes</source>
        <translation>Notizen werden gespeichert</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <source>&amp;What</source>
        <translation>W&amp;as</translation>
    </message>
    <message>
        <source>Include the &amp;root certificate</source>
        <translation>&amp;Root-Zertifikat einschließen</translation>
    </message>
    <message>
        <source>The certificate&apos;s name</source>
        <translation>Der Name des Zertifikats</translation>
    </message>
    <message>
        <source>For &amp;old readers (weak encryption: 3DES, SHA-1)</source>
        <translation>Für äl&amp;tere Programme (schwache Verschlüsselung: 3DES, SHA-1)</translation>
    </message>
    <message>
        <source>Windows before 10 version 1709, Java before 8u301, old phones.</source>
        <translation>Windows vor 10 Version 1709, Java vor 8u301, alte Telefone.</translation>
    </message>
    <message>
        <source>A&amp;lias</source>
        <translation>A&amp;lias</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Wählen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation>{} und {} weitere</translation>
    </message>
    <message>
        <source>No private key is held here for {}.</source>
        <translation>Für {} ist hier kein privater Schlüssel.</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Passphrase</translation>
    </message>
</context>
<context>
    <name>OptionsPanel</name>
    <message>
        <source>&amp;Certificate</source>
        <translation>&amp;Zertifikat</translation>
    </message>
    <message>
        <source>&amp;Way to a root</source>
        <translation>&amp;Weg zu einer Wurzel</translation>
    </message>
    <message>
        <source>A CA in it was signed by more than one other.</source>
        <translation>Eine CA darin wurde von mehreren anderen signiert.</translation>
    </message>
    <message>
        <source>Everything that belongs together</source>
        <translation>Alles, was zusammengehört</translation>
    </message>
    <message>
        <source>The certificate alone</source>
        <translation>Nur das Zertifikat</translation>
    </message>
    <message>
        <source>The certificate and its chain</source>
        <translation>Das Zertifikat und seine Kette</translation>
    </message>
    <message>
        <source>The private key alone</source>
        <translation>Nur der private Schlüssel</translation>
    </message>
    <message>
        <source>What the other side has to trust</source>
        <translation>Dem die Gegenseite vertrauen muss</translation>
    </message>
    <message>
        <source>Wh&amp;at</source>
        <translation>W&amp;as</translation>
    </message>
    <message>
        <source>With the c&amp;hain</source>
        <translation>Mit der &amp;Kette</translation>
    </message>
    <message>
        <source>Include the &amp;root certificate</source>
        <translation>Mit dem Wu&amp;rzelzertifikat</translation>
    </message>
    <message>
        <source>The certificate&apos;s name</source>
        <translation>Der Name des Zertifikats</translation>
    </message>
    <message>
        <source>&amp;Name in it</source>
        <translation>&amp;Name darin</translation>
    </message>
    <message>
        <source>Stretch the passphrase with scr&amp;ypt</source>
        <translation>Passphrase mit scr&amp;ypt strecken</translation>
    </message>
    <message>
        <source>Slower to guess than PBKDF2. OpenSSL 1.1.1 and newer read it; Java does not.</source>
        <translation>Langsamer zu erraten als PBKDF2. OpenSSL ab 1.1.1 liest es, Java nicht.</translation>
    </message>
    <message>
        <source>For &amp;old readers (weak encryption)</source>
        <translation>Für &amp;alte Programme (schwache Verschlüsselung)</translation>
    </message>
    <message>
        <source>3DES and SHA-1, for Windows before 10 version 1709, Java before 8u301, phones.</source>
        <translation>3DES und SHA-1, für Windows vor 10 Version 1709, Java vor 8u301, Telefone.</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>expired {}</source>
        <translation>abgelaufen {}</translation>
    </message>
    <message>
        <source>expires {}</source>
        <translation>läuft {} ab</translation>
    </message>
    <message>
        <source>its issuer is not here: {}</source>
        <translation>der Aussteller ist nicht hier: {}</translation>
    </message>
    <message>
        <source>the authority&apos;s key is not held here</source>
        <translation>der Schlüssel der Zertifizierungsstelle ist nicht hier</translation>
    </message>
    <message>
        <source>and {} more expired</source>
        <translation>und {} weitere abgelaufen</translation>
    </message>
    <message>
        <source>and {} more to renew soon</source>
        <translation>und {} weitere bald zu erneuern</translation>
    </message>
    <message>
        <source>and {} more without issuer</source>
        <translation>und {} weitere ohne Aussteller</translation>
    </message>
    <message>
        <source>and {} more without key</source>
        <translation>und {} weitere ohne Schlüssel</translation>
    </message>
    <message>
        <source>{} to {}</source>
        <translation>{} bis {}</translation>
    </message>
    <message>
        <source>No certificate expires</source>
        <translation>Kein Zertifikat läuft ab</translation>
    </message>
    <message>
        <source>1 certificate expires</source>
        <translation>1 Zertifikat läuft ab</translation>
    </message>
    <message>
        <source>{} certificates expire</source>
        <translation>{} Zertifikate laufen ab</translation>
    </message>
    <message>
        <source>{}, {} to renew soon</source>
        <translation>{}, {} bald zu erneuern</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Braucht Aufmerksamkeit</translation>
    </message>
    <message>
        <source>to renew soon</source>
        <translation>bald zu erneuern</translation>
    </message>
    <message>
        <source>Expiring in the next six months</source>
        <translation>Läuft in den nächsten sechs Monaten ab</translation>
    </message>
    <message>
        <source>What you hold</source>
        <translation>Bestand</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>Nach Art</translation>
    </message>
    <message>
        <source>By key</source>
        <translation>Nach Schlüssel</translation>
    </message>
    <message>
        <source>Make your first authority</source>
        <translation>Ihre erste Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>It issues certificates for your servers and clients. You can also import one that exists, or drop any certificate file here to look inside.</source>
        <translation>Sie stellt Zertifikate für Ihre Server und Clients aus. Sie können auch eine vorhandene importieren oder eine Zertifikatsdatei hier ablegen, um hineinzusehen.</translation>
    </message>
    <message>
        <source>Root CAs</source>
        <translation>Root-CAs</translation>
    </message>
    <message>
        <source>Root CA</source>
        <translation>Root-CA</translation>
    </message>
    <message>
        <source>Intermediate CAs</source>
        <translation>Zwischen-CAs</translation>
    </message>
    <message>
        <source>Intermediate CA</source>
        <translation>Zwischen-CA</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Zertifikate</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Sonstige</translation>
    </message>
</context>
<context>
    <name>OverviewReader</name>
    <message>
        <source>Reading the overview</source>
        <translation>Übersicht wird gelesen</translation>
    </message>
</context>
<context>
    <name>PanelDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>PassphraseRow</name>
    <message>
        <source>Caps Lock is on.</source>
        <translation>Die Feststelltaste ist an.</translation>
    </message>
</context>
<context>
    <name>PathField</name>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
</context>
<context>
    <name>PemPage</name>
    <message>
        <source>PEM</source>
        <translation>PEM</translation>
    </message>
    <message>
        <source>the PEM</source>
        <translation>PEM-Text</translation>
    </message>
    <message>
        <source>Copy with chain</source>
        <translation>Mit Kette kopieren</translation>
    </message>
    <message>
        <source>The certificate and the intermediates above it, as a server sends them.</source>
        <translation>Das Zertifikat und die Zwischenzertifikate darüber, wie ein Server sie sendet.</translation>
    </message>
</context>
<context>
    <name>PlainKeyQuestion</name>
    <message>
        <source>Copy the private key unencrypted?</source>
        <translation>Den privaten Schlüssel unverschlüsselt kopieren?</translation>
    </message>
    <message>
        <source>Every program on this computer can read the clipboard, and some keep what was in it.</source>
        <translation>Jedes Programm auf diesem Computer kann die Zwischenablage lesen, und manche bewahren auf, was darin war.</translation>
    </message>
    <message>
        <source>&amp;Copy it unencrypted</source>
        <translation>Unverschlüsselt &amp;kopieren</translation>
    </message>
    <message>
        <source>Write the private key unencrypted?</source>
        <translation>Privaten Schlüssel unverschlüsselt schreiben?</translation>
    </message>
    <message>
        <source>Whoever reads the file, or a backup of it, can pose as {}. The file will be readable by your user account only.</source>
        <translation>Wer die Datei oder eine Sicherung davon liest, kann sich als {} ausgeben. Nur Ihr Benutzerkonto wird die Datei lesen können.</translation>
    </message>
    <message>
        <source>its owner</source>
        <translation>sein Besitzer</translation>
    </message>
    <message>
        <source>&amp;Write it unencrypted</source>
        <translation>&amp;Unverschlüsselt schreiben</translation>
    </message>
</context>
<context>
    <name>PreferencesPage</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>The defaults are used for now.</source>
        <translation>Vorerst gelten die Vorgaben.</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Erneut lesen</translation>
    </message>
    <message>
        <source>Begin with the defaults</source>
        <translation>Mit den Vorgaben beginnen</translation>
    </message>
</context>
<context>
    <name>PrivateKeysSection</name>
    <message>
        <source>Private keys</source>
        <translation>Private Schlüssel</translation>
    </message>
    <message>
        <source>Where they are held is chosen when the first key is made.</source>
        <translation>Wo sie liegen, wird beim ersten Schlüssel gewählt.</translation>
    </message>
    <message>
        <source>In this computer&apos;s keyring, or in a passphrase-protected file.</source>
        <translation>Im Schlüsselbund dieses Rechners oder in einer durch Passphrase geschützten Datei.</translation>
    </message>
    <message>
        <source>They are held in {}.</source>
        <translation>Sie liegen in: {}.</translation>
    </message>
    <message>
        <source>Each authority&apos;s key has an entry of its own there. All others are encrypted in the workspace, under a key that is held there too.</source>
        <translation>Der Schlüssel jeder Zertifizierungsstelle hat dort einen eigenen Eintrag. Alle anderen sind im Arbeitsbereich verschlüsselt, mit einem Schlüssel, der ebenfalls dort liegt.</translation>
    </message>
</context>
<context>
    <name>Profile</name>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>{} days</source>
        <translation>{} Tage</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>{}; at least one</source>
        <translation>{}; mindestens einer</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>Gültig für</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Purposes</source>
        <translation>Zwecke</translation>
    </message>
    <message>
        <source>Not limited</source>
        <translation>Nicht beschränkt</translation>
    </message>
    <message>
        <source>Key usages</source>
        <translation>Schlüsselverwendung</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Domains</source>
        <translation>Domänen</translation>
    </message>
    <message>
        <source>URIs</source>
        <translation>URIs</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Inhaber</translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message>
        <source>New profile</source>
        <translation>Neues Profil</translation>
    </message>
    <message>
        <source>Edit profile</source>
        <translation>Profil bearbeiten</translation>
    </message>
    <message>
        <source>What certificates of one kind have in common.</source>
        <translation>Was Zertifikate einer Art gemeinsam haben.</translation>
    </message>
    <message>
        <source>At &amp;least one name is needed</source>
        <translation>Mindestens ein Name ist &amp;nötig</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>S&amp;peichern</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>D&amp;escription</source>
        <translation>B&amp;eschreibung</translation>
    </message>
    <message>
        <source>Valid &amp;for</source>
        <translation>Gültig &amp;für</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>&amp;Schlüssel</translation>
    </message>
    <message>
        <source>P&amp;urposes</source>
        <translation>Zw&amp;ecke</translation>
    </message>
    <message>
        <source>With none, certificates are accepted for any purpose.</source>
        <translation>Ohne Angabe gelten Zertifikate für jeden Zweck.</translation>
    </message>
    <message>
        <source>Key usa&amp;ges</source>
        <translation>Sch&amp;lüsselverwendung</translation>
    </message>
    <message>
        <source>What a certificate&apos;s kind of key cannot do is left out of it.</source>
        <translation>Was die Schlüsselart eines Zertifikats nicht kann, wird weggelassen.</translation>
    </message>
    <message>
        <source>Kinds of na&amp;mes</source>
        <translation>Arten von Na&amp;men</translation>
    </message>
    <message>
        <source>Dom&amp;ains</source>
        <translation>D&amp;omänen</translation>
    </message>
    <message>
        <source>DNS names and e-mail addresses lie under these. Left empty, any is allowed.</source>
        <translation>DNS-Namen und E-Mail-Adressen liegen darunter. Leer ist jede erlaubt.</translation>
    </message>
    <message>
        <source>UR&amp;I schemes</source>
        <translation>UR&amp;I-Schemata</translation>
    </message>
    <message>
        <source>Left empty, any is allowed. With spiffe alone, a certificate is named by exactly one SPIFFE ID.</source>
        <translation>Leer ist jedes erlaubt. Mit spiffe allein hat ein Zertifikat genau eine SPIFFE-ID.</translation>
    </message>
    <message>
        <source>O&amp;ther purposes</source>
        <translation>Wei&amp;tere Zwecke</translation>
    </message>
    <message>
        <source>As dotted OIDs.</source>
        <translation>Als OIDs mit Punkten.</translation>
    </message>
    <message>
        <source>Every subject has</source>
        <translation>Jeder Inhaber hat</translation>
    </message>
    <message>
        <source>In mtlsctl: {}</source>
        <translation>In mtlsctl: {}</translation>
    </message>
    <message>
        <source>Saving a profile</source>
        <translation>Profil wird gespeichert</translation>
    </message>
</context>
<context>
    <name>ProfilesSection</name>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>What certificates of one kind have in common. Those built in are copied to be changed.</source>
        <translation>Was Zertifikate einer Art gemeinsam haben. Eingebaute werden zum Ändern kopiert.</translation>
    </message>
    <message>
        <source>{} copy</source>
        <translation>{} Kopie</translation>
    </message>
    <message>
        <source>The folder of profiles cannot be made.</source>
        <translation>Der Ordner der Profile lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>Ne&amp;w…</source>
        <translation>Ne&amp;u…</translation>
    </message>
    <message>
        <source>Copy…</source>
        <translation>Kopieren…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>{} days</source>
        <translation>{} Tage</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>{} files of profiles cannot be used.</source>
        <translation>{} Profildateien sind nicht verwendbar.</translation>
    </message>
</context>
<context>
    <name>ProtectionChoice</name>
    <message>
        <source>&amp;Encrypt the private key with a passphrase</source>
        <translation>Den privaten Schlüssel mit einer Passphrase v&amp;erschlüsseln</translation>
    </message>
    <message>
        <source>Write the private key &amp;unencrypted</source>
        <translation>Den privaten Schlüssel &amp;unverschlüsselt schreiben</translation>
    </message>
</context>
<context>
    <name>QuestionBar</name>
    <message>
        <source>host:port or https://…</source>
        <translation>host:port oder https://…</translation>
    </message>
    <message>
        <source>Passphrase o&amp;f these files</source>
        <translation>Passphrase dieser Date&amp;ien</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Mehr</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;Present this certificate</source>
        <translation>Dieses Zertifikat vor&amp;legen</translation>
    </message>
    <message>
        <source>T&amp;rust</source>
        <translation>Vertra&amp;uen</translation>
    </message>
    <message>
        <source>Looking into files</source>
        <translation>Dateien werden gelesen</translation>
    </message>
    <message>
        <source>&amp;More ({})</source>
        <translation>&amp;Mehr ({})</translation>
    </message>
    <message>
        <source>It has expired: a server will refuse it.</source>
        <translation>Es ist abgelaufen: ein Server wird es ablehnen.</translation>
    </message>
    <message>
        <source>It is not yet valid: a server will refuse it.</source>
        <translation>Es ist noch nicht gültig: ein Server wird es ablehnen.</translation>
    </message>
    <message>
        <source>It is revoked: a server that knows will refuse it.</source>
        <translation>Es ist gesperrt: ein Server, der das weiß, wird es ablehnen.</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>Anhal&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Test again</source>
        <translation>Erneut &amp;testen</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Copying the inventory</source>
        <translation>Inventar wird kopiert</translation>
    </message>
    <message>
        <source>Finishing what was cut short</source>
        <translation>Unterbrochenes wird abgeschlossen</translation>
    </message>
    <message>
        <source>Something was cut short the last time. It is in order.</source>
        <translation>Beim letzten Mal wurde etwas unterbrochen. Es ist wieder in Ordnung.</translation>
    </message>
    <message>
        <source>Something that was cut short is still unfinished.</source>
        <translation>Etwas Unterbrochenes ist noch nicht abgeschlossen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Something that was cut short cannot be finished now.</source>
        <translation>Etwas Unterbrochenes lässt sich jetzt nicht abschließen.</translation>
    </message>
    <message>
        <source>Something was cut short the last time.</source>
        <translation>Beim letzten Mal wurde etwas unterbrochen.</translation>
    </message>
    <message>
        <source>Unlock the private keys, and it is put in order.</source>
        <translation>Entsperren Sie die privaten Schlüssel, dann wird es in Ordnung gebracht.</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>Entsperren…</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>A creation was cut short: the private key “{}”.</source>
        <translation>Ein Erzeugen wurde unterbrochen: der private Schlüssel „{}“.</translation>
    </message>
    <message>
        <source>Moving the private key “{}” was cut short.</source>
        <translation>Das Verschieben des privaten Schlüssels „{}“ wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Deleting the private key “{}” was cut short.</source>
        <translation>Das Löschen des privaten Schlüssels „{}“ wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Setting up the vault was cut short.</source>
        <translation>Das Anlegen des Tresors wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Moving all private keys to another vault was cut short.</source>
        <translation>Das Verschieben aller privaten Schlüssel in einen anderen Tresor wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Putting authorities&apos; keys into the vault was cut short.</source>
        <translation>Das Ablegen von Schlüsseln der Zertifizierungsstellen im Tresor wurde unterbrochen.</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Only how it is listed here. Leave it empty to use the certificate&apos;s own.</source>
        <translation>Nur, wie es hier aufgeführt wird. Leer gilt der Name des Zertifikats selbst.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Renaming a certificate</source>
        <translation>Zertifikat wird umbenannt</translation>
    </message>
</context>
<context>
    <name>ReplaceQuestion</name>
    <message>
        <source>{} and {} more</source>
        <translation>{} und {} weitere</translation>
    </message>
    <message>
        <source>Replace a file?</source>
        <translation>Eine Datei ersetzen?</translation>
    </message>
    <message>
        <source>Replace {} files?</source>
        <translation>{} Dateien ersetzen?</translation>
    </message>
    <message>
        <source>In {} there are already: {}.</source>
        <translation>In {} gibt es schon: {}.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>{done} of {all} files converted</source>
        <translation>{done} von {all} Dateien umgewandelt</translation>
    </message>
    <message>
        <source>It was stopped before the last file.</source>
        <translation>Es wurde vor der letzten Datei angehalten.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>the report</source>
        <translation>den Bericht</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>Ordner &amp;öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>RequestInspector</name>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Select a request to see what it asks for.</source>
        <translation>Wählen Sie eine Anfrage, um zu sehen, was sie wünscht.</translation>
    </message>
    <message>
        <source>the request as PEM</source>
        <translation>die Anfrage als PEM</translation>
    </message>
    <message>
        <source>Copy PEM</source>
        <translation>PEM kopieren</translation>
    </message>
    <message>
        <source>Save .cs&amp;r…</source>
        <translation>.cs&amp;r speichern…</translation>
    </message>
    <message>
        <source>S&amp;ign…</source>
        <translation>S&amp;ignieren…</translation>
    </message>
    <message>
        <source>Show certifica&amp;te</source>
        <translation>Zer&amp;tifikat zeigen</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>Certificate signing request</source>
        <translation>Zertifikatsanfrage (CSR)</translation>
    </message>
    <message>
        <source>Here since</source>
        <translation>Hier seit</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>Privater Schlüssel</translation>
    </message>
    <message>
        <source>Held {}</source>
        <translation>Gehalten: {}</translation>
    </message>
    <message>
        <source>Not held here</source>
        <translation>Nicht hier gehalten</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
</context>
<context>
    <name>RequestPage</name>
    <message>
        <source>&amp;Take the names that it asks for, where they are allowed</source>
        <translation>Die ge&amp;wünschten Namen übernehmen, soweit erlaubt</translation>
    </message>
    <message>
        <source>Further na&amp;mes</source>
        <translation>Weitere Na&amp;men</translation>
    </message>
    <message>
        <source>These are added to those that are granted.</source>
        <translation>Diese kommen zu den gewährten hinzu.</translation>
    </message>
    <message>
        <source>There is no authority here that could sign it.</source>
        <translation>Hier ist keine Zertifizierungsstelle, die sie signieren könnte.</translation>
    </message>
    <message>
        <source>Make one first, or import one with its key.</source>
        <translation>Erzeugen Sie zuerst eine oder importieren Sie eine mit ihrem Schlüssel.</translation>
    </message>
    <message>
        <source>New authority…</source>
        <translation>Neue Zertifizierungsstelle…</translation>
    </message>
    <message>
        <source>Mend or remove what is shown in red.</source>
        <translation>Berichtigen oder entfernen Sie, was rot gezeigt wird.</translation>
    </message>
    <message>
        <source>Its signature is right: the sender holds the key.</source>
        <translation>Die Signatur stimmt: der Absender hat den Schlüssel.</translation>
    </message>
    <message>
        <source>Its signature is wrong, so it cannot be signed.</source>
        <translation>Die Signatur ist falsch, daher kann die Anfrage nicht signiert werden.</translation>
    </message>
    <message>
        <source>Its sender does not prove to hold the key. Ask for a new request.</source>
        <translation>Der Absender weist den Besitz des Schlüssels nicht nach. Bitten Sie um eine neue Anfrage.</translation>
    </message>
    <message>
        <source>Choose an authority</source>
        <translation>Zertifizierungsstelle wählen</translation>
    </message>
    <message>
        <source>&amp;Issued by</source>
        <translation>Ausgestellt &amp;von</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>A&amp;rt</translation>
    </message>
</context>
<context>
    <name>RequestWizard</name>
    <message>
        <source>This is the request as it will be made.</source>
        <translation>So wird die Anfrage erzeugt.</translation>
    </message>
    <message>
        <source>New request for another authority</source>
        <translation>Neue Anfrage an eine andere Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Überprüfen</translation>
    </message>
    <message>
        <source>&amp;Make the request</source>
        <translation>Anfrage &amp;erzeugen</translation>
    </message>
    <message>
        <source>Making a request</source>
        <translation>Anfrage wird erzeugt</translation>
    </message>
    <message>
        <source>The request is made.</source>
        <translation>Die Anfrage ist erzeugt.</translation>
    </message>
    <message>
        <source>Send it to the authority, and import the certificate that comes back: it finds its key here.</source>
        <translation>Senden Sie sie an die Zertifizierungsstelle und importieren Sie das Zertifikat, das zurückkommt: es findet hier seinen Schlüssel.</translation>
    </message>
    <message>
        <source>&amp;Save request…</source>
        <translation>Anfrage &amp;speichern…</translation>
    </message>
    <message>
        <source>C&amp;opy as text</source>
        <translation>Als Text &amp;kopieren</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Inhaber</translation>
    </message>
    <message>
        <source>Save request</source>
        <translation>Anfrage speichern</translation>
    </message>
    <message>
        <source>Certificate requests (*.csr);;All files (*)</source>
        <translation>Zertifikatsanfragen (*.csr);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Requests</name>
    <message>
        <source>Waiting for its certificate</source>
        <translation>Wartet auf das Zertifikat</translation>
    </message>
    <message>
        <source>Fulfilled</source>
        <translation>Erfüllt</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Signiert</translation>
    </message>
    <message>
        <source>Send it to the authority that shall sign it. Import the certificate that comes back: it finds its key here.</source>
        <translation>Senden Sie sie der Zertifizierungsstelle, die sie signieren soll. Importieren Sie das Zertifikat, das zurückkommt: es findet hier seinen Schlüssel.</translation>
    </message>
    <message>
        <source>Its private key is not held here. Sign it with one of your authorities, or import the certificate that another one made of it.</source>
        <translation>Der private Schlüssel ist nicht hier. Signieren Sie sie mit einer Ihrer Zertifizierungsstellen oder importieren Sie das Zertifikat, das eine andere dazu ausgestellt hat.</translation>
    </message>
    <message>
        <source>Its certificate was made, and is no longer here.</source>
        <translation>Das Zertifikat wurde ausgestellt und ist nicht mehr hier.</translation>
    </message>
    <message>
        <source>One of your authorities has signed it.</source>
        <translation>Eine Ihrer Zertifizierungsstellen hat sie signiert.</translation>
    </message>
    <message>
        <source>Its certificate has come.</source>
        <translation>Das Zertifikat ist da.</translation>
    </message>
</context>
<context>
    <name>RequestsModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>Search names and notes</source>
        <translation>Namen und Notizen suchen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Fulfilled</source>
        <translation>Erfüllt</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Signiert</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Zertifikatsanfragen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Kein Treffer</translation>
    </message>
    <message>
        <source>No request matches the search and the filter.</source>
        <translation>Keine Anfrage passt zur Suche und zum Filter.</translation>
    </message>
    <message>
        <source>Ask another authority for a certificate</source>
        <translation>Zertifikat bei anderer CA anfordern</translation>
    </message>
    <message>
        <source>Make a request: its private key stays here, and the certificate finds it when you import it. To sign somebody else&apos;s request, drop its file on this window.</source>
        <translation>Erzeugen Sie eine Anfrage: ihr privater Schlüssel bleibt hier, und das Zertifikat findet ihn beim Import. Um eine fremde Anfrage zu signieren, legen Sie ihre Datei auf diesem Fenster ab.</translation>
    </message>
    <message>
        <source>Saved as {}.</source>
        <translation>Gespeichert als {}.</translation>
    </message>
    <message>
        <source>Saving a request</source>
        <translation>Anfrage wird gespeichert</translation>
    </message>
    <message>
        <source>Save the request</source>
        <translation>Anfrage speichern</translation>
    </message>
    <message>
        <source>Certificate signing request (*.csr)</source>
        <translation>Zertifikatsanfrage (*.csr)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>Wieder&amp;herstellen</translation>
    </message>
    <message>
        <source>&amp;Open it</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Backup file</source>
        <translation>Sicherungsdatei</translation>
    </message>
    <message>
        <source>Backups (*{});;All files (*)</source>
        <translation>Sicherungen (*{});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Passphrase of the backup</source>
        <translation>&amp;Passphrase der Sicherung</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>It becomes a workspace of its own in another folder. This workspace stays as it is.</source>
        <translation>Daraus wird ein eigener Arbeitsbereich in einem anderen Ordner. Dieser Arbeitsbereich bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>Choose a backup.</source>
        <translation>Wählen Sie eine Sicherung.</translation>
    </message>
    <message>
        <source>Type the passphrase of the backup.</source>
        <translation>Geben Sie die Passphrase der Sicherung ein.</translation>
    </message>
    <message>
        <source>Reading the backup</source>
        <translation>Sicherung wird gelesen</translation>
    </message>
    <message>
        <source>That is not the passphrase of this backup.</source>
        <translation>Das ist nicht die Passphrase dieser Sicherung.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>New, or empty.</source>
        <translation>Neu oder leer.</translation>
    </message>
    <message>
        <source>Hold private keys in this computer&apos;s &amp;keyring</source>
        <translation>Private Schlüssel im Schlüssel&amp;bund dieses Rechners halten</translation>
    </message>
    <message>
        <source>Hold them in a passphrase-&amp;protected file</source>
        <translation>Sie in einer durch Passphrase &amp;geschützten Datei halten</translation>
    </message>
    <message>
        <source>Passphrase of the new &amp;vault</source>
        <translation>Passphrase des neuen &amp;Tresors</translation>
    </message>
    <message>
        <source>Restore “{}”</source>
        <translation>„{}“ wiederherstellen</translation>
    </message>
    <message>
        <source>{}, backed up on {} by mtlsgui {}.</source>
        <translation>{}, gesichert am {} mit mtlsgui {}.</translation>
    </message>
    <message>
        <source>Some private keys are not in this backup.</source>
        <translation>Einige private Schlüssel sind nicht in dieser Sicherung.</translation>
    </message>
    <message>
        <source>They were held on another computer: {}.</source>
        <translation>Sie lagen auf einem anderen Rechner: {}.</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Wählen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>Restoring a backup</source>
        <translation>Sicherung wird wiederhergestellt</translation>
    </message>
    <message>
        <source>Restored {}</source>
        <translation>{} wiederhergestellt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ResultKeeping</name>
    <message>
        <source>As &amp;text</source>
        <translation>Als &amp;Text</translation>
    </message>
    <message>
        <source>As a &amp;picture</source>
        <translation>Als &amp;Bild</translation>
    </message>
    <message>
        <source>&amp;Text…</source>
        <translation>&amp;Text…</translation>
    </message>
    <message>
        <source>&amp;SVG, a drawing of any size…</source>
        <translation>&amp;SVG, eine Zeichnung in jeder Größe…</translation>
    </message>
    <message>
        <source>&amp;PNG, a picture…</source>
        <translation>&amp;PNG, ein Bild…</translation>
    </message>
    <message>
        <source>Copied as text</source>
        <translation>Als Text kopiert</translation>
    </message>
    <message>
        <source>Copied as a picture</source>
        <translation>Als Bild kopiert</translation>
    </message>
    <message>
        <source>Save the test</source>
        <translation>Den Test speichern</translation>
    </message>
    <message>
        <source>Saved as {}</source>
        <translation>Als {} gespeichert</translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message>
        <source>What will be in it</source>
        <translation>Was darin sein wird</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Weggelassen</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>Dasselbe in der Befehlszeile</translation>
    </message>
    <message>
        <source>the commands</source>
        <translation>die Befehle</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Nothing to convert</source>
        <translation>Nichts umzuwandeln</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
    <message>
        <source>{} left out</source>
        <translation>{} weggelassen</translation>
    </message>
    <message>
        <source>Converting to {}</source>
        <translation>Wird in {} umgewandelt</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Save into a folder</source>
        <translation>In einen Ordner speichern</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Wird gespeichert</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Saved as {}.</source>
        <translation>Als {} gespeichert.</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>The same with openssl</source>
        <translation>Dasselbe mit openssl</translation>
    </message>
    <message>
        <source>openssl has no command for this.</source>
        <translation>openssl hat dafür keinen Befehl.</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Inhaber</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ausgestellt von</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>Verwendung</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Beschränkungen</translation>
    </message>
    <message>
        <source>Revocation</source>
        <translation>Sperrung</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>sich selbst</translation>
    </message>
    <message>
        <source>{} (key {})</source>
        <translation>{} (Schlüssel {})</translation>
    </message>
    <message>
        <source>Not granted</source>
        <translation>Nicht gewährt</translation>
    </message>
    <message>
        <source>the commands</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>Safekeeping</name>
    <message>
        <source>Nobody can recover this passphrase.</source>
        <translation>Niemand kann diese Passphrase wiederherstellen.</translation>
    </message>
    <message>
        <source>Without it the keys are lost. Keep it where you will find it again.</source>
        <translation>Ohne sie sind die Schlüssel verloren. Bewahren Sie sie dort auf, wo Sie sie wiederfinden.</translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation>{} und {} weitere</translation>
    </message>
    <message>
        <source>1 certificate</source>
        <translation>1 Zertifikat</translation>
    </message>
    <message>
        <source>{} certificates</source>
        <translation>{} Zertifikate</translation>
    </message>
    <message>
        <source>1 private key</source>
        <translation>1 privater Schlüssel</translation>
    </message>
    <message>
        <source>{} private keys</source>
        <translation>{} private Schlüssel</translation>
    </message>
</context>
<context>
    <name>SaveProfileDialog</name>
    <message>
        <source>Save as a profile</source>
        <translation>Als Profil speichern</translation>
    </message>
    <message>
        <source>It keeps kind, key, validity and organisation, not the names.</source>
        <translation>Es behält Art, Schlüssel, Gültigkeit und Organisation, nicht die Namen.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Give the profile a name.</source>
        <translation>Geben Sie dem Profil einen Namen.</translation>
    </message>
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>Saved tests</source>
        <translation>Gespeicherte Tests</translation>
    </message>
    <message>
        <source>Search by name or address</source>
        <translation>Nach Name oder Adresse suchen</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>&amp;Compared with</source>
        <translation>&amp;Verglichen mit</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>Rena&amp;me…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>No saved test has this in its name or address.</source>
        <translation>Kein gespeicherter Test hat das im Namen oder in der Adresse.</translation>
    </message>
    <message>
        <source>Nothing came of it yet. Open it, and press Test.</source>
        <translation>Noch kein Ergebnis. Öffnen Sie ihn und drücken Sie „Testen“.</translation>
    </message>
    <message>
        <source>After the next test you see here what changed.</source>
        <translation>Nach dem nächsten Test sehen Sie hier, was sich geändert hat.</translation>
    </message>
    <message>
        <source>Rename test</source>
        <translation>Test umbenennen</translation>
    </message>
</context>
<context>
    <name>SavedMenu</name>
    <message>
        <source>Save as “{}” again</source>
        <translation>Wieder als „{}“ speichern</translation>
    </message>
    <message>
        <source>&amp;Save this test…</source>
        <translation>Diesen Test &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;All saved tests and their results…</source>
        <translation>&amp;Alle gespeicherten Tests und ihre Ergebnisse…</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Save as</source>
        <translation>Speichern als</translation>
    </message>
</context>
<context>
    <name>ScanModel</name>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Client cert.</source>
        <translation>Clientzert.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>{:.0f} ms</source>
        <translation>{:.0f} ms</translation>
    </message>
</context>
<context>
    <name>ScanTable</name>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
</context>
<context>
    <name>Scanning</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Server wrong</source>
        <translation>Server falsch</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>Nicht erreicht</translation>
    </message>
    <message>
        <source>Not TLS</source>
        <translation>Kein TLS</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>Nicht getestet</translation>
    </message>
    <message>
        <source>Fine, with notes</source>
        <translation>Mit Hinweisen</translation>
    </message>
    <message>
        <source>required</source>
        <translation>verlangt</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>ScanningPage</name>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Testing {} servers</source>
        <translation>{} Server im Test</translation>
    </message>
    <message>
        <source>There is no server in the list.</source>
        <translation>In der Liste ist kein Server.</translation>
    </message>
    <message>
        <source>And {} more.</source>
        <translation>Und {} weitere.</translation>
    </message>
    <message>
        <source>Some lines are no servers.</source>
        <translation>Einige Zeilen sind keine Server.</translation>
    </message>
    <message>
        <source>Some names were left out.</source>
        <translation>Einige Namen wurden weggelassen.</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>Anhal&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Test all</source>
        <translation>Alle &amp;testen</translation>
    </message>
    <message>
        <source>A list of servers</source>
        <translation>Eine Liste von Servern</translation>
    </message>
    <message>
        <source>Lists (*.csv *.txt);;All files (*)</source>
        <translation>Listen (*.csv *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>verbindungen</translation>
    </message>
    <message>
        <source>Save the results</source>
        <translation>Ergebnisse speichern</translation>
    </message>
    <message>
        <source>&amp;Present this certificate</source>
        <translation>Dieses Zertifikat vor&amp;legen</translation>
    </message>
    <message>
        <source>T&amp;rust</source>
        <translation>Vertra&amp;uen</translation>
    </message>
    <message>
        <source>Which servers?</source>
        <translation>Welche Server?</translation>
    </message>
    <message>
        <source>One a line: host:port or a URL. Or CSV with the columns host, port, servername, starttls.</source>
        <translation>Einer pro Zeile: Host:Port oder eine URL. Oder CSV mit den Spalten host, port, servername, starttls.</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>From a &amp;file…</source>
        <translation>Aus e&amp;iner Datei…</translation>
    </message>
    <message>
        <source>From your server &amp;certificates</source>
        <translation>Aus Ihren Serverzertifi&amp;katen</translation>
    </message>
    <message>
        <source>&amp;Back to the list</source>
        <translation>Zurü&amp;ck zur Liste</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>Wie weit es ist</translation>
    </message>
    <message>
        <source>As &amp;CSV…</source>
        <translation>Als &amp;CSV…</translation>
    </message>
    <message>
        <source>As &amp;JSON…</source>
        <translation>Als &amp;JSON…</translation>
    </message>
    <message>
        <source>As JUnit &amp;XML…</source>
        <translation>Als JUnit-&amp;XML…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>S&amp;peichern</translation>
    </message>
    <message>
        <source>Double-click a server to test it by itself.</source>
        <translation>Doppelklicken Sie auf einen Server, um ihn für sich zu testen.</translation>
    </message>
</context>
<context>
    <name>SentChain</name>
    <message>
        <source>The server&apos;s certificates, as sent</source>
        <translation>Zertifikate des Servers, wie gesendet</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
</context>
<context>
    <name>SequenceSteps</name>
    <message>
        <source>Step {} of {}: {}</source>
        <translation>Schritt {} von {}: {}</translation>
    </message>
</context>
<context>
    <name>SequenceView</name>
    <message>
        <source>The handshake, step by step</source>
        <translation>Der Handshake, Schritt für Schritt</translation>
    </message>
    <message>
        <source>&amp;Explain</source>
        <translation>Er&amp;klären</translation>
    </message>
    <message>
        <source>What each step is for, in plain words</source>
        <translation>Wozu jeder Schritt dient, in einfachen Worten</translation>
    </message>
    <message>
        <source>Open a step to see what it says.</source>
        <translation>Öffnen Sie einen Schritt, um zu sehen, was er sagt.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
</context>
<context>
    <name>ServerAnswer</name>
    <message>
        <source>What the server answered</source>
        <translation>Was der Server antwortete</translation>
    </message>
    <message>
        <source>… (the rest is left out)</source>
        <translation>… (der Rest ist weggelassen)</translation>
    </message>
</context>
<context>
    <name>Serving</name>
    <message>
        <source>Enforce</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>Refuses a wrong client in TLS, as real servers do.</source>
        <translation>Lehnt einen falschen Client in TLS ab, wie echte Server.</translation>
    </message>
    <message>
        <source>Lets everyone finish TLS, then answers with all that is wrong, as JSON.</source>
        <translation>Lässt alle TLS abschließen und antwortet dann mit allem, was falsch ist, als JSON.</translation>
    </message>
    <message>
        <source>A client may come without a certificate; one that it shows must be right.</source>
        <translation>Ein Client darf ohne Zertifikat kommen; zeigt er eines, muss es stimmen.</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Client refused</source>
        <translation>Client lehnte ab</translation>
    </message>
    <message>
        <source>Not TLS</source>
        <translation>Kein TLS</translation>
    </message>
    <message>
        <source>Hung up</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>Zeit abgelaufen</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>Nicht erreicht</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Passed through</source>
        <translation>Durchgereicht</translation>
    </message>
    <message>
        <source>Something without TLS</source>
        <translation>Etwas ohne TLS</translation>
    </message>
    <message>
        <source>A client without a certificate</source>
        <translation>Ein Client ohne Zertifikat</translation>
    </message>
    <message>
        <source>A client</source>
        <translation>Ein Client</translation>
    </message>
</context>
<context>
    <name>ServingPage</name>
    <message>
        <source>Starting the test server</source>
        <translation>Testserver wird gestartet</translation>
    </message>
    <message>
        <source>Where shall the client&apos;s certificate and key be written?</source>
        <translation>Wohin sollen Zertifikat und Schlüssel des Clients?</translation>
    </message>
    <message>
        <source>Making a client certificate</source>
        <translation>Clientzertifikat wird erzeugt</translation>
    </message>
    <message>
        <source>Written into {}. The key is in the clear: delete it after the test.</source>
        <translation>Geschrieben nach {}. Der Schlüssel ist unverschlüsselt: Löschen Sie ihn nach dem Test.</translation>
    </message>
    <message>
        <source>Put your own files into the lines, or make a certificate that fits.</source>
        <translation>Setzen Sie eigene Dateien in die Zeilen ein, oder erzeugen Sie ein Zertifikat, das passt.</translation>
    </message>
    <message>
        <source>Put your client&apos;s own files into the lines.</source>
        <translation>Setzen Sie die Dateien Ihres Clients in die Zeilen ein.</translation>
    </message>
    <message>
        <source>Listening on {}</source>
        <translation>Lauscht auf {}</translation>
    </message>
    <message>
        <source>Programs on this computer reach it.</source>
        <translation>Programme auf diesem Rechner erreichen ihn.</translation>
    </message>
    <message>
        <source>Other computers reach it.</source>
        <translation>Andere Rechner erreichen ihn.</translation>
    </message>
    <message>
        <source>In front of {}.</source>
        <translation>Vor {}.</translation>
    </message>
    <message>
        <source>&amp;How to call it</source>
        <translation>&amp;Aufruf</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Find out what is wrong with a client</source>
        <translation>Herausfinden, was an einem Client falsch ist</translation>
    </message>
    <message>
        <source>Start a server that requires client certificates, and point your client at it. Each visit shows the certificate that came, and all that is wrong with it.</source>
        <translation>Starten Sie einen Server, der Clientzertifikate verlangt, und richten Sie Ihren Client auf ihn. Jeder Besuch zeigt das Zertifikat, das kam, und alles, was daran falsch ist.</translation>
    </message>
    <message>
        <source>New server certificate…</source>
        <translation>Neues Serverzertifikat…</translation>
    </message>
    <message>
        <source>A server needs a certificate with its key</source>
        <translation>Ein Server braucht ein Zertifikat mit Schlüssel</translation>
    </message>
    <message>
        <source>Issue one for localhost, and come back.</source>
        <translation>Stellen Sie eines für localhost aus, und kommen Sie zurück.</translation>
    </message>
    <message>
        <source>Watch how a client gets on with a server</source>
        <translation>Zusehen, wie ein Client mit einem Server zurechtkommt</translation>
    </message>
    <message>
        <source>Name the real server and point your client here instead. Each connection is passed on, and shows both handshakes; what is said inside is not kept.</source>
        <translation>Nennen Sie den echten Server, und richten Sie Ihren Client hierher. Jede Verbindung wird weitergereicht und zeigt beide Handshakes; was darin gesagt wird, wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Nobody has come yet</source>
        <translation>Noch kam niemand</translation>
    </message>
    <message>
        <source>Call the server with one of the lines at the right, or with your own client.</source>
        <translation>Rufen Sie den Server mit einer der Zeilen rechts auf, oder mit Ihrem eigenen Client.</translation>
    </message>
    <message>
        <source>&amp;Make a client certificate…</source>
        <translation>Clientzertifikat erze&amp;ugen…</translation>
    </message>
</context>
<context>
    <name>SettingsSection</name>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
</context>
<context>
    <name>SeveralPage</name>
    <message>
        <source>Selected</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>{} certificates</source>
        <translation>{} Zertifikate</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ausgestellt von</translation>
    </message>
    <message>
        <source>{name}, on {date}</source>
        <translation>{name}, am {date}</translation>
    </message>
    <message>
        <source>Expires first</source>
        <translation>Läuft zuerst ab</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>All are held here</source>
        <translation>Alle sind hier</translation>
    </message>
    <message>
        <source>None is held here</source>
        <translation>Keiner ist hier</translation>
    </message>
    <message>
        <source>{held} of {count} are held here</source>
        <translation>{held} von {count} sind hier</translation>
    </message>
</context>
<context>
    <name>SignRequestWizard</name>
    <message>
        <source>This is the certificate as it will be made.</source>
        <translation>So wird das Zertifikat ausgestellt.</translation>
    </message>
    <message>
        <source>Sign a request</source>
        <translation>Anfrage signieren</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Überprüfen</translation>
    </message>
    <message>
        <source>&amp;Sign the request</source>
        <translation>Anfrage &amp;signieren</translation>
    </message>
    <message>
        <source>Signing a request</source>
        <translation>Anfrage wird signiert</translation>
    </message>
</context>
<context>
    <name>SourceList</name>
    <message>
        <source>What is converted</source>
        <translation>Was umgewandelt wird</translation>
    </message>
</context>
<context>
    <name>StepDetails</name>
    <message>
        <source>What {} says</source>
        <translation>Was {} sagt</translation>
    </message>
</context>
<context>
    <name>SubjectFields</name>
    <message>
        <source>&amp;Organisation</source>
        <translation>&amp;Organisation</translation>
    </message>
    <message>
        <source>&amp;Department</source>
        <translation>A&amp;bteilung</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>Or&amp;t</translation>
    </message>
    <message>
        <source>&amp;State or province</source>
        <translation>B&amp;undesland oder Provinz</translation>
    </message>
    <message>
        <source>&amp;Country, as two letters</source>
        <translation>Lan&amp;d, als zwei Buchstaben</translation>
    </message>
</context>
<context>
    <name>SummaryPage</name>
    <message>
        <source>issued by</source>
        <translation>ausgestellt von</translation>
    </message>
    <message>
        <source>signed by itself</source>
        <translation>von sich selbst signiert</translation>
    </message>
    <message>
        <source>issued by {}</source>
        <translation>ausgestellt von {}</translation>
    </message>
    <message>
        <source>{key}, held {place}</source>
        <translation>{key}, gehalten: {place}</translation>
    </message>
    <message>
        <source>{}, not held here</source>
        <translation>{}, nicht hier gehalten</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>{} certificates</source>
        <translation>{} Zertifikate</translation>
    </message>
    <message>
        <source>Separate them with commas.</source>
        <translation>Durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>Separate them with commas. All of them will have these and no others.</source>
        <translation>Durch Kommas getrennt. Alle erhalten genau diese und keine anderen.</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>&amp;Tags</translation>
    </message>
    <message>
        <source>Add the tag {}</source>
        <translation>Tag {} hinzufügen</translation>
    </message>
    <message>
        <source>Saving tags</source>
        <translation>Tags werden gespeichert</translation>
    </message>
</context>
<context>
    <name>TargetList</name>
    <message>
        <source>Convert to</source>
        <translation>Umwandeln in</translation>
    </message>
</context>
<context>
    <name>TaskIndicator</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>TestPage</name>
    <message>
        <source>Save&amp;d</source>
        <translation>&amp;Gespeichert</translation>
    </message>
    <message>
        <source>Back to the handshake</source>
        <translation>Zurück zum Handshake</translation>
    </message>
    <message>
        <source>Testing {}</source>
        <translation>{} wird getestet</translation>
    </message>
    <message>
        <source>You stopped the test</source>
        <translation>Sie haben den Test angehalten</translation>
    </message>
    <message>
        <source>Nothing can be said of {} yet.</source>
        <translation>Über {} lässt sich noch nichts sagen.</translation>
    </message>
    <message>
        <source>Since the test before:
{}</source>
        <translation>Seit dem vorigen Test:
{}</translation>
    </message>
    <message>
        <source>Save the chain</source>
        <translation>Kette speichern</translation>
    </message>
    <message>
        <source>Find out why a connection fails</source>
        <translation>Herausfinden, warum eine Verbindung scheitert</translation>
    </message>
    <message>
        <source>Type the server&apos;s address, choose the certificate to present, and press Test. You see each step of the handshake, which side refuses, why, and what to do.</source>
        <translation>Geben Sie die Adresse des Servers ein, wählen Sie das vorzulegende Zertifikat und drücken Sie „Testen“. Sie sehen jeden Schritt des Handshakes, welche Seite ablehnt, warum, und was zu tun ist.</translation>
    </message>
    <message>
        <source>The test</source>
        <translation>Der Test</translation>
    </message>
    <message>
        <source>You have changed the question since: this is the verdict on the one before.</source>
        <translation>Sie haben die Frage seitdem geändert: das Ergebnis gilt noch der vorigen.</translation>
    </message>
    <message>
        <source>What is &amp;wrong, and how to mend it</source>
        <translation>Was &amp;falsch ist und wie es sich beheben lässt</translation>
    </message>
</context>
<context>
    <name>UnlockDialog</name>
    <message>
        <source>Unlock the private keys</source>
        <translation>Private Schlüssel entsperren</translation>
    </message>
    <message>
        <source>This workspace holds them in a passphrase-protected file.</source>
        <translation>Dieser Arbeitsbereich hält sie in einer durch Passphrase geschützten Datei.</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Passphrase</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Entsperren</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Geben Sie die Passphrase ein.</translation>
    </message>
    <message>
        <source>Unlocking the keys</source>
        <translation>Schlüssel werden entsperrt</translation>
    </message>
    <message>
        <source>That is not the passphrase. Mind Caps Lock and the keyboard&apos;s language.</source>
        <translation>Das ist nicht die Passphrase. Achten Sie auf Feststelltaste und Tastatursprache.</translation>
    </message>
</context>
<context>
    <name>ValidityField</name>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>years</source>
        <translation>Jahre</translation>
    </message>
    <message>
        <source>Unit of the validity</source>
        <translation>Einheit der Gültigkeit</translation>
    </message>
</context>
<context>
    <name>ValidityRow</name>
    <message>
        <source>Valid for</source>
        <translation>Gültig für</translation>
    </message>
    <message>
        <source>&amp;Valid for</source>
        <translation>&amp;Gültig für</translation>
    </message>
    <message>
        <source>Until {}.</source>
        <translation>Bis {}.</translation>
    </message>
    <message>
        <source>Never past {}, when {} ends.</source>
        <translation>Nie über den {} hinaus, an dem {} endet.</translation>
    </message>
</context>
<context>
    <name>VaultTroubleDialog</name>
    <message>
        <source>The private keys cannot be used now</source>
        <translation>Die privaten Schlüssel sind jetzt nicht verwendbar</translation>
    </message>
    <message>
        <source>This workspace&apos;s keys are held in {}.</source>
        <translation>Die Schlüssel dieses Arbeitsbereichs liegen in: {}.</translation>
    </message>
    <message>
        <source>This workspace&apos;s keys are held in its passphrase-protected file.</source>
        <translation>Die Schlüssel dieses Arbeitsbereichs liegen in seiner durch Passphrase geschützten Datei.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>Unlock the keyring or start its service, then try again.</source>
        <translation>Entsperren Sie den Schlüsselbund oder starten Sie seinen Dienst und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Opening the vault</source>
        <translation>Tresor wird geöffnet</translation>
    </message>
</context>
<context>
    <name>VisitList</name>
    <message>
        <source>Clients that came</source>
        <translation>Clients, die kamen</translation>
    </message>
</context>
<context>
    <name>VisitView</name>
    <message>
        <source>The client and this program</source>
        <translation>Der Client und dieses Programm</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>This program and the real server</source>
        <translation>Dieses Programm und der echte Server</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Certificates it showed</source>
        <translation>Gezeigte Zertifikate</translation>
    </message>
    <message>
        <source>Open {}</source>
        <translation>{} öffnen</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Gefragt nach</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>Vereinbart</translation>
    </message>
    <message>
        <source>ALPN</source>
        <translation>ALPN</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>Angeboten</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Came</source>
        <translation>Gekommen</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>{:.0f} ms</source>
        <translation>{:.0f} ms</translation>
    </message>
</context>
<context>
    <name>WeighedLines</name>
    <message>
        <source>Asked for</source>
        <translation>Gewünscht</translation>
    </message>
    <message>
        <source>Granted</source>
        <translation>Gewährt</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>{} asked for: {}</source>
        <translation>{} gewünscht: {}</translation>
    </message>
    <message>
        <source>{} granted: {}. {}</source>
        <translation>{} gewährt: {}. {}</translation>
    </message>
</context>
<context>
    <name>WizardDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
</context>
<context>
    <name>Wizards</name>
    <message>
        <source>Choose one of the keys.</source>
        <translation>Wählen Sie einen der Schlüssel.</translation>
    </message>
    <message>
        <source>Choose the file that has the request in it.</source>
        <translation>Wählen Sie die Datei mit der Anfrage.</translation>
    </message>
    <message>
        <source>A request is signed by an authority: choose one.</source>
        <translation>Eine Anfrage wird von einer Zertifizierungsstelle signiert: wählen Sie eine.</translation>
    </message>
    <message>
        <source>New server certificate</source>
        <translation>Neues Serverzertifikat</translation>
    </message>
    <message>
        <source>New client certificate</source>
        <translation>Neues Clientzertifikat</translation>
    </message>
    <message>
        <source>New peer certificate</source>
        <translation>Neues Peer-Zertifikat</translation>
    </message>
    <message>
        <source>New SPIFFE certificate</source>
        <translation>Neues SPIFFE-Zertifikat</translation>
    </message>
    <message>
        <source>New certificate: {}</source>
        <translation>Neues Zertifikat: {}</translation>
    </message>
    <message>
        <source>And {} more.</source>
        <translation>Und {} weitere.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{day}. {month} {year}</translation>
    </message>
    <message>
        <source>{date}, {time} UTC</source>
        <translation>{date}, {time} UTC</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>Jan.</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>Feb.</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>März</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>Apr.</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>Aug.</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>Sept.</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>Okt.</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>Nov.</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>Dez.</translation>
    </message>
    <message>
        <source>{} of {} days used</source>
        <translation>{} von {} Tagen vergangen</translation>
    </message>
    <message>
        <source>{} of {} hour used</source>
        <translation>{} von {} Stunde vergangen</translation>
    </message>
    <message>
        <source>{} of {} hours used</source>
        <translation>{} von {} Stunden vergangen</translation>
    </message>
    <message>
        <source>not valid at any time</source>
        <translation>zu keiner Zeit gültig</translation>
    </message>
    <message>
        <source>{} of {} days left</source>
        <translation>{} von {} Tagen übrig</translation>
    </message>
    <message>
        <source>{} of {} hour left</source>
        <translation>{} von {} Stunde übrig</translation>
    </message>
    <message>
        <source>{} of {} hours left</source>
        <translation>{} von {} Stunden übrig</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>{} days</source>
        <translation>{} Tage</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>{} years</source>
        <translation>{} Jahre</translation>
    </message>
    <message>
        <source>1 certificate</source>
        <translation>1 Zertifikat</translation>
    </message>
    <message>
        <source>{} certificates</source>
        <translation>{} Zertifikate</translation>
    </message>
    <message>
        <source>in 1 year</source>
        <translation>in 1 Jahr</translation>
    </message>
    <message>
        <source>in {} years</source>
        <translation>in {} Jahren</translation>
    </message>
    <message>
        <source>in 1 day</source>
        <translation>in 1 Tag</translation>
    </message>
    <message>
        <source>in {} days</source>
        <translation>in {} Tagen</translation>
    </message>
    <message>
        <source>in 1 hour</source>
        <translation>in 1 Stunde</translation>
    </message>
    <message>
        <source>in {} hours</source>
        <translation>in {} Stunden</translation>
    </message>
    <message>
        <source>in 1 minute</source>
        <translation>in 1 Minute</translation>
    </message>
    <message>
        <source>in {} minutes</source>
        <translation>in {} Minuten</translation>
    </message>
    <message>
        <source>in less than a minute</source>
        <translation>in weniger als einer Minute</translation>
    </message>
    <message>
        <source>1 year ago</source>
        <translation>vor 1 Jahr</translation>
    </message>
    <message>
        <source>{} years ago</source>
        <translation>vor {} Jahren</translation>
    </message>
    <message>
        <source>1 day ago</source>
        <translation>vor 1 Tag</translation>
    </message>
    <message>
        <source>{} days ago</source>
        <translation>vor {} Tagen</translation>
    </message>
    <message>
        <source>1 hour ago</source>
        <translation>vor 1 Stunde</translation>
    </message>
    <message>
        <source>{} hours ago</source>
        <translation>vor {} Stunden</translation>
    </message>
    <message>
        <source>1 minute ago</source>
        <translation>vor 1 Minute</translation>
    </message>
    <message>
        <source>{} minutes ago</source>
        <translation>vor {} Minuten</translation>
    </message>
    <message>
        <source>less than a minute ago</source>
        <translation>vor weniger als einer Minute</translation>
    </message>
</context>
<context>
    <name>WorkingDialog</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
</context>
<context>
    <name>_Names</name>
    <message>
        <source>Between {} and {}</source>
        <translation>Beteiligt: {} und {}</translation>
    </message>
</context>
</TS>
