# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""A test of a phone with pytest: each test has a phone of its own, which starts from snapshot `clean`."""


def test_switch(phone):
    other = "work" if phone.status()["front"] == "personal" else "personal"
    assert phone.switch(to=other)["front"] == other
    assert phone.status()["front"] == other


def test_battery(phone):
    phone.battery(action="set", level=15, charger=False)
    assert phone.battery()["level"] in (14, 15)
