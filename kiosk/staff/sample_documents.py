"""/staff/buildings/samples : the sample documents of the clinic, which every kiosk shows, speaks and prints."""

from typing import Any

from flask import Response, abort, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from kiosk.clinic import sample_documents as clinic
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.sample_documents import SampleDocument
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go, me
from kiosk.staff.forms import IN_LANGUAGE, SeenForm, at_most, fingerprint, names_from, needed, show_names, three_fields

MOST = 99
FILE_WRONG = {
    "kind": _("Only a PNG or JPEG picture or a plain text: the kiosk cannot read other files aloud."),
    "large": _("This picture is larger than 300 kB. Choose a smaller one."),
}
NOTHING: dict[str, Any] = {"titles": None, "texts": None}


def _text(code: str) -> Any:
    label = _("%(what)s, %(language)s", what=_("Text"), language=IN_LANGUAGE[code])
    return TextAreaField(label, validators=[needed, at_most(clinic.LONGEST_TEXT)])


def _file(code: str) -> Any:
    what = _("Page as a picture (PNG, JPEG), or its text (TXT)")
    return FileField(_("%(what)s, %(language)s", what=what, language=IN_LANGUAGE[code]))


def _without(code: str) -> Any:
    what = _("Take this picture away")
    return BooleanField(_("%(what)s, %(language)s", what=what, language=IN_LANGUAGE[code]))


def _place() -> Any:
    message = _("A number from %(least)s to %(most)s.", least="1", most=str(MOST))
    return IntegerField(_("Place in the list"), validators=[InputRequired(message), NumberRange(1, MOST, message)])


class _Sample(SeenForm):
    def validate(self, extra_validators: Any = None) -> bool:
        """A chosen text file is taken as if it had been typed, a picture must be one; then every field by its rules."""
        wrong = {code: said for code in LANGUAGES if (said := self._why_not(code))}
        right = bool(super().validate(extra_validators))
        for code, said in wrong.items():
            self[f"file_{code}"].errors = [FILE_WRONG[said]]
        return right and not wrong

    def _why_not(self, code: str) -> str:
        """Why the file of this language cannot be taken; empty where it is, or where there is none."""
        content = self.content(code)
        if content is None or clinic.media_of(content):
            return "" if content is None or len(content) <= clinic.LARGEST_PAGE else "large"
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return "kind"
        if any(not (sign.isprintable() or sign.isspace()) for sign in text):
            return "kind"
        self[f"texts_{code}"].raw_data, self[f"texts_{code}"].data = [text], text
        return ""

    def content(self, code: str) -> bytes | None:
        """The bytes of the file that was chosen for this language."""
        chosen = self[f"file_{code}"].data
        if not chosen or not chosen.filename:
            return None
        chosen.stream.seek(0)
        return bytes(chosen.stream.read())


SampleForm: Any = type(
    "SampleForm",
    (_Sample,),
    {
        "position": _place(),
        **three_fields("titles", _("Title"), clinic.LONGEST_TITLE),
        **{f"texts_{code}": _text(code) for code in LANGUAGES},
        **{f"file_{code}": _file(code) for code in LANGUAGES},
        **{f"without_{code}": _without(code) for code in LANGUAGES},
    },
)


@door.get("/buildings/samples")
def samples() -> Any:
    """The samples in the order of the kiosk."""
    found = clinic.samples_of(db.session(), me().organisation_id)
    return render_template("staff/samples.html", samples=found, done=_done())


@door.get("/buildings/samples/new")
def sample_new() -> Any:
    """An empty form, behind the last one."""
    form = SampleForm(formdata=None)
    _show(form, {**NOTHING, "position": min(MOST, clinic.next_position(db.session(), me().organisation_id))})
    return _page(form)


@door.post("/buildings/samples/new")
def sample_made() -> Any:
    """Add a sample."""
    form = SampleForm()
    if not form.validate():
        return _page(form), 400
    with transaction() as work:
        made = SampleDocument(organisation_id=me().organisation_id)
        clinic.apply_sample(made, _values(form))
        _put_pages(made, form)
        work.add(made)
        work.flush()
        changed(work, f"sample document {made.id}", {}, clinic.plain_sample(made))
    return go("samples", done="saved")


@door.get("/buildings/samples/<int:ident>")
def sample(ident: int) -> Any:
    """One sample as it is."""
    found, form = _sample_or_404(ident), SampleForm(formdata=None)
    _show(form, clinic.plain_sample(found))
    return _page(form, found)


@door.post("/buildings/samples/<int:ident>")
def sample_saved(ident: int) -> Any:
    """Keep a sample; the kiosks show it at their next screen."""
    found, form = _sample_or_404(ident), SampleForm()
    before = clinic.plain_sample(found)
    overtaken = form.was_overtaken(before)
    if not form.validate() or overtaken:
        return _page(form, found, overtaken), 400
    with transaction() as work:
        kept = work.get_one(SampleDocument, ident)
        clinic.apply_sample(kept, _values(form))
        _put_pages(kept, form)
        work.flush()
        changed(work, f"sample document {ident}", before, clinic.plain_sample(kept))
    return go("samples", done="saved")


@door.get("/buildings/samples/<int:ident>/page/<code>")
def sample_page(ident: int, code: str) -> Any:
    """The picture of one language, as the kiosk shows it."""
    page = _sample_or_404(ident).page(code) or abort(404)
    return Response(page.content, mimetype=page.media)


@door.post("/buildings/samples/<int:ident>/remove")
def sample_removed(ident: int) -> Any:
    """Take a sample away; the journal keeps what it said."""
    before = clinic.plain_sample(_sample_or_404(ident))
    with transaction() as work:
        work.delete(work.get_one(SampleDocument, ident))
        changed(work, f"sample document {ident}", before, {})
    return go("samples", done="saved")


def _sample_or_404(ident: int) -> SampleDocument:
    return clinic.find_sample(db.session(), me().organisation_id, ident) or abort(404)


def _show(form: Any, plain: dict[str, Any]) -> None:
    form.position.data = plain["position"]
    show_names(form, "titles", plain["titles"])
    show_names(form, "texts", plain["texts"])
    form.seen.data = fingerprint(plain)


def _values(form: Any) -> dict[str, Any]:
    texts = {code: "\n".join(text.strip().splitlines()) for code, text in names_from(form, "texts").items()}
    return {"position": form.position.data, "titles": names_from(form, "titles"), "texts": texts}


def _put_pages(sample: SampleDocument, form: Any) -> None:
    for code in LANGUAGES:
        content = form.content(code)
        if content is not None and clinic.media_of(content):
            clinic.put_page(sample, code, content)
        elif form[f"without_{code}"].data:
            clinic.put_page(sample, code, None)


def _page(form: Any, found: SampleDocument | None = None, overtaken: bool = False) -> str:
    return render_template("staff/sample.html", form=form, sample=found, overtaken=overtaken)


def _done() -> str:
    return gettext("Saved.") if request.args.get("done") else ""
