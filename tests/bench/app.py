# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""A developer's loop: from a change of an app's source to its window on the phone."""
import os
import statistics
import subprocess
import tempfile
import time

from phone import BUILD, Phone

ID = "org.example.Loop"
ROUNDS = 5
SETTLE_S = 60  # the phone renews its network addresses, which cuts connections; and the rest of its start


def picture(phone, folder):
    path = os.path.join(folder, "shot.png")
    phone.booth("shot", path)
    with open(path, "rb") as file:
        return file.read()


def until_changed(phone, folder, before):
    """Waits, for at most a minute, until the screen shows something else."""
    end = time.monotonic() + 60
    while picture(phone, folder) == before:
        if time.monotonic() > end:
            raise TimeoutError("the app's window does not come")
        time.sleep(0.05)


def change(app, number):
    """Another text on the button."""
    path = os.path.join(app, "src", "main.c")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace('_with_label("', f'_with_label("{number}'))


def still_picture(phone, folder):
    """The home screen, when nothing moves on it any more."""
    before, now = None, picture(phone, folder)
    while before != now:
        time.sleep(2)
        before, now = now, picture(phone, folder)
    return now


def one_round(phone, folder, app, number):
    change(app, number)
    before = still_picture(phone, folder)
    began = time.monotonic()
    for words in ("build", app), ("install", app), ("launch", ID):
        phone.booth(*words)
    until_changed(phone, folder, before)
    took = time.monotonic() - began
    phone.booth("kill", ID)
    return took


def app_loop():
    """`booth build && booth install && booth launch` of the template c-gtk, on the default handset from `clean`."""
    handset = os.path.join(BUILD, "images", "handset")
    with tempfile.TemporaryDirectory() as folder, Phone("--clean", "--try", handset=handset) as phone:
        app = os.path.join(folder, "loop")
        phone.booth("wait", "--timeout", "60")
        time.sleep(SETTLE_S)
        phone.booth("shell", "loginctl unlock-sessions")
        subprocess.run([os.path.join(BUILD, "bin", "booth"), "new", "--id", ID, app], check=True, stdout=subprocess.DEVNULL)
        one_round(phone, folder, app, 0)  # libraries are downloaded, the icon comes to the home screen
        rounds = [one_round(phone, folder, app, number) for number in range(1, ROUNDS + 1)]
    print("to the window after " + " ".join("%.2f" % seconds for seconds in rounds) + " s", flush=True)
    return {"app_loop_s": statistics.median(rounds)}
