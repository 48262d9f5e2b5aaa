"""The two legal grounds of refusal (standard, row 9), and nothing else."""

GROUNDS = (1, 2)


class Refusal(Exception):
    """The service is refused on `ground` 1 or 2 of the standard, row 9."""

    ground: int


class DocumentUnreliable(Refusal):
    """Ground 1: only after a register's answer and a member of staff's confirmation."""

    ground = 1


class NotAttachedHere(Refusal):
    """Ground 2: the register answered clearly; `organisation` names the other clinic's code, or None for none."""

    ground = 2

    def __init__(self, organisation: str | None, organisation_name: str | None = None) -> None:
        super().__init__(organisation)
        self.organisation = organisation
        self.organisation_name = organisation_name
