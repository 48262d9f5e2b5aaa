#!/bin/sh
# The lobby machine's browser, restarted for ever, as an ordinary user with the sandbox on. Three layers lock it down:
# chromium-policy.json in /etc/chromium/policies/managed, a keyboard map without Ctrl, Alt, Super and Esc, and the
# page's own guard (static/js/guard.js).
ADDRESS=${1:?usage: kiosk-browser.sh https://kiosk.clinic.example}
while :; do
    chromium --kiosk --user-data-dir="$HOME/kiosk-profile" --window-size=1080,1920 --noerrdialogs --no-first-run \
        --hide-crash-restore-bubble --disable-pinch --overscroll-history-navigation=0 --kiosk-printing \
        --autoplay-policy=no-user-gesture-required "$ADDRESS"
    sleep 2
done
