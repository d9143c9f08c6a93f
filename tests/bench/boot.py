# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Cold boots, in turns with the same personas on stock QEMU: an instance of it for each persona."""
import configparser
import os
import shutil
import statistics
import subprocess
import time

import stock
from phone import BUILD, TOP, Phone

ROUNDS = 3
GUESTS = os.path.join(TOP, "sample-guests")
PERSONAS = ["personal", "work"]


def packed(personas):
    """The default handset with these personas only, and the small image in them: its folder, disks as new."""
    folder = os.path.join(BUILD, "bench", "boot-%d" % len(personas))
    shutil.rmtree(folder, ignore_errors=True)
    ini = configparser.ConfigParser(interpolation=None)
    with open(os.path.join(GUESTS, "phone", "handset.ini"), encoding="utf-8") as file:
        ini.read_file(file)
    for name in ini.sections():
        if name.startswith("vm ") and name.split()[1] not in ["switchboard", *personas]:
            ini.remove_section(name)
    images = os.path.join(BUILD, "images")
    for name in personas:
        ini["vm " + name]["profile"] = os.path.join(GUESTS, "debian", ini["vm " + name]["profile"])
    description = folder + ".ini"
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    with open(description, "w", encoding="utf-8") as file:
        ini.write(file, space_around_delimiters=False)
    subprocess.run([BUILD + "/bin/pack", "build", "--board", BUILD + "/boards/one.dtb", "--handset", description,
                    "--images", images + "/debian", "--images", images,
                    "--hypervisor", BUILD + "/hypervisor/hypervisor.elf",
                    "--switchboard", BUILD + "/hypervisor/switchboard.bin", "--out", folder], check=True)
    return folder


def ours(personas):
    """Seconds to each home screen, and the emulator's CPU seconds until the last one."""
    with Phone("--try", handset=packed(personas)) as phone:
        ready = phone.wait()
        cpu = phone.booth("stats")["cpu_s"]
    return [ready[name] for name in personas], cpu


def compare(title, own, theirs):
    """Prints a round's figures, and gives stock's time as a part of ours, to the last home screen."""
    (own_s, own_cpu), (stock_s, stock_cpu) = own, theirs
    ratio = max(stock_s) / max(own_s)
    print("[%s] %s: ours %s s (CPU %.1f s), stock QEMU %s s (CPU %.1f s); speed against stock %.2f, by CPU time %.2f" % (
        time.strftime("%T"), title, " ".join("%.1f" % s for s in own_s), own_cpu,
        " ".join("%.1f" % s for s in stock_s), stock_cpu, ratio, stock_cpu / own_cpu), flush=True)
    return ratio


def boot():
    one, two, alone, both, baseline = [], [], [], [], []
    for _ in range(ROUNDS):
        own, theirs = ours(PERSONAS[:1]), stock.boots(PERSONAS[:1])
        one.append(compare("one persona", own, theirs))
        alone.append(own[0][0])
        baseline.append(theirs[0][0])
        own = ours(PERSONAS)
        two.append(compare("two at once", own, stock.boots(PERSONAS)))
        both.append(own[0])
    return {"cold_boot_personal_s": statistics.median(first for first, _ in both),
            "cold_boot_work_s": statistics.median(second for _, second in both),
            "cold_boot_alone_s": statistics.median(alone), "cold_boot_stock_s": statistics.median(baseline),
            "boot_one_ratio_vs_stock": statistics.median(one), "boot_two_ratio_vs_stock": statistics.median(two)}
