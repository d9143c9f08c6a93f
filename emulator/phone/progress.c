/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/progress.h"

#include <glib.h>
#include <string.h>

#define HOME_LINE "phonebooth: home screen ready"

/* What Linux, systemd and our home screen write, in the order of a boot. */
static const struct {
    const char *text;
    unsigned percent;
    const char *stage;
} marks[] = {
    {"Booting Linux on physical CPU", 8, "kernel"},
    {"smp: Brought up", 12, "kernel"},
    {"Run /init as init process", 20, "drivers"},
    {"systemd[1]: System time", 30, "system"},
    {"Welcome to Debian", 32, "system"},
    {"systemd-journald", 40, "system"},
    {"Reached target sysinit.target", 50, "services"},
    {"Reached target basic.target", 58, "services"},
    {"Reached target multi-user.target", 70, "services"},
    {"Reached target graphical.target", 75, "home screen"},
    {"phonebooth: compositor started", 80, "home screen"},
    {HOME_LINE, 95, "home screen"},
};

static const char *const panics[] = {
    "Kernel panic - not syncing",
    "Unable to mount root fs",
    "Attempted to kill init",
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

static bool note_panic(struct progress *progress, const char *line)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(panics); i++) {
        if (!progress->panic && strstr(line, panics[i])) {
            progress->panic = true;
            progress->stage = "kernel panic";
            return true;
        }
    }
    return false;
}

bool progress_line(struct progress *progress, const char *line)
{
    bool changed = note_panic(progress, line);

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
    changed |= finish_if_ready(progress);
    return changed;
}

bool progress_ready(const struct progress *progress)
{
    return progress->home_line && progress->scanout && !progress->panic;
}
