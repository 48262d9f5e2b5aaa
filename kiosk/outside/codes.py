"""The state's code lists, as far as they are known; what is not here is not understood, and that is said.

Source: shared/state_systems.md, sections 7 and 8. Each is to be completed by the owner of the system.
"""

PERSONS_SUCCESS = "00000"
SEX = {"1": "male", "2": "female"}  # which is which: assumption
ALIVE = {"0": True, "1": False}  # 1 for a deceased person: assumption

DOCUMENT_KIND = {
    "001": "passport",
    "002": "identity_card",
    "015": "foreign_passport",
    "003": "residence_permit",  # assumption, as are the next two
    "004": "stateless_certificate",
    "005": "birth_certificate",
}
OTHER_KIND = "other"
DOCUMENT_STATUS = {
    "00": "valid",
    "07": "invalid",
    "17": "replaced",
    "10": "expired",  # ours: the state's code for a document past its term is unknown
}
JUDGED_KINDS = ("identity_card", "passport")

DIGITAL_KIND = {"IdentityCard": "identity_card", "Passport": "passport"}  # assumption; only BirthCertificate is known

ATTACHMENT_STATUS = {"1": "active", "2": "requested"}  # ours: the state's list is unknown
PERSON_DEAD = 1003
