"""Each step of a connection in plain words: a building that shows its papers and asks for yours.

Whole sentences and constants, so that they can be translated.
"""

from mtlsgui.tls.result import Sender

CONNECTED = "You walk up to the building and knock at the door with that number."
THROUGH_PROXY = "You go to the gatekeeper first, who is to lead you to the building."
OPENING = "Before anything is secret, a few words in the open prepare the way."
ASKED = "The door is closed behind you: nobody listens, and you say what you came for."
ANSWERED = "The building answers what you came for; some turn people away only here."
OTHER = "A word between the two that belongs to the opening of the conversation."

_STEPS: dict[tuple[Sender, str], str] = {
    ("client", "ClientHello"): (
        "You say hello, which languages and locks you know, and whom you want to see."
    ),
    ("server", "HelloRetryRequest"): (
        "The building knows you by none of the half keys that you brought, and asks for another."
    ),
    ("server", "ServerHello"): (
        "The building picks one of your languages and locks; from here on nobody can listen."
    ),
    ("server", "EncryptedExtensions"): "The building settles the small print, already in secret.",
    ("server", "Certificate"): "The building shows its papers: who it is, and who says so.",
    ("server", "CompressedCertificate"): "The building shows its papers, folded small.",
    ("server", "CertificateStatus"): "It adds a fresh note that its papers were not withdrawn.",
    ("server", "ServerKeyExchange"): (
        "It gives its half of the key, signed, so that the papers are shown to be its own."
    ),
    ("server", "CertificateRequest"): (
        "The building asks for your papers, and says whose signature it accepts on them."
    ),
    ("server", "ServerHelloDone"): "The building has said its part and waits for you.",
    ("server", "CertificateVerify"): (
        "It signs what was said so far: only the owner of the papers can do that."
    ),
    ("server", "Finished"): "Both compare what they heard: nobody changed a word on the way.",
    ("client", "Certificate"): "You show your papers, or an empty hand where you have none.",
    ("client", "ClientKeyExchange"): (
        "You give your half of the key; from here on nobody can listen."
    ),
    ("client", "CertificateVerify"): (
        "You sign what was said so far: only the owner of your papers can do that."
    ),
    ("client", "Finished"): (
        "You have done your part. In TLS 1.3 you do not know yet whether your papers are accepted."
    ),
    ("server", "NewSessionTicket"): (
        "The building hands you a token for a quicker visit: TLS has let you in."
    ),
    ("client", "KeyUpdate"): "You change the lock for a fresh one.",
    ("server", "KeyUpdate"): "The building changes the lock for a fresh one.",
    ("server", "HelloRequest"): "The building asks you to begin again from the hello.",
    ("server", "Alert"): "The building turns you away and gives the reason as a number.",
    ("client", "Alert"): "You turn around at the door and give the reason as a number.",
}


def explanation(sender: Sender, name: str) -> str:
    """Of a TLS message, or of "Alert"."""
    return _STEPS.get((sender, name), OTHER)


SENTENCES = (CONNECTED, THROUGH_PROXY, OPENING, ASKED, ANSWERED, OTHER, *_STEPS.values())
"""All of them, for translators."""
