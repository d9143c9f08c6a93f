# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""pytest's plugin: the fixture `phone` is a virtual phone of the test's own, which is thrown away after it.

It starts where the handset's snapshot `clean` is (`--phone-arg` says otherwise) and changes neither the handset nor its
snapshots. Of a test that fails, picture, state, messages and logs are kept in a folder of --phone-results.
"""
import json
import os
import re
import shutil

import pytest

import booth

READY_SECONDS = 600
FAILED = pytest.StashKey()


def pytest_addoption(parser):
    group = parser.getgroup("booth", "virtual phones")
    group.addoption("--phone-handset", metavar="HANDSET", help="name or folder; booth's default one without it")
    group.addoption("--phone-arg", metavar="WORD", action="append",
                    help="word for `booth run`, may be repeated; without it: --clean, or nothing with --phone-handset")
    group.addoption("--phone-results", metavar="DIR", default="test-results", help="where failures leave what they saw")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.failed:
        item.stash[FAILED] = True


def _words(config):
    handset = config.getoption("phone_handset")
    words = config.getoption("phone_arg") or ([] if handset else ["--clean"])
    return ["--headless", "--try"] + words + (["--handset", handset] if handset else [])


def _folder(item):
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", item.nodeid).strip("-.")
    return os.path.join(os.path.abspath(item.config.getoption("phone_results")), name)


def _save(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def _console(phone, vm):
    part = phone.console(vm=vm, offset=0)
    text, end = part["text"], part["end"]
    while part["next"] < end:
        part = phone.console(vm=vm, offset=part["next"])
        text += part["text"]
    return text


def _keep(phone, folder):
    """What is left of a phone on which a test has failed; it may have ended."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    messages = os.path.join(os.path.dirname(phone.connection.get_path()), "emulator.log")
    if os.path.exists(messages):
        shutil.copy(messages, folder)
    try:
        status = phone.status()
        _save(folder, "status.json", json.dumps(status, indent=1))
        for vm in [vm["name"] for vm in status["vms"]] + ["el2"]:
            _save(folder, vm + ".log", _console(phone, vm))
        phone.shot(file=os.path.join(folder, "screen.png"))
    except booth.Error as error:
        _save(folder, "phone.txt", f"{error}\n")


@pytest.fixture
def phone(request):
    """A booth.Phone whose home screens are up."""
    with booth.start(f"pytest-{os.getpid()}", *_words(request.config)) as started:
        try:
            started.wait_ready(timeout=READY_SECONDS)
            yield started
        except booth.Error:
            request.node.stash[FAILED] = True
            raise
        finally:
            if FAILED in request.node.stash:
                folder = _folder(request.node)
                _keep(started, folder)
                print(f"the phone's picture and logs: {folder}")
    shutil.rmtree(os.path.dirname(started.connection.get_path()), ignore_errors=True)  # its messages and logs
