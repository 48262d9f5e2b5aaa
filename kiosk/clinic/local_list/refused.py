"""Why a whole file is refused, and what may be wrong with one row: a sentence for each."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; the door that shows it translates it."""
    return sentence


class FileRefused(Exception):
    """A file that is not read at all; `code` is a key of WHOLE_FILE."""

    def __init__(self, code: str) -> None:
        super().__init__(WHOLE_FILE[code])
        self.code = code


WHOLE_FILE = {
    "too_big": _("The file is larger than 128 MB."),
    "too_many_rows": _("The file has more than 200,000 rows."),
    "empty": _("The file has no rows under its headings."),
    "no_file": _("There is no such file."),
    "not_a_table": _("This is no CSV or XLSX file."),
    "old_excel": _("This is an old or locked Excel file. Save it as XLSX without a password, or as CSV."),
    "encoding": _("The letters of this file cannot be read. Save it as CSV in UTF-8, or as XLSX."),
    "long_field": _("A field or line of this file is far too long: it is no list of people."),
    "broken_csv": _("The CSV file is broken: a quotation mark is not closed."),
    "broken_xlsx": _("The XLSX file is broken or is not what it says it is."),
    "bomb": _("The XLSX file unpacks to far more than a list of people needs."),
    "no_columns": _("The columns for IIN, surname, name and district must be named."),
    "same_column": _("One column is named for two things."),
    "stopped": _("The import was stopped before its end."),
}

ROW = {
    "missing": _("is empty"),
    "iin_wrong": _("is no IIN: 12 digits with a right check digit"),
    "iin_twice": _("stands in this file twice"),
    "letters": _("has signs that do not belong in a name"),
    "date_wrong": _("is no date such as 31.12.2030"),
    "differs": _("differs from the IIN"),
    "sex_wrong": _("is neither male nor female"),
    "number_wrong": _("is no number of an identity card or passport"),
    "formula": _("is a formula, not a value"),
    "too_long": _("is too long"),
    "district_wrong": _("is no number of a district"),
    "district_unknown": _("is a district that this clinic does not have"),
    "phone_wrong": _("is no telephone number"),
}
