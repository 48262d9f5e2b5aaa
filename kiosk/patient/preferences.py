"""/preferences : size, colours, voice, reach, time, switches; /keys : what each key does; both by plain forms."""

from typing import Any

from flask import g, render_template, request
from jinja2 import pass_context
from jinja2.runtime import Context

from kiosk.accessibility.keypad import Table, kiosk_table
from kiosk.accessibility.preferences import FLAGS, NUMBERS, WORDS, changed
from kiosk.patient.blueprint import door
from kiosk.patient.here import here, present_visit, save
from kiosk.patient.standing import stay
from kiosk.patient.visit import default_preferences, idle_seconds


@door.get("/preferences")
def preferences() -> Any:
    """Show everything that can be set, one line a wish."""
    return render_template("patient/preferences.html")


@door.post("/preferences")
def preferences_changed() -> Any:
    """Change what the form names, or reset all of it; nothing else in the visit changes."""
    present_visit()
    g.visit.preferences = changed(g.visit.preferences, request.form, default_preferences(here().settings))
    save()
    named = next((name for name in (*WORDS, *NUMBERS, *FLAGS) if name in request.form), None)
    return stay(changed=named if request.form.get("page") == "preferences" else None)


@door.get("/switches")
def switches() -> Any:
    """Learn a person's one or two switches by having them pressed."""
    return render_template("patient/switches.html")


@door.get("/keys")
def keys() -> Any:
    """Say what each key does, and show what it sends."""
    return render_template("patient/keys.html")


@door.app_template_global()
@pass_context
def key_table(context: Context) -> Table:
    """The key table of the kiosk that is shown, with this person's switches."""
    settings, mine = context["here"].settings, context["preferences"]
    learnt = {"switch_move": mine.switch_move, "switch_select": mine.switch_select}
    return kiosk_table(settings.keypad, settings.keypad_keys, {name: code for name, code in learnt.items() if code})


@door.app_template_global()
@pass_context
def idle(context: Context, listening: bool = False) -> int:
    """Seconds of silence before this person is asked; `listening`: as soon as the voice speaks."""
    return idle_seconds(context["here"].settings, context["visit"], listening)


@door.app_template_global()
def keys_noted() -> bool:
    """Whether it is known already that this visit uses the keypad."""
    return bool(g.get("keys_noted"))
