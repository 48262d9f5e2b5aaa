"""/staff/buildings : the clinic and its houses; hours, and what row 10 of the standard asks of them."""

from typing import Any

from flask import g, render_template, request
from flask_babel import gettext

from kiosk.clinic import buildings, foreseen, rooms, to_tell
from kiosk.clinic.appointments import coming_in
from kiosk.clinic.calendar import STANDARD_HOURS
from kiosk.clinic.doctors import doctors_in
from kiosk.clinic.foreseen import Foreseen
from kiosk.clinic.names import Names
from kiosk.clinic.places import Building, Organisation
from kiosk.clinic.publishing import Publication, house_of, publish_ahead
from kiosk.database import db, settle, transaction
from kiosk.staff import help_windows
from kiosk.staff.acts import changed
from kiosk.staff.agreeing import asks_again, is_agreed, what_it_does
from kiosk.staff.blueprint import building_or_403, door, go, me, my_buildings, now
from kiosk.staff.building_form import BuildingForm, OrganisationForm, show, values_of
from kiosk.staff.forms import names_from, show_names

NEW: dict[str, Any] = {
    "names": {},
    "address": {},
    "zone": "Asia/Almaty",
    "phones": "",
    "hours": [list(one) if one else None for one in STANDARD_HOURS],
    "facts": {},
    "rooms": {},
    "settings": {},
}


@door.get("/buildings", endpoint="buildings")
def buildings_page() -> Any:
    """The buildings of my scope, and the clinic's own names."""
    form = OrganisationForm(formdata=None)
    organisation = my_organisation()
    plain = buildings.plain_organisation(organisation)
    show_names(form, "names", plain["names"])
    show_names(form, "address", plain["address"])
    form.phones.data = organisation.phones
    form.was_overtaken(plain)
    return _list(form)


@door.post("/organisation")
def organisation_saved() -> Any:
    """Name the clinic."""
    form, plain = OrganisationForm(), buildings.plain_organisation(my_organisation())
    overtaken = form.was_overtaken(plain)
    if not form.validate() or overtaken:
        return _list(form, overtaken), 400
    with transaction() as work:
        organisation = work.get_one(Organisation, me().organisation_id)
        organisation.names = Names(**names_from(form, "names"))
        organisation.address = Names(**names_from(form, "address"))
        organisation.phones = form.phones.data
        changed(work, "organisation", plain, buildings.plain_organisation(organisation))
    return go("buildings", done="saved")


@door.get("/buildings/new")
def building_new() -> Any:
    """An empty form with the standard's hours."""
    form = BuildingForm(formdata=None)
    show(form, NEW)
    return render_template("staff/building.html", form=form, building=None, overtaken=False, done="")


@door.post("/buildings/new")
def building_made() -> Any:
    """Add a building."""
    form = BuildingForm()
    if not form.validate() or not _help_is_found(form, _unsaved(form)):
        return render_template("staff/building.html", form=form, building=None, overtaken=False, done=""), 400
    with transaction() as work:
        made = Building(organisation_id=me().organisation_id)
        buildings.apply(made, values_of(form, {}))
        work.add(made)
        work.flush()
        ident = made.id
        changed(work, f"building {ident}", {}, buildings.plain_building(made))
    return go("building", ident=ident, done="saved")


@door.get("/buildings/<int:ident>")
def building(ident: int) -> Any:
    """One building as it is."""
    found, form = building_or_403(ident), BuildingForm(formdata=None)
    show(form, buildings.plain_building(found))
    return _page(form, found)


@door.post("/buildings/<int:ident>")
def building_saved(ident: int) -> Any:
    """Keep a building's facts; free times follow new hours at once, booked ones are never touched."""
    found, form = building_or_403(ident), BuildingForm()
    before = buildings.plain_building(found)
    overtaken = form.was_overtaken(before)
    if not form.validate() or not _move_is_said(form, found) or not _help_is_found(form, found) or overtaken:
        return _page(form, found, overtaken), 400
    values = values_of(form, before["settings"])
    if asks_again():
        return _page(form, found)
    would = _foreseen(found, values, form.tell.data == "yes")
    if not is_agreed(would):
        return what_it_does(would, "buildings", found.names.in_(g.language))

    def deed(work: Any) -> Publication:
        kept = work.get_one(Building, ident)
        if form.tell.data == "yes":  # noted first: it keeps the address that was
            moved = to_tell.Change(to_tell.CHANGED, to_tell.PLACE, me().ref)
            to_tell.note_all(work, kept.organisation_id, moved, coming_in(work, ident, now()), now())
        buildings.apply(kept, values)
        work.flush()
        changed(work, f"building {ident}", before, buildings.plain_building(kept))
        return republish(work, kept)

    return go("building", ident=ident, **counts(settle(deed)))


def _foreseen(found: Building, values: dict[str, Any], moves: bool) -> Foreseen:
    house = house_of(db.session(), found)._replace(hours=values["hours"], zone=values["zone"])
    return foreseen.of_building(db.session(), found, house, moves, now())


def _move_is_said(form: Any, found: Building) -> bool:
    """Another address is a correction or a move: whoever is booked there must not be left to chance."""
    same = Names(**names_from(form, "address")) == found.address
    if same or form.tell.data or not coming_in(db.session(), found.id, now()):
        return True
    form.tell.errors = [gettext("The address is another, and people are booked here: has the building moved?")]
    return False


def _help_is_found(form: Any, found: Building) -> bool:
    values = values_of(form, found.settings)
    return help_windows.is_said(form, found, values["settings"], values["rooms"].get("windows", []))


def _unsaved(form: Any) -> Building:
    names = Names(**names_from(form, "names"))
    return Building(organisation=my_organisation(), names=names, settings={}, rooms={})


def my_organisation() -> Organisation:
    """The clinic of whoever is signed in."""
    return db.session().get_one(Organisation, me().organisation_id)


def republish(work: Any, building: Building) -> Publication:
    """Bring the free times in line with new hours, inside the transaction that changed them."""
    return publish_ahead(work, building.organisation_id, now(), made_by=me().ref)


def counts(result: Publication) -> dict[str, Any]:
    """What a publication did, for the address of the next page."""
    told = {"added": result.added, "withdrawn": result.withdrawn, "conflicts": len(result.conflicts)}
    return {"done": "saved", **{name: count for name, count in told.items() if count}}


def done_sentences() -> list[str]:
    """What the last POST did, read from the address it led to."""
    if request.args.get("done") != "saved":
        return []
    told = {name: request.args.get(name, 0, type=int) for name in ("added", "withdrawn", "conflicts")}
    said = [gettext("Saved.")]
    if told["added"] or told["withdrawn"]:
        said.append(gettext("Free times added: %(added)s, taken away: %(withdrawn)s.", **told))
    if told["conflicts"]:
        said.append(
            gettext(
                "Booked visits that do not fit the schedule: %(conflicts)s. Each patient has been told or is on the "
                "list of people to tell, and is moved under Schedules.",
                **told,
            )
        )
    return said


def _page(form: Any, found: Building, overtaken: bool = False) -> str:
    done = " ".join(done_sentences())
    elsewhere = rooms.not_listed(found, doctors_in(db.session(), [found.id]))
    return render_template(
        "staff/building.html", form=form, building=found, overtaken=overtaken, done=done, elsewhere=elsewhere
    )


def _list(form: Any, overtaken: bool = False) -> str:
    done = " ".join(done_sentences())
    return render_template(
        "staff/buildings.html",
        form=form,
        buildings=my_buildings(),
        organisation=my_organisation(),
        overtaken=overtaken,
        done=done,
    )
