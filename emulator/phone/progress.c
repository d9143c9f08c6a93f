/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/progress.h"

#include <glib.h>
#include <string.h>

#define HOME_LINE "phonebooth: home screen ready"

/* What Linux, our initrd, systemd and our home screen write, in the order of a boot. */
static const struct {
    const char *text;
    unsigned percent;
    const char *stage;
} marks[] = {
    {"Booting Linux on physical CPU", 8, "kernel"},
    {"smp: Brought up", 14, "kernel"},
    {"Run /init as init process", 25, "drivers"},
    {"phonebooth: the kernel is up", 25, "drivers"},
    {"phonebooth: disks are ready", 40, "system"},
    {"Welcome to Debian", 42, "system"},
    {"phonebooth: starting services", 50, "services"},
    {"Starting systemd-udevd", 50, "services"},
    {"Reached target sysinit.target", 50, "services"},
    {"Reached target basic.target", 55, "services"},
    {"Reached target multi-user.target", 60, "services"},
    {"phonebooth: starting the compositor", 58, "home screen"},
    {"phonebooth: starting the shell", 65, "home screen"},
    {"Reached target graphical.target", 65, "home screen"},
    {HOME_LINE, 95, "home screen"},
};

#define SCANOUT_PERCENT 70

/* By which line a guest says that it gives up. */
static const struct {
    const char *text;
    const char *failure;
    const char *stage;
} ends[] = {
    {"Kernel panic - not syncing", "kernel-panic", "kernel panic"},
    {"phonebooth: the persona cannot start", "start-failed", "cannot start"},
};

void progress_reset(struct progress *progress)
{
    *progress = (struct progress){.stage = "off"};
}

static bool advance(struct progress *progress, unsigned percent, const char *stage)
{
    if (percent <= progress->percent) {
        return false;
    }
    progress->percent = percent;
    progress->stage = stage;
    return true;
}

static bool finish_if_ready(struct progress *progress)
{
    return progress_ready(progress) && advance(progress, 100, "home screen ready");
}

static bool note_failure(struct progress *progress, const char *line)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (!progress->failure && strstr(line, ends[i].text)) {
            progress->failure = ends[i].failure;
            progress->stage = ends[i].stage;
            return true;
        }
    }
    return false;
}

bool progress_line(struct progress *progress, const char *line)
{
    bool changed = note_failure(progress, line);

    for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (strstr(line, marks[i].text)) {
            changed |= advance(progress, marks[i].percent, marks[i].stage);
        }
    }
    if (!progress->home_line && strstr(line, HOME_LINE)) {
        progress->home_line = true;
        changed = true;
    }
    changed |= finish_if_ready(progress);
    return changed;
}

bool progress_started(struct progress *progress)
{
    return advance(progress, 4, "loading");
}

bool progress_scanout(struct progress *progress)
{
    bool changed = !progress->scanout;

    progress->scanout = true;
    changed |= advance(progress, SCANOUT_PERCENT, "home screen");
    changed |= finish_if_ready(progress);
    return changed;
}

bool progress_ready(const struct progress *progress)
{
    return progress->home_line && progress->scanout && !progress->failure;
}
