"""/staff/buildings/samples : the sample documents of the clinic, which every kiosk shows, speaks and prints."""

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from kiosk.clinic import sample_documents as clinic
from kiosk.clinic.names import LANGUAGES
from kiosk.clinic.sample_documents import SampleDocument
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go, me
from kiosk.staff.forms import IN_LANGUAGE, SeenForm, at_most, fingerprint, names_from, needed, show_names, three_fields

MOST = 99
NOTHING: dict[str, Any] = {"titles": None, "texts": None}


def _text(code: str) -> Any:
    label = _("%(what)s, %(language)s", what=_("Text"), language=IN_LANGUAGE[code])
    return TextAreaField(label, validators=[needed, at_most(clinic.LONGEST_TEXT)])


def _place() -> Any:
    message = _("A number from %(least)s to %(most)s.", least="1", most=str(MOST))
    return IntegerField(_("Place in the list"), validators=[InputRequired(message), NumberRange(1, MOST, message)])


SampleForm: Any = type(
    "SampleForm",
    (SeenForm,),
    {
        "position": _place(),
        **three_fields("titles", _("Title"), clinic.LONGEST_TITLE),
        **{f"texts_{code}": _text(code) for code in LANGUAGES},
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
        changed(work, f"sample document {ident}", before, clinic.plain_sample(kept))
    return go("samples", done="saved")


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


def _page(form: Any, found: SampleDocument | None = None, overtaken: bool = False) -> str:
    return render_template("staff/sample.html", form=form, sample=found, overtaken=overtaken)


def _done() -> str:
    return gettext("Saved.") if request.args.get("done") else ""
