from kiosk.server import create

app = create()
