"""On what ground somebody acts for another: a parent by the register, a representative by a paper staff have read."""

from base64 import b64decode, b64encode

from kiosk.sealing import Keys, seal, unseal

PARENT = "parent"
POWER_OF_ATTORNEY, GUARDIANSHIP = "power_of_attorney", "guardianship"
PAPERS = (POWER_OF_ATTORNEY, GUARDIANSHIP)


def seal_number(keys: Keys, number: str, patient_ref: str) -> str:
    """The paper's number as the journal may hold it: sealed, beside the patient it opens the visit for."""
    return b64encode(seal(keys.patient, {"number": number}, f"paper {patient_ref}")).decode()


def open_number(keys: Keys, sealed: str, patient_ref: str) -> str:
    """The number under the seal; raises Broken beside any other patient."""
    return str(unseal(keys.patient, b64decode(sealed), f"paper {patient_ref}")["number"])
